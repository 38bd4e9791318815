"""``System.Net.WebUtility``."""

from __future__ import annotations

import re

from certgate.csharp.dotnet.net import url_text
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray

WEB = define(
    "System.Net.WebUtility",
    kind="static",
    allowed=True,
    known="HtmlDecode HtmlEncode UrlDecode UrlDecodeToBytes UrlEncode UrlEncodeToBytes",
)


def _charged(text: str) -> str:
    charge_size(3 * len(text))
    return text


@WEB.method("static string UrlEncode(string value)")
def url_encode(text: str | None) -> str | None:
    return None if text is None else url_text.form_encode(_charged(text))


@WEB.method("static string UrlDecode(string encodedValue)")
def url_decode(text: str | None) -> str | None:
    return None if text is None else url_text.form_decode(_charged(text))


@WEB.method("static string HtmlEncode(string value)")
def html_encode(text: str | None) -> str | None:
    return None if text is None else url_text.html_encode(_charged(text))


@WEB.method("static string HtmlDecode(string value)")
def html_decode(text: str | None) -> str | None:
    return None if text is None else url_text.html_decode(_charged(text))


@WEB.method("static byte[] UrlEncodeToBytes(byte[] value, int offset, int count)")
def url_encode_bytes(data: ByteArray | None, offset: int, count: int) -> ByteArray | None:
    part = _part(data, offset, count)
    return None if part is None else ByteArray(url_text.form_encode_bytes(part))


def _part(data: ByteArray | None, offset: int, count: int) -> bytes | None:
    if data is None and count == 0:
        return None
    if data is None:
        raise faults.argument_null("bytes")
    if not 0 <= offset <= len(data):
        raise faults.not_valid("offset")
    if not 0 <= count <= len(data) - offset:
        raise faults.not_valid("count")
    return bytes(data.items[offset : offset + count])


@WEB.method("static byte[] UrlDecodeToBytes(byte[] encodedValue, int offset, int count)")
def url_decode_bytes(data: ByteArray | None, offset: int, count: int) -> ByteArray | None:
    part = _part(data, offset, count)
    if part is None:
        return None
    spaced = part.replace(b"+", b" ")
    return ByteArray(re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), spaced))
