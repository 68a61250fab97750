"""Servers that are wrong on the way: each answers every request with one fault, or not at all."""

import asyncio
import datetime
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HUGE = 200_000_000


def answer(status: str, body: bytes = b"", headers: str = "", *, length: int | None = None) -> bytes:
    """Write an HTTP answer as it travels, with the length that it is said to have."""
    told = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Length: {told}\r\n{headers}\r\n".encode() + body


@asynccontextmanager
async def raw(*, said: bytes = b"", hang: bool = False, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """Say the same to everybody, then close the connection, or hang."""
    open_connections: set[asyncio.StreamWriter] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_connections.add(writer)
        await reader.read(1 << 16)
        writer.write(said)
        if hang:
            await reader.read()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=tls)
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for writer in open_connections:
            writer.close()


@asynccontextmanager
async def refused(_: Path) -> AsyncIterator[str]:
    """Give an address where nobody listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def no_such_name(_: Path) -> AsyncIterator[str]:
    """Give an address whose name nobody knows."""
    yield "http://no-such-host.invalid"


@asynccontextmanager
async def untrusted(folder: Path) -> AsyncIterator[str]:
    """Serve with a certificate that nobody has signed but itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(folder))
    async with raw(said=answer("200 OK", b"{}"), tls=context) as address:
        yield address


def _certificate(folder: Path) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nobody")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(days=1))
    path = folder / "certificate.pem"
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, form, plain)
    path.write_bytes(secret + builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


async def huge(request: web.Request) -> web.StreamResponse:
    """Send a picture of 200 MB without saying how long it is, as fast as it is read."""
    response = web.StreamResponse(headers={"Content-Type": "image/png"})
    response.enable_chunked_encoding()
    await response.prepare(request)
    for _ in range(HUGE // 1_000_000):
        await response.write(b"\x89PNG" + bytes(999_996))
    return response
