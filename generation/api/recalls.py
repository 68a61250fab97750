"""How a picture was made: read from its file, for the form."""

from dataclasses import asdict

from django.conf import settings
from ninja import File, Form, Router
from ninja.files import UploadedFile

from generation.api import schemas
from generation.api.authentication import ANY_MEMBER_ASKING, MemberRequest
from generation.api.documentation import refusals
from generation.api.throttles import REQUESTS, UPLOADS
from generation.services.recalls import recall_settings

router = Router(tags=["Uploads"])


@router.post(
    "/recall",
    response=schemas.Recall,
    auth=ANY_MEMBER_ASKING,
    throttle=[REQUESTS, UPLOADS],
    summary="Read how a picture was made",
    openapi_extra=refusals(400, 403, 413, 422, 429),
)
def read_settings(request: MemberRequest, file: File[UploadedFile], engine: Form[str] = "") -> dict[str, object]:
    """Read the settings that AUTOMATIC1111, ComfyUI, InvokeAI, Fooocus, SwarmUI or we wrote into a PNG, JPEG or WebP.

    They are fitted to what you may use here; nothing is kept.
    """
    return asdict(recall_settings(request.auth, file.read(settings.UPLOAD_MAX_BYTES + 1), engine=engine))
