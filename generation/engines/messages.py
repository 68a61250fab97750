"""The messages between a worker and its child process: a JSON head and a body of bytes."""

import json
import struct
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple, cast

HEADER = struct.Struct(">II")  # length of the head, length of the body

Head = dict[str, object]


class Message(NamedTuple):
    """One message. The last answer to a call has `done` in its head."""

    head: Head
    body: bytes


def pack(head: Mapping[str, object], body: bytes = b"") -> bytes:
    """Write a message as it travels."""
    text = json.dumps(head).encode()
    return HEADER.pack(len(text), len(body)) + text + body


def unpack_head(data: bytes) -> Head:
    """Read the JSON head of a message."""
    return cast(Head, json.loads(data))


def receive(stream: BinaryIO) -> Message | None:
    """Wait for the next message; None at the end of file."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    head_size, body_size = HEADER.unpack(header)
    return Message(unpack_head(stream.read(head_size)), stream.read(body_size))


def send(stream: BinaryIO, head: Mapping[str, object], body: bytes = b"") -> None:
    """Write a message and flush it."""
    stream.write(pack(head, body))
    stream.flush()
