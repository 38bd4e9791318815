"""``System.Uri``: parts chosen by UriComponents, relative URIs, comparison, hexadecimal escapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.csharp.dotnet.net import uri_text
from certgate.csharp.dotnet.net.uri import URI, UriValue, is_well_formed
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.string_comparison import compare as compare_texts
from certgate.csharp.dotnet.text.string_comparison import mode
from certgate.csharp.runtime import UnsupportedReached, charge_steps
from certgate.csharp.types import define_enum
from certgate.csharp.values import Char, EnumValue, enum_value

if TYPE_CHECKING:
    from certgate.csharp.dotnet.net.uri_text import Parts

_SCHEME, _USER, _HOST, _PORT, _PATH, _QUERY, _FRAGMENT = (1 << bit for bit in range(7))
_STRONG_PORT, _KEEP_DELIMITER, _NORMALIZED_HOST = 0x80, 0x40000000, 0x100
_ABSOLUTE = 0x7F
COMPONENTS = define_enum(
    "System.UriComponents",
    {
        "Scheme": _SCHEME,
        "UserInfo": _USER,
        "Host": _HOST,
        "Port": _PORT,
        "Path": _PATH,
        "Query": _QUERY,
        "Fragment": _FRAGMENT,
        "StrongPort": _STRONG_PORT,
        "NormalizedHost": _NORMALIZED_HOST,
        "KeepDelimiter": _KEEP_DELIMITER,
        "SerializationInfoString": -(1 << 31),
        "AbsoluteUri": _ABSOLUTE,
        "HostAndPort": _HOST | _STRONG_PORT,
        "StrongAuthority": _USER | _HOST | _STRONG_PORT,
        "SchemeAndServer": _SCHEME | _HOST | _PORT,
        "HttpRequestUrl": _SCHEME | _HOST | _PORT | _PATH | _QUERY,
        "PathAndQuery": _PATH | _QUERY,
    },
    flags=True,
)
FORMAT = define_enum("System.UriFormat", {"UriEscaped": 1, "Unescaped": 2, "SafeUnescaped": 3})


@URI.method("string GetComponents(UriComponents components, UriFormat format)")
def get_components(self: UriValue, components: EnumValue, form: EnumValue) -> str:
    parts = self.absolute()
    wanted = components.value
    if wanted & ~(_ABSOLUTE | _STRONG_PORT | _KEEP_DELIMITER) or not wanted & (_ABSOLUTE | _STRONG_PORT):
        raise UnsupportedReached("these UriComponents are not simulated")
    return _chosen(parts, wanted, form.value)


def _chosen(parts: Parts, wanted: int, form: int) -> str:
    def spelled(text: str) -> str:
        if form == 1 or "%" not in text:
            return text
        if form == 3:
            return uri_text.unescape(text)
        raise UnsupportedReached("UriFormat.Unescaped of an escaped URI is not simulated")

    keeps = bool(wanted & _KEEP_DELIMITER)
    names = wanted & ~_KEEP_DELIMITER
    alone = names & (names - 1) == 0
    if alone:
        return _single(parts, names, keeps, spelled)
    made = ""
    if wanted & _SCHEME:
        made += f"{parts.scheme}:" if parts.opaque else f"{parts.scheme}://"
    if wanted & _USER and parts.user:
        made += f"{parts.user}@"
    if wanted & _HOST:
        made += parts.host
    if (wanted & _PORT and not parts.default_port) or wanted & _STRONG_PORT:
        made += f":{parts.port}"
    if wanted & _PATH:
        made += spelled(parts.path)
    if wanted & _QUERY:
        made += spelled(parts.query)
    if wanted & _FRAGMENT:
        made += spelled(parts.fragment)
    return made


def _single(parts: Parts, name: int, keeps: bool, spelled: object) -> str:
    """One part alone comes without what sets it off, unless that is kept."""
    assert callable(spelled)  # noqa: S101 - given so by the caller
    match name:
        case 0x01:
            return parts.scheme + ("://" if keeps and not parts.opaque else ":" if keeps else "")
        case 0x02:
            return parts.user + ("@" if keeps and parts.user else "")
        case 0x04:
            return parts.host
        case 0x08 | 0x80:
            shown = "" if (name == _PORT and parts.default_port) or parts.port < 0 else str(parts.port)
            return f":{shown}" if keeps and shown else shown
        case 0x10:
            return str(spelled(parts.path if keeps else parts.path.removeprefix("/")))
        case 0x20:
            return str(spelled(parts.query if keeps else parts.query.removeprefix("?")))
    return str(spelled(parts.fragment if keeps else parts.fragment.removeprefix("#")))


@URI.method(
    "static int Compare(System.Uri uri1, System.Uri uri2, UriComponents partsToCompare, UriFormat compareFormat, "
    "StringComparison comparisonType)"
)
def compare(left: UriValue | None, right: UriValue | None, wanted: EnumValue, form: EnumValue, how: EnumValue) -> int:
    if left is None or right is None:
        return (left is not None) - (right is not None)
    if left.parts is None or right.parts is None:
        if left.parts is not None or right.parts is not None:
            return 1 if left.parts is not None else -1
        return compare_texts(left.original, right.original, mode(how))
    return compare_texts(get_components(left, wanted, form), get_components(right, wanted, form), mode(how))


@URI.method("System.Uri MakeRelativeUri(System.Uri uri)")
def make_relative(self: UriValue, other: UriValue | None) -> UriValue:
    if other is None:
        raise faults.argument_null("uri")
    base, target = self.absolute(), other.parts
    if target is None:
        raise faults.invalid_operation("This operation is not supported for a relative URI.")
    if (base.scheme, base.host, base.port) != (target.scheme, target.host, target.port):
        return other
    text = _difference(base.path, target.path) + target.query + target.fragment
    return UriValue(text, None)


def _difference(base: str, target: str) -> str:
    """The path from one to the other."""
    charge_steps(len(base))
    same = next((at for at, pair in enumerate(zip(base, target, strict=False)) if pair[0] != pair[1]), None)
    shared = same if same is not None else min(len(base), len(target))
    if shared == len(base) == len(target):
        return ""
    slash = base.rfind("/", 0, shared) + 1
    ups = base.count("/", slash)
    rest = target[slash:]
    if ups == 0 and ":" in rest.partition("/")[0]:
        rest = "./" + rest
    made = "../" * ups + rest
    return made or "./"


@URI.method("bool IsBaseOf(System.Uri uri)")
def is_base_of(self: UriValue, other: UriValue | None) -> bool:
    if other is None:
        raise faults.argument_null("uri")
    if self.parts is None:
        return False
    base, target = self.parts, other.parts
    if target is None:
        return True
    folder = base.path[: base.path.rfind("/") + 1]
    return (base.scheme, base.host, base.port) == (target.scheme, target.host, target.port) and target.path.startswith(
        folder
    )


@URI.method("bool IsWellFormedOriginalString()")
def is_well_formed_original(self: UriValue) -> bool:
    return is_well_formed(self.original, enum_value("System.UriKind", "RelativeOrAbsolute"))


@URI.method("static int FromHex(char digit)")
def from_hex(digit: Char) -> int:
    found = "0123456789abcdef".find(digit.lower())
    if found < 0:
        raise faults.argument("Value does not fall within the expected range.", "digit")
    return found


@URI.method("static bool IsHexEncoding(string pattern, int index)")
def is_hex_encoding(text: str | None, index: int) -> bool:
    if text is None:
        raise faults.null_reference()
    return len(text) - index >= 3 and re.match("%[0-9A-Fa-f]{2}", text[max(index, 0) :]) is not None


@URI.method("static char HexUnescape(string pattern, ref int index)")
def hex_unescape(text: str | None, index: int) -> tuple[Char, int]:
    if text is None:
        raise faults.null_reference()
    if not 0 <= index < len(text):
        raise faults.not_valid("index")
    if is_hex_encoding(text, index):
        return Char(chr(int(text[index + 1 : index + 3], 16))), index + 3
    return Char(text[index]), index + 1
