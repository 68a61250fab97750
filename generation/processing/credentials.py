"""Content Credentials (C2PA): a signed note in a file that says by what a picture was made, and when.

Whoever changes a byte after the signing breaks the seal, and that can be seen; so signing comes last. Pixels, and what
the file says by other conventions, are not touched. Needs the extra `c2pa`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.util import find_spec
from io import BytesIO
from typing import Any, Literal

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from generation.processing.metadata import OURS
from generation.processing.pictures import MEDIA_TYPES, size_and_notes

SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
Edit = Literal["recipe", "visible mark"]
SEALS = {"assertion.dataHash.mismatch", "assertion.bmffHash.mismatch", "assertion.boxesHash.mismatch"}
# No file may send us anywhere; pictures within the credentials would weigh more than the picture.
CONFIGURATION: dict[str, Any] = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_after_sign": False},
    "builder": {"thumbnail": {"enabled": False}},
}


class Unsigned(Exception):
    """The certificate, its key or the file is one that nothing can be signed with."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a picture comes from: IPTC's digital source type, the moment, the engine ("": not said), edits since."""

    source: str
    made_at: datetime
    engine: str = ""
    edits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seal:
    """What signs: a certificate with those above it, and its private key, as PEM."""

    certificates: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class Finding:
    """What a file's credentials come to; without a trustworthy `origin` where they were tampered with themselves."""

    unchanged: bool
    ours: bool
    signer: str = ""
    origin: Origin | None = None


def is_installed() -> bool:
    """Tell whether credentials can be written and read here."""
    return find_spec("c2pa") is not None


def sign(data: bytes, origin: Origin, seal: Seal) -> bytes:
    """Write credentials into a picture, instead of those that it had. Raises `Unsigned`."""
    import c2pa  # noqa: PLC0415  an extra, 0.3 s and 80 MB

    actions: list[dict[str, Any]] = [
        {"action": "c2pa.created", "when": origin.made_at.isoformat(), "digitalSourceType": SOURCES + origin.source}
    ]
    if origin.engine:
        actions[0]["softwareAgent"] = {"name": origin.engine}
    actions += [{"action": "c2pa.edited", "description": edit} for edit in origin.edits]
    manifest = {
        "claim_generator_info": [{"name": OURS}],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": actions}}],
    }
    signed = BytesIO()
    try:
        identity = c2pa.C2paSignerInfo(_algorithm(seal.key), seal.certificates, seal.key, None)
        context = c2pa.Context.from_dict(CONFIGURATION, c2pa.Signer.from_info(identity))
        c2pa.Builder(json.dumps(manifest), context).sign(_media_type(data), BytesIO(data), signed)
    except (c2pa.C2paError, ValueError) as error:
        raise Unsigned(str(error)) from error
    return signed.getvalue()


def carry_over(source: bytes, made: bytes, seal: Seal, *, edit: Edit | None = None, says_engine: bool = True) -> bytes:
    """Sign what was made from a signed picture; what was made from another one stays as it is. Raises `Unsigned`."""
    found = examine(source, seal.certificates)
    if not (found and found.ours and found.unchanged and found.origin):
        return made
    edits = (*found.origin.edits, edit) if edit else found.origin.edits
    origin = replace(found.origin, edits=edits, engine=found.origin.engine if says_engine else "")
    return sign(made, origin, seal)


def examine(data: bytes, certificates: bytes) -> Finding | None:
    """Read and check a picture's credentials; None where it has none.

    `certificates`, as PEM, are those of this place, with the ones above them. Raises `InvalidPicture`.
    """
    import c2pa  # noqa: PLC0415  see above

    trust = {"trust": {"trust_anchors": certificates.decode()}} if certificates else {}
    context, media_type = c2pa.Context.from_dict(CONFIGURATION | trust), _media_type(data)
    try:
        reader = c2pa.Reader.try_create(media_type, BytesIO(data), context=context)
        return _finding(json.loads(reader.json()), _serial_numbers(certificates)) if reader else None
    except (c2pa.C2paError, KeyError):
        return Finding(unchanged=False, ours=False)


def _finding(store: Mapping[str, Any], our_numbers: set[str]) -> Finding:
    manifest = store["manifests"][store["active_manifest"]]
    signature = manifest.get("signature_info", {})
    results = store.get("validation_results", {}).get("activeManifest", {})
    passed, failed = ({item["code"] for item in results.get(kind, ())} for kind in ("success", "failure"))
    signed = "claimSignature.validated" in passed
    trustworthy = signed and failed <= SEALS | {"signingCredential.untrusted"}
    return Finding(
        unchanged=store.get("validation_state") in ("Valid", "Trusted"),
        ours=signed and "signingCredential.trusted" in passed and signature.get("cert_serial_number") in our_numbers,
        signer=str(signature.get("common_name") or signature.get("issuer") or "") if signed else "",
        origin=_origin(manifest) if trustworthy else None,
    )


def _origin(manifest: Mapping[str, Any]) -> Origin | None:
    """Read the first action, which by the rules is the making; None where it is not, or is said in no sensible way."""
    held = [item["data"] for item in manifest.get("assertions", ()) if item["label"].startswith("c2pa.actions")]
    try:
        made, *others = held[0]["actions"]
        agent = made.get("softwareAgent", "")
        origin = Origin(
            source=str(made.get("digitalSourceType", "")).rpartition("/")[2],
            made_at=datetime.fromisoformat(made["when"]),
            engine=str(agent.get("name", "") if isinstance(agent, Mapping) else agent),
            edits=tuple(str(edit.get("description", edit.get("action", ""))) for edit in others),
        )
    except (IndexError, KeyError, ValueError, TypeError, AttributeError):
        return None
    sensible = made["action"] == "c2pa.created" and origin.made_at.tzinfo and 1900 < origin.made_at.year < 3000
    return origin if sensible else None


def _serial_numbers(certificates: bytes) -> set[str]:
    held = x509.load_pem_x509_certificates(certificates) if certificates else []
    return {str(certificate.serial_number) for certificate in held}


def _media_type(data: bytes) -> str:
    return MEDIA_TYPES[size_and_notes(data)[1]]


def _algorithm(key: bytes) -> bytes:
    """Name the algorithm that belongs to a key."""
    private = load_pem_private_key(key, password=None)
    if isinstance(private, ec.EllipticCurvePrivateKey):
        return b"es384" if private.curve.key_size > 256 else b"es256"
    return b"ed25519" if isinstance(private, ed25519.Ed25519PrivateKey) else b"ps256"
