"""Secrets at rest: what is sealed can be read again with the installation's secret key alone."""

import base64
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(ValueError):
    """Sealed with a secret key that is neither the present one nor a fallback."""


def seal(values: Mapping[str, str]) -> str:
    """Encrypt values; nothing stays nothing."""
    return _ring(*_keys()).encrypt(json.dumps(dict(values)).encode()).decode() if values else ""


def unseal(sealed: str) -> dict[str, Any]:
    """Read what `seal` wrote. Raises `Unreadable`."""
    if not sealed:
        return {}
    try:
        values: dict[str, Any] = json.loads(_ring(*_keys()).decrypt(sealed.encode()))
    except InvalidToken as error:
        raise Unreadable("stored keys cannot be read: they were sealed with another SECRET_KEY") from error
    return values


def _keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=4)
def _ring(*secret_keys: str) -> MultiFernet:
    """Make the key of each secret key, for this use alone; the first one seals."""
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derive(key))) for key in secret_keys])


def _derive(secret_key: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"imagegen sealed values").derive(secret_key.encode())
