"""Pictures that members bring: opened once, kept upright, in sRGB and without their metadata."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import FieldError
from accounts.models import User
from accounts.services.plans import entitlements_of
from generation import storage
from generation.exceptions import Invalid, Suspended
from generation.models import Feed, Upload
from generation.processing.pictures import InvalidPicture, Limits, encode, open_picture, render
from generation.services.discards import discard_files
from generation.services.kept import bytes_kept, move_bytes
from generation.services.room import shortage
from generation.services.safety import judge, rule_of_now

SENTENCES = {
    "too_large": _("This file is too large. Choose one of at most %(megabytes)s MB."),
    "not_a_picture": _("This is not a PNG, JPEG, WebP, AVIF or GIF picture. Choose another file."),
    "too_many_pixels": _("This picture has too many pixels. Shrink it to at most 40 megapixels."),
    "broken": _("This picture is damaged and cannot be opened. Save it again, or choose another file."),
}


def save_upload(member: User, data: bytes) -> Upload:
    """Check and keep a picture. Raises `Invalid` naming the field `file`, and `Suspended`."""
    if member.suspended_at:
        raise Suspended()
    if bytes_kept(member) >= entitlements_of(member).storage_bytes:
        raise Invalid(errors=[FieldError("file", _("Your storage is full. Delete some pictures first."))])
    if shortage() == "disk":
        raise Invalid(errors=[FieldError("file", _("The server's disk is nearly full. Try again later."))])
    try:
        picture = open_picture(data, Limits(data=settings.UPLOAD_MAX_BYTES))
    except InvalidPicture as error:
        sentence = SENTENCES[error.code] % {"megabytes": settings.UPLOAD_MAX_BYTES // 1_000_000}
        raise Invalid(errors=[FieldError("file", sentence)]) from error
    renditions = render(picture)
    if judge(renditions.display, rule_of_now()).refused:
        raise Invalid(errors=[FieldError("file", _("This picture looks like nakedness, which is not taken here."))])
    encoded = encode(picture, "PNG")
    name = storage.new_file_name("upload", "png")
    Feed.objects.get_or_create(member=member)
    with transaction.atomic():
        upload = Upload.objects.create(
            member=member, file_name=name, width=picture.width, height=picture.height, bytes=len(encoded)
        )
        move_bytes({member.pk: upload.bytes})
    try:  # after the row: a file that no row knows would stay for ever
        storage.save_picture(name, encoded, renditions)
    except OSError:
        _give_up(upload)
        raise
    return upload


@transaction.atomic
def _give_up(upload: Upload) -> None:
    upload.delete()
    move_bytes({upload.member_id: -upload.bytes})
    discard_files([upload.file_name])
