"""Files locked with a passphrase as age locks them, but quick to guess, so that a test need not pay for every lock.

The format is age's own (https://age-encryption.org/v1): what is made here is opened by the library that kwartier uses.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import struct
from base64 import b64encode
from textwrap import wrap

WORK = 4
"""The work of one guess, as a power of two; kwartier's own locks take about a million times as much."""

CHUNK = 64 * 1024

_ARMOR = "AGE ENCRYPTED FILE"


def lock(data: bytes, passphrase: str, armored: bool = False) -> bytes:
    """The data, locked; no two times alike. `armored` as letters."""
    locked = _locked(data, passphrase)
    if not armored:
        return locked
    lines = wrap(b64encode(locked).decode(), 64)
    return "\n".join([f"-----BEGIN {_ARMOR}-----", *lines, f"-----END {_ARMOR}-----", ""]).encode()


def _locked(data: bytes, passphrase: str) -> bytes:
    salt, key, nonce = (secrets.token_bytes(16) for _ in range(3))
    seed = b"age-encryption.org/v1/scrypt" + salt
    wrapping = hashlib.scrypt(passphrase.encode(), salt=seed, n=2**WORK, r=8, p=1, dklen=32)
    body = _b64(_sealed(wrapping, bytes(12), key))
    header = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_b64(salt), WORK, body)
    mac = hmac.digest(_derived(key, b"", b"header"), header, "sha256")
    return b"%s %s\n%s%s" % (header, _b64(mac), nonce, _payload(_derived(key, nonce, b"payload"), data))


def _b64(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF with SHA-256, of one block."""
    return hmac.digest(hmac.digest(salt or bytes(32), key, "sha256"), purpose + b"\1", "sha256")


def _payload(key: bytes, data: bytes) -> bytes:
    starts = range(0, max(len(data), 1), CHUNK)
    return b"".join(
        _sealed(key, number.to_bytes(11, "big") + bytes([start == starts[-1]]), data[start : start + CHUNK])
        for number, start in enumerate(starts)
    )


def _sealed(key: bytes, nonce: bytes, data: bytes) -> bytes:
    """ChaCha20-Poly1305 of RFC 8439, with nothing beside the data."""
    stream = b"".join(_block(key, number, nonce) for number in range(1, len(data) // 64 + 2))
    hidden = bytes(one ^ other for one, other in zip(data, stream, strict=False))
    padded = hidden + bytes(-len(hidden) % 16) + struct.pack("<QQ", 0, len(hidden))
    return hidden + _poly1305(_block(key, 0, nonce)[:32], padded)


def _poly1305(key: bytes, data: bytes) -> bytes:
    """The tag of data of whole blocks."""
    factor = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for start in range(0, len(data), 16):
        block = int.from_bytes(data[start : start + 16] + b"\1", "little")
        total = (total + block) * factor % (2**130 - 5)
    return ((total + int.from_bytes(key[16:], "little")) % 2**128).to_bytes(16, "little")


_QUARTERS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15))
_DIAGONALS = ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))


def _block(key: bytes, number: int, nonce: bytes) -> bytes:
    """One block of ChaCha20."""
    begin = struct.unpack("<16L", b"expand 32-byte k" + key + struct.pack("<L", number) + nonce)
    state = list(begin)
    for a, b, c, d in (_QUARTERS + _DIAGONALS) * 10:
        for one, other, mixed, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            state[one] = (state[one] + state[other]) & 0xFFFFFFFF
            turned = state[mixed] ^ state[one]
            state[mixed] = (turned << turn | turned >> (32 - turn)) & 0xFFFFFFFF
    return struct.pack("<16L", *((one + other) & 0xFFFFFFFF for one, other in zip(state, begin, strict=True)))
