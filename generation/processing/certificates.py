"""A certificate of one's own to sign pictures with: nobody vouches for it but whoever knows its authority."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from generation.processing.credentials import Seal

LIFE = timedelta(days=3650)  # without a timestamp authority signatures end with their certificate
USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


def make_seal(name: str) -> Seal:
    """Make a certificate for `name`, by the rules of C2PA, with an authority above it whose key nobody keeps."""
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _begun(f"{name} authority", f"{name} authority", authority_key.public_key(), _use("key_cert_sign"))
    authority = authority.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    leaf = _begun(name, f"{name} authority", key.public_key(), _use("digital_signature"))
    leaf = leaf.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    leaf = leaf.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    leaf = leaf.add_extension(above, critical=False)
    signed = [certificate.sign(authority_key, hashes.SHA256()) for certificate in (leaf, authority)]
    return Seal(
        certificates=b"".join(certificate.public_bytes(Encoding.PEM) for certificate in signed),
        key=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )


def _begun(name: str, issuer: str, public: ec.EllipticCurvePublicKey, use: x509.KeyUsage) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    begun = x509.CertificateBuilder(_name(issuer), _name(name), public, x509.random_serial_number())
    begun = begun.not_valid_before(now - timedelta(days=1)).not_valid_after(now + LIFE)
    begun = begun.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    return begun.add_extension(use, critical=True)


def _name(words: str) -> x509.Name:
    # C2PA wants an organization; a common name has at most 64 characters.
    names = (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)
    return x509.Name([x509.NameAttribute(kind, words[:64]) for kind in names])


def _use(what: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: use == what for use in USES})
