"""Share links: made, read, counted and revoked."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import FieldError
from generation.exceptions import Invalid, Suspended, WrongState
from generation.models import Image, ShareLink
from generation.processing.metadata import strip
from generation.services.credentials import carried_over
from generation.services.delivery import deliver, mark_of

MOST_LINKS = 50  # working links of one picture

_signer = Signer(salt="generation.sharelink", sep=".")


def share_image(
    image: Image, *, shows_prompt: bool = False, keeps_metadata: bool = False, days: int | None = None
) -> ShareLink:
    """Make a link to a finished picture, for so many days or until it is revoked.

    Raises `Suspended`, `WrongState`, and `Invalid` where there are too many already.
    """
    if image.member.suspended_at:
        raise Suspended()
    if not image.file_name:
        raise WrongState()
    if ShareLink.objects.working().filter(image=image).count() >= MOST_LINKS:
        sentence = _("This picture has %(most)s links already. Revoke some first.")
        raise Invalid(errors=[FieldError("days", sentence % {"most": MOST_LINKS})])
    return ShareLink.objects.create(
        image=image,
        member=image.member,
        shows_prompt=shows_prompt,
        keeps_metadata=keeps_metadata,
        expires_at=timezone.now() + timedelta(days=days) if days else None,
    )


def revoke_share(link: ShareLink) -> bool:
    """Close a link; tell whether it was open."""
    return bool(ShareLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()))


def token_of(link: ShareLink) -> str:
    """Give the secret part of a link's address; it can be given again as long as the secret key lives."""
    return _signer.sign(urlsafe_b64encode(link.pk.bytes).decode().rstrip("="))


def find_share(token: str) -> ShareLink | None:
    """Give the link of an address; None where it no longer works. Raises `BadSignature` for one that never did."""
    try:
        pk = UUID(bytes=urlsafe_b64decode(f"{_signer.unsign(token)}=="))
    except ValueError as error:
        raise BadSignature from error
    found = ShareLink.objects.working().exclude(image__file_name="").filter(pk=pk)
    return found.select_related("image__job", "member").first()


def count_view(link: ShareLink) -> None:
    """Count one opening of the page."""
    ShareLink.objects.filter(pk=link.pk).update(views=F("views") + 1)


def shared_picture(link: ShareLink) -> tuple[bytes, str]:
    """Give the picture as strangers get it, and its format: without a word about its making, unless the owner wants it.

    Its Content Credentials still say that a machine made it, and when.

    Raises FileNotFoundError.
    """
    delivery = deliver(link.image, mark_of(link.member))
    data, kind = delivery.read(), delivery.stored_name().rpartition(".")[2]
    if link.keeps_metadata:
        return data, kind
    plain = carried_over(data, strip(data), says_engine=False)
    return plain, "png" if plain.startswith(b"\x89PNG") else kind


def shared_display(link: ShareLink) -> tuple[bytes, str]:
    """Give the picture in a screen's size, which was encoded anew and so never says anything; and its format.

    Raises FileNotFoundError.
    """
    try:
        return deliver(link.image, mark_of(link.member), "display").read(), "webp"
    except FileNotFoundError:
        return shared_picture(link)
