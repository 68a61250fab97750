"""A colour profile, made from its numbers."""

import struct

# Red, green and blue of Display P3 as seen under D50, and D50 itself, in XYZ.
PRIMARIES = {
    b"rXYZ": (0.51512, 0.24120, -0.00105), b"gXYZ": (0.29198, 0.69225, 0.04189), b"bXYZ": (0.15710, 0.06657, 0.78407),
    b"wtpt": (0.96420, 1.0, 0.82491),
}  # fmt: skip
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)  # of sRGB, which P3 shares


def fixed(number: float) -> bytes:
    """Write a number the way profiles do."""
    return struct.pack(">i", round(number * 65536))


def display_p3() -> bytes:
    """Give Display P3 as an ICC profile of version 4."""
    curve = b"para\0\0\0\0\0\x03\0\0" + b"".join(map(fixed, CURVE))
    words = "Display P3".encode("utf-16-be")
    text = b"mluc\0\0\0\0" + struct.pack(">IIHHII", 1, 12, 0x656E, 0x5553, len(words), 28) + words
    tags = {name: b"XYZ \0\0\0\0" + b"".join(map(fixed, xyz)) for name, xyz in PRIMARIES.items()}
    tags |= {b"rTRC": curve, b"gTRC": curve, b"bTRC": curve, b"desc": text, b"cprt": text}
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I", start + len(body)) + bytes(4) + b"\x04\x30\0\0mntrRGB XYZ " + bytes(12) + b"acsp"
    head += bytes(28) + b"".join(map(fixed, PRIMARIES[b"wtpt"]))
    return head + bytes(128 - len(head)) + struct.pack(">I", len(tags)) + table + body
