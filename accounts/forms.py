"""What people may type about their account."""

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, User

SYSTEM = "system"  # stored as the empty string: no choice was made
THEMES = [(SYSTEM, _("as my system")), ("light", _("light")), ("dark", _("dark"))]


class FirstAdminForm(forms.Form):
    """Who the first admin is."""

    email = forms.EmailField(label=_("Email"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_email(self) -> str:
        """Refuse an e-mail that a member has."""
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("A member has this e-mail. Please take another."))
        return email

    def clean_password(self) -> str:
        """Refuse a password that is easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.cleaned_data.get("email", "")))
        return password


class TokenForm(forms.Form):
    """What a new token is for, and how far it reaches."""

    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    scope = forms.ChoiceField(label=_("It may"), choices=ApiToken.Scope.choices, initial=ApiToken.Scope.WRITE)


class PreferencesForm(forms.Form):
    """How the pages look and read; what is not sent stays as it is."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)
    theme = forms.ChoiceField(label=_("Theme"), choices=THEMES, required=False)
