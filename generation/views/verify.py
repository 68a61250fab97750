"""Where anyone asks of a file whether it was made here, and whether it was changed since."""

from dataclasses import dataclass, field

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from generation.processing.credentials import Finding, Origin, is_installed
from generation.processing.pictures import InvalidPicture
from generation.processing.recalling import recall
from generation.services.credentials import examine, seal
from generation.services.throttles import is_within
from generation.services.uploads import SENTENCES

KINDS: dict[str, Promise] = {
    "trainedAlgorithmicMedia": gettext_lazy("made by a trained model"),
    "compositeWithTrainedAlgorithmicMedia": gettext_lazy("partly made anew by a trained model"),
    "algorithmicMedia": gettext_lazy("drawn by rules, by no trained model"),
    "digitalCapture": gettext_lazy("taken with a camera"),
}
EDITS: dict[str, Promise] = {"recipe": gettext_lazy("a recipe"), "visible mark": gettext_lazy("the mark in the corner")}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the page says about a file; `icon` is one of lucide's, `tone` good, bad or plain."""

    headline: str
    explanation: str
    icon: str
    tone: str = "plain"
    facts: list[tuple[str, str]] = field(default_factory=list)


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Say of a dropped file what its Content Credentials say, and whether that holds; the file is not kept."""
    context: dict[str, object] = {"installed": is_installed(), "signs": seal() is not None}
    if request.method == "GET" or not is_installed():
        return render(request, "generation/verify.html", context)
    file = request.FILES.get("file")
    if not is_within(get_adapter(request).get_client_ip(request), "SHARED_REQUESTS_PER_MINUTE"):
        return _refused(request, context, _("Too many requests. Try again in a minute."), status=429)
    if not isinstance(file, UploadedFile):
        return _refused(request, context, _("Choose a picture first."))
    if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
        return _refused(request, context, _sentence("too_large"))
    try:
        data = file.read()
        verdict = _verdict(examine(data), data)
    except InvalidPicture as error:
        return _refused(request, context, _sentence(error.code))
    return render(request, "generation/verify.html", context | {"verdict": verdict, "file_name": file.name})


def _sentence(code: str) -> str:
    return SENTENCES[code] % {"megabytes": settings.UPLOAD_MAX_BYTES // 1_000_000}


def _refused(request: HttpRequest, context: dict[str, object], error: str, *, status: int = 422) -> HttpResponse:
    return render(request, "generation/verify.html", context | {"error": error}, status=status)


def _verdict(found: Finding | None, data: bytes) -> Verdict:
    if found is None:
        return _without(data)
    facts = _facts(found)
    match found:
        case Finding(ours=True, unchanged=True):
            return Verdict(
                _("Made here, and not changed since"),
                _("This site signed the picture when it was made, and every byte is still the same."),
                "badge-check", "good", facts,
            )  # fmt: skip
        case Finding(ours=True):
            return Verdict(
                _("Changed since it was made here"),
                _("The signature is ours, but the picture is not what we signed any more. This is what we signed:"),
                "triangle-alert", "bad", facts,
            )  # fmt: skip
        case Finding(unchanged=True):
            return Verdict(
                _("Not made here"),
                _("Somebody else signed this picture, and it was not changed since. We cannot tell who that really is: "
                  "anyone can make a certificate in any name."),
                "file-badge", "plain", facts,
            )  # fmt: skip
    return Verdict(
        _("The credentials do not hold"),
        _("The picture or its credentials were changed after the signing, so nothing that they say can be trusted."),
        "triangle-alert", "bad",
    )  # fmt: skip


def _without(data: bytes) -> Verdict:
    """Say what can be said of a file that nobody signed."""
    said = recall(data)
    if said and said.source == "imagegen":
        explanation = _("Its settings name imagegen, but without a signature anyone could have written that.")
    else:
        explanation = _("It may come from here all the same: screenshots and messengers take credentials away.")
    return Verdict(_("No Content Credentials in this file"), explanation, "circle-question-mark")


def _facts(found: Finding) -> list[tuple[str, str]]:
    facts = [(_("Signed by"), found.signer)]
    if found.origin:
        facts = [*_origin(found.origin), *facts]
    return [(name, value) for name, value in facts if value]


def _origin(origin: Origin) -> list[tuple[str, str]]:
    kind = KINDS.get(origin.source)
    return [
        (_("When"), date_format(timezone.localtime(origin.made_at), "DATETIME_FORMAT")),
        (_("Engine"), _(origin.engine) if origin.engine else ""),
        (_("Kind"), str(kind or origin.source)),
        (_("Afterwards"), ", ".join(str(EDITS.get(edit, edit)) for edit in origin.edits)),
    ]
