"""The API as a whole: its routes, and what becomes of everything that goes wrong on them."""

import math

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from accounts.exceptions import Refusal
from generation.api import account, grids, images, jobs, recalls, recipes, targets, uploads
from generation.api.authentication import ANY_MEMBER
from generation.api.documentation import DocsPage, DocumentedAPI
from generation.api.problems import InvalidBody, NotFound, NotSignedIn, TooLarge, problem
from generation.api.sentences import field_error
from generation.api.throttles import REQUESTS
from generation.exceptions import Invalid, TooManyRequests

api = DocumentedAPI(
    title="imagegen API",
    version="1",
    description="Submit jobs, follow them, fetch pictures. Every refusal is problem details (RFC 9457).",
    urls_namespace="api",
    docs=DocsPage(),
    auth=ANY_MEMBER,
    throttle=REQUESTS,
)
for module in (account, jobs, grids, images, uploads, recalls, recipes, targets):
    api.add_router("", module.router)


@api.exception_handler(Refusal)
def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Every refusal of the services speaks for itself."""
    return problem(refusal)


@api.exception_handler(ValidationError)
def refuse_values(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A malformed id in the address names nothing; everything else names its field."""
    if any(found["loc"][0] == "path" for found in error.errors):
        return problem(NotFound())
    return problem(Invalid(errors=[field_error(found) for found in error.errors]))


@api.exception_handler(Http404)
def refuse_unknown(request: HttpRequest, error: Http404) -> HttpResponse:
    """Another member's id is as unknown as any other."""
    return problem(NotFound())


@api.exception_handler(HttpError)
def refuse_body(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja raises this where the body is no JSON."""
    return problem(InvalidBody())


@api.exception_handler(AuthenticationError)
def refuse_strangers(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Nobody came in."""
    return problem(NotSignedIn())


@api.exception_handler(Throttled)
def refuse_haste(request: HttpRequest, error: Throttled) -> HttpResponse:
    """Say when to come back."""
    return problem(TooManyRequests(retry_after=math.ceil(error.wait or 1)))


@api.exception_handler(RequestDataTooBig)
def refuse_size(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """The body is beyond DATA_UPLOAD_MAX_MEMORY_SIZE."""
    return problem(TooLarge())


@api.exception_handler(SuspiciousOperation)
@api.exception_handler(MultiPartParserError)
@api.exception_handler(RawPostDataException)
def refuse_form(request: HttpRequest, error: Exception) -> HttpResponse:
    """The body is no form, or one where JSON belongs."""
    return problem(InvalidBody())
