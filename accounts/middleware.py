"""Which language a page speaks."""

from django.middleware.locale import LocaleMiddleware


class LanguageMiddleware(LocaleMiddleware):
    """Placeholder until the accounts part lands."""
