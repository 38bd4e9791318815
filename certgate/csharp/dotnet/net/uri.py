"""``System.Uri``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.net import uri_text, url_text
from certgate.csharp.dotnet.net.uri_text import BadUri, Parts
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import ThrownException, UnsupportedReached, charge_size, charge_steps
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import EnumValue, NetArray, NetObject, array, enum_value

if TYPE_CHECKING:
    from collections.abc import Callable

URI = define(
    "System.Uri",
    allowed=True,
    known="AbsolutePath AbsoluteUri Authority CheckHostName CheckSchemeName Compare DnsSafeHost "
    "Equals EscapeDataString "
    "EscapeUriString Fragment FromHex GetComponents GetHashCode GetLeftPart GetType HexEscape "
    "HexUnescape Host HostNameType "
    "IdnHost IsAbsoluteUri IsBaseOf IsDefaultPort IsFile IsHexDigit IsHexEncoding IsLoopback IsUnc "
    "IsWellFormedOriginalString "
    "IsWellFormedUriString LocalPath MakeRelative MakeRelativeUri OriginalString PathAndQuery Port "
    "Query ReferenceEquals Scheme "
    "SchemeDelimiter Segments ToString TryCreate TryEscapeDataString TryFormat TryUnescapeDataString "
    "UnescapeDataString "
    "UriSchemeFile UriSchemeFtp UriSchemeHttp UriSchemeHttps UriSchemeMailto UserEscaped UserInfo",
)
KIND = define_enum("System.UriKind", {"RelativeOrAbsolute": 0, "Absolute": 1, "Relative": 2})
PARTIAL = define_enum("System.UriPartial", {"Scheme": 0, "Authority": 1, "Path": 2, "Query": 3}, allowed=True)
HOST_TYPE = define_enum("System.UriHostNameType", {"Unknown": 0, "Basic": 1, "Dns": 2, "IPv4": 3, "IPv6": 4})

_ANY, ABSOLUTE, _RELATIVE = 0, 1, 2


class UriValue(NetObject):
    """`parts` is None for a relative one."""

    __slots__ = ("original", "parts")

    net_type = URI.type

    def __init__(self, original: str, parts: Parts | None) -> None:
        self.original = original
        self.parts = parts

    def absolute(self) -> Parts:
        if self.parts is None:
            raise faults.invalid_operation("This operation is not supported for a relative URI.")
        return self.parts

    def to_text(self) -> str:
        return self.original if self.parts is None else uri_text.readable(self.parts)

    def net_equals(self, other: object) -> bool:
        return isinstance(other, UriValue) and self.key() == other.key()

    def key(self) -> Any:
        """Fragment and user count for nothing."""
        if self.parts is None:
            return (UriValue, self.original)
        parts = self.parts
        return (UriValue, parts.scheme, parts.host, parts.port, parts.path, parts.query)


def create(text: str | None, kind: int) -> UriValue:
    """ArgumentNullException, UriFormatException."""
    if text is None:
        raise faults.argument_null("uriString")
    charge_size(len(text))
    charge_steps(len(text))
    if kind == _RELATIVE or (kind == _ANY and not uri_text.is_absolute(text)):
        if kind == _RELATIVE and uri_text.is_absolute(text) and not text.strip().startswith("/"):
            raise _format_error(
                "A relative URI cannot be created because the 'uriString' parameter represents an absolute URI."
            )
        return UriValue(text, None)
    try:
        return UriValue(text, uri_text.parse(text))
    except BadUri as error:
        raise _format_error(str(error)) from None


def _format_error(message: str) -> Exception:
    return faults.thrown("System.UriFormatException", message)


@URI.constructor("Uri(string uriString)")
def make(text: str | None) -> UriValue:
    return create(text, ABSOLUTE)


@URI.constructor("Uri(string uriString, UriKind uriKind)")
def make_kind(text: str | None, kind: EnumValue) -> UriValue:
    return create(text, kind.value)


@URI.constructor("Uri(System.Uri baseUri, string relativeUri)")
def make_combined(base: UriValue | None, relative: str | None) -> UriValue:
    if base is None:
        raise faults.argument_null("baseUri")
    if base.parts is None:
        raise faults.out_of_range("This operation is not supported for a relative URI.", "baseUri")
    try:
        parts = uri_text.combine(base.parts, relative or "")
    except BadUri as error:
        raise _format_error(str(error)) from None
    return UriValue(uri_text.spell(parts), parts)


@URI.constructor("Uri(System.Uri baseUri, System.Uri relativeUri)")
def make_combined_uri(base: UriValue | None, relative: UriValue | None) -> UriValue:
    if relative is None:
        raise faults.argument_null("relativeUri")
    return make_combined(base, relative.original)


def _try(make_one: Callable[[], UriValue]) -> tuple[bool, UriValue | None]:
    try:
        return True, make_one()
    except ThrownException:
        return False, None


@URI.method("static bool TryCreate(string uriString, UriKind uriKind, out System.Uri result)")
def try_create(text: str | None, kind: EnumValue) -> tuple[bool, UriValue | None]:
    return _try(lambda: create(text, kind.value))


@URI.method("static bool TryCreate(System.Uri baseUri, string relativeUri, out System.Uri result)")
def try_create_combined(base: UriValue | None, relative: str | None) -> tuple[bool, UriValue | None]:
    return (False, None) if base is None or base.parts is None else _try(lambda: make_combined(base, relative))


def _plain_path(parts: Parts) -> str:
    """UnsupportedReached for a path with a drive, which .NET spells in a way of its own."""
    if parts.scheme == "file" and re.match("/[A-Za-z][:|]", parts.path):
        raise UnsupportedReached("the path of a file URI with a drive is not simulated")
    return parts.path


_TEXTS: dict[str, Callable[[Parts], str]] = {
    "AbsoluteUri": uri_text.spell,
    "AbsolutePath": _plain_path,
    "Authority": lambda parts: parts.authority,
    "Fragment": lambda parts: parts.fragment,
    "Host": lambda parts: parts.host,
    "DnsSafeHost": lambda parts: parts.host.strip("[]"),
    "LocalPath": lambda parts: url_text.percent_decode(_plain_path(parts)),
    "PathAndQuery": lambda parts: parts.path + parts.query,
    "Query": lambda parts: parts.query,
    "Scheme": lambda parts: parts.scheme,
    "UserInfo": lambda parts: parts.user,
}


def _declare_text(name: str, get: Callable[[Parts], str]) -> None:
    URI.property(f"string {name}")(lambda self: get(self.absolute()))


def _declare_scheme(name: str) -> None:
    URI.field(f"static readonly string UriScheme{name}")(name.lower)


for _name, _get in _TEXTS.items():
    _declare_text(_name, _get)
for _scheme in ("File", "Ftp", "Http", "Https", "Mailto"):
    _declare_scheme(_scheme)
URI.field("static readonly string SchemeDelimiter")(lambda: "://")


@URI.property("string OriginalString")
def get_original(self: UriValue) -> str:
    return self.original


@URI.property("bool IsAbsoluteUri")
def get_is_absolute(self: UriValue) -> bool:
    return self.parts is not None


@URI.property("bool UserEscaped")
def get_user_escaped(self: UriValue) -> bool:
    return self.original is None


@URI.property("int Port")
def get_port(self: UriValue) -> int:
    return self.absolute().port


@URI.property("bool IsDefaultPort")
def get_is_default_port(self: UriValue) -> bool:
    return self.absolute().default_port


@URI.property("bool IsFile")
def get_is_file(self: UriValue) -> bool:
    return self.absolute().scheme == "file"


@URI.property("bool IsUnc")
def get_is_unc(self: UriValue) -> bool:
    parts = self.absolute()
    return parts.scheme == "file" and bool(parts.host)


@URI.property("bool IsLoopback")
def get_is_loopback(self: UriValue) -> bool:
    host = self.absolute().host
    return host in ("localhost", "loopback", "[::1]") or (
        host.startswith("127.") and uri_text.host_kind(host) == "IPv4"
    )


@URI.property("UriHostNameType HostNameType")
def get_host_name_type(self: UriValue) -> EnumValue:
    host = self.absolute().host
    return enum_value(
        HOST_TYPE, uri_text.host_kind(host) if host else "Basic" if self.absolute().scheme == "file" else "Unknown"
    )


@URI.property("string IdnHost")
def get_idn_host(self: UriValue) -> str:
    host = self.absolute().host.strip("[]")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        raise UnsupportedReached("this international host name is not simulated") from None


@URI.property("string[] Segments")
def get_segments(self: UriValue) -> NetArray:
    return array(types.STRING, re.findall(r"[^/]*/|[^/]+", self.absolute().path))


@URI.method("string GetLeftPart(UriPartial part)")
def get_left_part(self: UriValue, part: EnumValue) -> str:
    parts = self.absolute()
    if parts.opaque:
        return f"{parts.scheme}:" if part.value == 0 else "" if part.value == 1 else parts.root + parts.path
    match part.value:
        case 0:
            return f"{parts.scheme}://"
        case 1:
            return parts.root
        case 2:
            return parts.root + parts.path
        case 3:
            return parts.root + parts.path + parts.query
    raise faults.argument(f"Value of flags is invalid: {part.value}.", "part")


@URI.method("string ToString()")
def to_string(self: UriValue) -> str:
    return self.to_text()


@URI.method("bool Equals(object comparand)")
@URI.method("bool Equals(System.Uri other)")
def equals(self: UriValue, other: Any) -> bool:
    return self.net_equals(other)


@URI.operator("bool operator ==(System.Uri uri1, System.Uri uri2)")
def equal(left: UriValue | None, right: UriValue | None) -> bool:
    return right is None if left is None else left.net_equals(right)


@URI.operator("bool operator !=(System.Uri uri1, System.Uri uri2)")
def not_equal(left: UriValue | None, right: UriValue | None) -> bool:
    return not equal(left, right)


@URI.method("static string EscapeDataString(string stringToEscape)")
def escape_data(text: str | None) -> str:
    if text is None:
        raise faults.argument_null("stringToEscape")
    charge_size(3 * len(text))
    return url_text.percent_encode(text)


@URI.method("static string UnescapeDataString(string stringToUnescape)")
def unescape_data(text: str | None) -> str:
    if text is None:
        raise faults.argument_null("stringToUnescape")
    charge_size(len(text))
    return url_text.percent_decode(text)


_URI_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~:/?#[]@!$&'()*+,;=")


@URI.method("static string EscapeUriString(string stringToEscape)")
def escape_uri(text: str | None) -> str:
    if text is None:
        raise faults.argument_null("stringToEscape")
    parts = re.split(r"(%[0-9A-Fa-f]{2})", text)
    return "".join(part if index % 2 else url_text.percent_encode(part, _URI_SAFE) for index, part in enumerate(parts))


@URI.method("static string HexEscape(char character)")
def hex_escape(char: str) -> str:
    if char > "\xff":
        raise faults.not_valid("character")
    return f"%{ord(char):02X}"


@URI.method("static bool IsHexDigit(char character)")
def is_hex_digit(char: str) -> bool:
    return char in "0123456789abcdefABCDEF"


@URI.method("static UriHostNameType CheckHostName(string name)")
def check_host_name(name: str | None) -> EnumValue:
    return enum_value(HOST_TYPE, uri_text.host_kind(name) if name else "Unknown")


@URI.method("static bool CheckSchemeName(string schemeName)")
def check_scheme_name(name: str | None) -> bool:
    return bool(name) and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", name or "") is not None


@URI.method("static bool IsWellFormedUriString(string uriString, UriKind uriKind)")
def is_well_formed(text: str | None, kind: EnumValue) -> bool:
    """Whether the text can be read and every character that must be escaped is."""
    found = try_create(text, kind)[1]
    if found is None or text is None:
        return False
    return re.fullmatch(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*", text) is not None


URI.signatures("int GetHashCode()")
