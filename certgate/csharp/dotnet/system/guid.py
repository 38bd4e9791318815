"""``System.Guid``."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.system.hash_codes import Hashed, to_int
from certgate.csharp.dotnet.text.composite import Formattable, format_value
from certgate.csharp.dotnet.text.ordering import Comparable
from certgate.csharp.runtime import ThrownException
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray, text_of

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation

GUID = define(
    "System.Guid",
    kind="struct",
    bases=("System.ValueType", "IComparable", "IFormattable", "IComparable<Guid>", "IEquatable<Guid>"),
    allowed=True,
    known="AllBitsSet CompareTo CreateVersion7 Empty Equals GetHashCode GetType NewGuid Parse "
    "ParseExact ReferenceEquals "
    "ToByteArray ToString TryFormat TryParse TryParseExact TryWriteBytes Variant Version",
    default=lambda _: GuidValue(bytes(16)),
)

_DASHED = re.compile(r"([0-9A-Fa-f]{8})-([0-9A-Fa-f]{4})-([0-9A-Fa-f]{4})-([0-9A-Fa-f]{4})-([0-9A-Fa-f]{12})")
_ARRAY = re.compile(
    r"\{0x([0-9A-Fa-f]{1,8}),0x([0-9A-Fa-f]{1,4}),0x([0-9A-Fa-f]{1,4}),\{"
    + ",".join([r"0x([0-9A-Fa-f]{1,2})"] * 8)
    + r"\}\}"
)


_FORMATS = 'Format string can be only "D", "d", "N", "n", "P", "p", "B", "b", "X" or "x".'
_LENGTH = "Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx)."
_DASHES = "Dashes are in the wrong position for GUID parsing."
_DIGITS = "Guid string should only contain hexadecimal characters."


class GuidValue(Comparable, Formattable, Hashed):
    """`data`: sixteen bytes in the order in which the digits are written."""

    __slots__ = ("data",)

    net_type = GUID.type

    def __init__(self, data: bytes) -> None:
        self.data = data

    def to_text(self) -> str:
        return self.format("D")

    def format(self, spec: str) -> str:
        digits = self.data.hex()
        dashed = f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
        match spec.upper():
            case "D":
                return dashed
            case "N":
                return digits
            case "B":
                return f"{{{dashed}}}"
            case "P":
                return f"({dashed})"
            case "X":
                rest = ",".join(f"0x{byte:02x}" for byte in self.data[8:])
                return f"{{0x{digits[:8]},0x{digits[8:12]},0x{digits[12:16]},{{{rest}}}}}"
        raise faults.format_error(_FORMATS)

    def net_equals(self, other: object) -> bool:
        return isinstance(other, GuidValue) and self.data == other.data

    def key(self) -> Any:
        return (GuidValue, self.data)

    def hash_code(self) -> int:
        first, second, third, fourth = struct.unpack("<4I", bytes(to_byte_array(self)))
        return to_int(first ^ second ^ third ^ fourth)

    def compare(self, other: Any) -> int:
        """By the digits as written: the first parts are numbers, the rest bytes, all unsigned."""
        return bool(self.data > other.data) - bool(self.data < other.data)


def parse_guid(text: str, spec: str | None = None) -> GuidValue:
    """Any of the five formats, or that of `spec`. FormatException."""
    body = text.strip()
    for letter, digits in _readings(body):
        if spec is None or letter == spec:
            return GuidValue(bytes.fromhex(digits))
    raise _why(body) if spec in (None, "X") else _why_not(body, spec)


def _why_not(body: str, spec: str) -> ThrownException:
    """The message where one format was asked for."""
    if spec in "BP":
        around = {"B": "{}", "P": "()"}[spec]
        body = body[1:-1] if body[:1] + body[-1:] == around else ""
    if len(body) != (32 if spec == "N" else 36):
        return faults.format_error(_LENGTH)
    if spec != "N" and [body[at] for at in (8, 13, 18, 23)] != ["-"] * 4:
        return faults.format_error(_DASHES)
    return faults.format_error(_DIGITS)


def _readings(body: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    inner = body[1:-1]
    for letter, text in (
        ("D", body),
        ("B", inner if body[:1] + body[-1:] == "{}" else ""),
        ("P", inner if body[:1] + body[-1:] == "()" else ""),
    ):
        if match := _DASHED.fullmatch(text):
            found.append((letter, "".join(match.groups())))
    if re.fullmatch(r"[0-9A-Fa-f]{32}", body):
        found.append(("N", body))
    if match := _ARRAY.fullmatch("".join(body.split())):
        widths = (8, 4, 4, *[2] * 8)
        found.append(("X", "".join(part.rjust(width, "0") for part, width in zip(match.groups(), widths, strict=True))))
    return found


def _why(body: str) -> ThrownException:
    """The message says how far the text looked like a Guid."""
    inner = body[1:-1] if body[:1] in ("{", "(") else body
    if len(inner) == 36:
        if [inner[at] for at in (8, 13, 18, 23)] != ["-"] * 4:
            return faults.format_error(_DASHES)
        return faults.format_error(_DIGITS)
    if len(body) == 32 and "-" not in body:
        return faults.format_error(_DIGITS)
    if "-" in body:
        return faults.format_error(_LENGTH)
    return faults.format_error("Unrecognized Guid format.")


def _from_fields(a: int, b: int, c: int, rest: bytes) -> GuidValue:
    head = (a & 0xFFFFFFFF).to_bytes(4, "big") + (b & 0xFFFF).to_bytes(2, "big") + (c & 0xFFFF).to_bytes(2, "big")
    return GuidValue(head + rest)


@GUID.field("static readonly Guid Empty")
def empty() -> GuidValue:
    return GuidValue(bytes(16))


@GUID.constructor("Guid()")
def make_empty() -> GuidValue:
    return GuidValue(bytes(16))


@GUID.constructor("Guid(string g)")
def make_text(text: str | None) -> GuidValue:
    if text is None:
        raise faults.argument_null("g")
    return parse_guid(text)


@GUID.constructor("Guid(byte[] b)")
def make_bytes(data: ByteArray | None) -> GuidValue:
    if data is None:
        raise faults.argument_null("b")
    if len(data) != 16:
        raise faults.argument("Byte array for Guid must be exactly 16 bytes long.", "b")
    raw = bytes(data)
    return GuidValue(raw[3::-1] + raw[5:3:-1] + raw[7:5:-1] + raw[8:])


@GUID.constructor("Guid(int a, short b, short c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k)")
def make_parts(a: int, b: int, c: int, *rest: int) -> GuidValue:
    return _from_fields(a, b, c, bytes(rest))


@GUID.constructor("Guid(int a, short b, short c, byte[] d)")
def make_fields(a: int, b: int, c: int, d: ByteArray | None) -> GuidValue:
    if d is None:
        raise faults.argument_null("d")
    if len(d) != 8:
        raise faults.argument("Byte array for Guid must be exactly 8 bytes long.", "d")
    return _from_fields(a, b, c, bytes(d))


@GUID.method("static Guid NewGuid()", ambient=True)
def new_guid(run: Evaluation) -> GuidValue:
    """Version 4 of RFC 9562: random but for six bits."""
    from certgate.csharp.dotnet.crypto.entropy import draw

    data = bytearray(draw(run, 16))
    data[6] = data[6] & 0x0F | 0x40
    data[8] = data[8] & 0x3F | 0x80
    return GuidValue(bytes(data))


@GUID.method("static Guid CreateVersion7()", ambient=True)
def create_version_7(run: Evaluation) -> GuidValue:
    """The moment in milliseconds, then random bits."""
    data = bytearray(new_guid(run).data)
    data[:6] = (int(run.now.timestamp() * 1000)).to_bytes(6, "big")
    data[6] = data[6] & 0x0F | 0x70
    return GuidValue(bytes(data))


@GUID.method("static Guid Parse(string input)")
def parse(text: str | None) -> GuidValue:
    if text is None:
        raise faults.argument_null("input")
    return parse_guid(text)


@GUID.method("static bool TryParse(string input, out Guid result)")
def try_parse(text: str | None) -> tuple[bool, GuidValue]:
    try:
        return (False, make_empty()) if text is None else (True, parse_guid(text))
    except ThrownException:
        return False, make_empty()


@GUID.method("static Guid ParseExact(string input, string format)")
def parse_exact(text: str | None, spec: str | None) -> GuidValue:
    if text is None or spec is None:
        raise faults.argument_null("input" if text is None else "format")
    return parse_guid(text, _specifier(spec))


@GUID.method("static bool TryParseExact(string input, string format, out Guid result)")
def try_parse_exact(text: str | None, spec: str | None) -> tuple[bool, GuidValue]:
    try:
        return (False, make_empty()) if text is None or spec is None else (True, parse_exact(text, spec))
    except ThrownException:
        return False, make_empty()


def _specifier(spec: str) -> str:
    """The letter of a format, in upper case. FormatException."""
    if len(spec) != 1 or spec not in "DdNnBbPpXx":
        raise faults.format_error(_FORMATS)
    return spec.upper()


@GUID.property("int Version")
def get_version(self: GuidValue) -> int:
    return self.data[6] >> 4


@GUID.property("int Variant")
def get_variant(self: GuidValue) -> int:
    return self.data[8] >> 4


@GUID.property("static Guid AllBitsSet")
def all_bits_set() -> GuidValue:
    return GuidValue(b"\xff" * 16)


@GUID.constructor("Guid(System.ReadOnlySpan<byte> b, bool bigEndian)")
def make_big_endian(data: ByteArray | None, big: bool) -> GuidValue:
    if data is None or len(data) != 16:
        raise faults.argument("Byte array for Guid must be exactly 16 bytes long.", "b")
    return GuidValue(bytes(data)) if big else make_bytes(data)


@GUID.method("byte[] ToByteArray(bool bigEndian)")
def to_byte_array_in_order(self: GuidValue, big: bool) -> ByteArray:
    return ByteArray(self.data) if big else to_byte_array(self)


for _sign, _holds in (
    ("<", lambda order: order < 0),
    ("<=", lambda order: order <= 0),
    (">", lambda order: order > 0),
    (">=", lambda order: order >= 0),
):
    GUID.operator(f"bool operator {_sign}(Guid left, Guid right)")(
        lambda left, right, holds=_holds: holds(left.compare(right))
    )


@GUID.method("byte[] ToByteArray()")
def to_byte_array(self: GuidValue) -> ByteArray:
    raw = self.data
    return ByteArray(raw[3::-1] + raw[5:3:-1] + raw[7:5:-1] + raw[8:])


@GUID.method("string ToString()")
def to_string(self: GuidValue) -> str:
    return text_of(self)


@GUID.method("string ToString(string format)")
def to_string_format(self: GuidValue, spec: str | None) -> str:
    return format_value(self, spec)


@GUID.operator("bool operator ==(Guid a, Guid b)")
@GUID.method("bool Equals(Guid g)")
def equal(left: GuidValue, right: GuidValue) -> bool:
    return left.data == right.data


@GUID.method("bool Equals(object o)")
def equals_object(self: GuidValue, other: Any) -> bool:
    return self.net_equals(other)


@GUID.operator("bool operator !=(Guid a, Guid b)")
def not_equal(left: GuidValue, right: GuidValue) -> bool:
    return left.data != right.data


@GUID.method("int CompareTo(Guid value)")
def compare_to(left: GuidValue, right: GuidValue) -> int:
    return left.compare(right)


@GUID.method("int GetHashCode()")
def get_hash_code(self: GuidValue) -> int:
    return self.hash_code()


GUID.signatures("static Guid Parse(ReadOnlySpan<byte> utf8Text)")
