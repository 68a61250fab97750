"""How every "no" leaves the API: problem details (RFC 9457) in the member's language."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import Reason, Refusal

MEDIA_TYPE = "application/problem+json"


class InvalidBody(Refusal):
    """The body cannot be read at all."""

    status = 400
    code = "invalid_body"
    title = _("The body of this request cannot be read. Send valid JSON, or a valid form with a file.")


class NotSignedIn(Refusal):
    """Neither a session nor a valid token came along."""

    status = 401
    code = "not_signed_in"
    title = _("Sign in, or send a valid token.")


class CsrfFailed(Refusal):
    """A browser's session came without the token that proves the page is ours."""

    status = 403
    code = "csrf"
    title = _("This request did not come from our page. Reload the page and try again.")


class WrongScope(Refusal):
    """A token that may only read was used to change something."""

    status = 403
    code = "scope"
    title = _("This token may only read. Use one that may write.")


class NotFound(Refusal):
    """There is no such thing, or it is another member's."""

    status = 404
    code = "not_found"
    title = _("There is nothing at this address.")


class FileMissing(Refusal):
    """The image is known, its file is not there: not yet, or not any more."""

    status = 404
    code = "file_missing"
    title = _("This picture has no file, or not yet.")


class MethodNotAllowed(Refusal):
    """The address exists, but not for this method; the header `Allow` names those it has."""

    status = 405
    code = "method_not_allowed"
    title = _("This address does not take this method.")


class TooLarge(Refusal):
    """The body is larger than any request needs."""

    status = 413
    code = "too_large"
    title = _("This request is too large.")


class InternalError(Refusal):
    """A fault of ours; the log says which."""

    status = 500
    code = "internal"
    title = _("Something went wrong on our side. Try again; the people who run this site can see why.")


def reasons_json(reasons: Iterable[Reason]) -> list[dict[str, str]]:
    """Give reasons of the gate as JSON has them."""
    return [{"code": each.code, "message": str(each.message), "lifted_by": each.lifted_by} for each in reasons]


def problem(refusal: Refusal) -> HttpResponse:
    """Write a refusal as problem details, in the active language."""
    body = {
        "type": f"urn:problem-type:imagegen:{refusal.code}",
        "title": str(refusal.title),
        "status": refusal.status,
        "detail": str(refusal.detail),
        "code": refusal.code,
        "errors": [{"field": error.field, "message": str(error.message)} for error in refusal.errors],
        "reasons": reasons_json(refusal.reasons),
    }
    response = JsonResponse(body, status=refusal.status, content_type=MEDIA_TYPE)
    if refusal.retry_after is not None:
        response["Retry-After"] = str(refusal.retry_after)
    if isinstance(refusal, NotSignedIn):
        response["WWW-Authenticate"] = 'Bearer realm="imagegen"'
    return response


BY_STATUS = {refusal.status: refusal for refusal in (InvalidBody, NotFound, MethodNotAllowed, InternalError)}


class ProblemMiddleware:
    """Answer with problem details under /api/ where Django would answer with a page of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep the headers that Django gave, such as `Allow`."""
        response = self._get_response(request)
        refusal = BY_STATUS.get(response.status_code)
        if refusal is None or not request.path.startswith("/api/") or response.headers["Content-Type"] == MEDIA_TYPE:
            return response
        if settings.DEBUG and response.status_code == InternalError.status:
            return response  # Django's own page says more
        answer = problem(refusal())
        if "Allow" in response:
            answer["Allow"] = response["Allow"]
        return answer
