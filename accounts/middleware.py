"""Which language a page speaks."""

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class LanguageMiddleware(LocaleMiddleware):
    """Speak the language a member chose, on every device; else the cookie's, else the browser's."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language; the member must be known by now, so this stands after authentication."""
        language = request.user.language if request.user.is_authenticated else ""
        if not language:
            super().process_request(request)
            return
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
