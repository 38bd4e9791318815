"""Signed certificate timestamps (RFC 6962 section 3.3) as OpenSSL prints them. Nothing in them is verified."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from certgate.pki import der
from certgate.pki.der import DerError

MAX_TIMESTAMPS = 100

_INDENT = " " * 16
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIGNATURES = {
    (4, 1): "sha256WithRSAEncryption",
    (4, 3): "ecdsa-with-SHA256",
}


class _Reader:
    """Reads big-endian numbers and counted bytes, never past the end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        if size > len(self.data) - self.at:
            raise DerError("a timestamp that ends too early")
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def counted(self) -> bytes:
        return self.take(self.number(2))

    @property
    def rest(self) -> bytes:
        return self.data[self.at :]


def timestamps_text(raw: bytes) -> str:
    """The text of a list of timestamps; DerError where the list is broken."""
    outer = _Reader(der.read(raw).expect(der.OCTET_STRING).content)
    reader = _Reader(outer.counted())
    if outer.rest:
        raise DerError("bytes behind the list of timestamps")
    texts: list[str] = []
    while reader.rest:
        if len(texts) == MAX_TIMESTAMPS:
            raise DerError("too many timestamps")
        texts.append(_timestamp(reader.counted()))
    return "\n".join(texts)


def _timestamp(data: bytes) -> str:
    reader = _Reader(data)
    version = reader.number(1)
    if version:
        return f"Signed Certificate Timestamp:\n    Version   : unknown\n{_INDENT}{_hex(data)}"
    log, moment, extensions = reader.take(32), reader.number(8), reader.counted()
    algorithm = (reader.number(1), reader.number(1))
    signature = reader.counted()
    if algorithm not in _SIGNATURES or not signature:
        raise DerError("a timestamp signed in an unknown way")
    return (
        "Signed Certificate Timestamp:"
        "\n    Version   : v1 (0x0)"
        f"\n    Log ID    : {_hex(log)}"
        f"\n    Timestamp : {_moment(moment)}"
        f"\n    Extensions: {_hex(extensions) if extensions else 'none'}"
        f"\n    Signature : {_SIGNATURES[algorithm]}"
        f"\n{_INDENT}{_hex(signature)}"
    )


def _hex(data: bytes) -> str:
    lines = [data[at : at + 16].hex(":").upper() for at in range(0, len(data), 16)]
    return f":\n{_INDENT}".join(lines)


def _moment(milliseconds: int) -> str:
    try:
        moment = _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        raise DerError("a timestamp that no calendar reaches") from None
    month, thousandths = _MONTHS[moment.month - 1], moment.microsecond // 1000
    return f"{month} {moment.day:2} {moment:%H:%M:%S}.{thousandths:03} {moment.year} GMT"
