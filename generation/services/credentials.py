"""Content Credentials of this place: what it signs with, and who may check it. Signing is optional everywhere."""

import logging
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from generation.processing import credentials
from generation.processing.credentials import Edit, Finding, Origin, Seal, Unsigned

logger = logging.getLogger(__name__)

CERTIFICATE, KEY = "certificate.pem", "key.pem"


def seal() -> Seal | None:
    """Give what this place signs with; None where the extra `c2pa` or the certificate is missing."""
    folder = Path(settings.CREDENTIALS_DIR)
    try:
        certificates, key = ((folder / name).read_bytes() for name in (CERTIFICATE, KEY))
    except FileNotFoundError:
        return None
    return Seal(certificates, key) if credentials.is_installed() else None


def signed(data: bytes, origin: Origin) -> bytes:
    """Sign a picture where this place signs at all; one that cannot be signed is worth more than its signature."""
    return _sealed(data, lambda ours: credentials.sign(data, origin, ours))


def carried_over(source: bytes, made: bytes, *, edit: Edit | None = None, says_engine: bool = True) -> bytes:
    """Sign what was made from a picture that we signed; see `signed`."""
    return _sealed(made, lambda ours: credentials.carry_over(source, made, ours, edit=edit, says_engine=says_engine))


def _sealed(plain: bytes, sign: Callable[[Seal], bytes]) -> bytes:
    if not (ours := seal()):
        return plain
    try:
        return sign(ours)
    except Unsigned as error:
        logger.error("pictures are not signed: %s. See the files in %s.", error, settings.CREDENTIALS_DIR)
        return plain


def examine(data: bytes) -> Finding | None:
    """Read and check a picture's credentials; certificates beside ours count as earlier ones of ours.

    None where it has none. Raises `InvalidPicture`, and ImportError where the extra `c2pa` is missing.
    """
    files = sorted(Path(settings.CREDENTIALS_DIR).glob("*.pem"))
    return credentials.examine(data, b"\n".join(file.read_bytes() for file in files if file.name != KEY))
