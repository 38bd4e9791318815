"""``System.Version``, which the gateway refuses."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.numbers import number_parse
from certgate.csharp.dotnet.numbers.number_parse import TooLarge
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.system.hash_codes import Hashed, to_int
from certgate.csharp.dotnet.text.ordering import Comparable
from certgate.csharp.types import define
from certgate.csharp.values import Short

VERSION = define(
    "System.Version",
    bases=(
        "System.ICloneable",
        "System.IComparable",
        "System.IComparable<System.Version>",
        "System.IEquatable<System.Version>",
        "System.IFormattable",
    ),
    known="Build Clone CompareTo Equals GetHashCode GetType Major MajorRevision Minor MinorRevision Parse "
    "ReferenceEquals Revision ToString TryFormat TryParse",
)


class VersionValue(Comparable, Hashed):
    """`parts` are major, minor, build and revision; the last two are -1 where they are not given."""

    __slots__ = ("parts",)

    net_type = VERSION.type

    def __init__(self, *parts: int) -> None:
        self.parts = (*parts, *(-1,) * (4 - len(parts)))

    def count(self) -> int:
        return sum(part >= 0 for part in self.parts)

    def to_text(self) -> str:
        return ".".join(str(part) for part in self.parts if part >= 0)

    def net_equals(self, other: object) -> bool:
        return isinstance(other, VersionValue) and other.parts == self.parts

    def key(self) -> Any:
        return (VersionValue, self.parts)

    def compare(self, other: Any) -> int:
        return bool(self.parts > other.parts) - bool(self.parts < other.parts)

    def hash_code(self) -> int:
        major, minor, build, revision = self.parts
        return to_int((major & 0xF) << 28 | (minor & 0xFF) << 20 | (build & 0xFF) << 12 | (revision & 0xFFF))


def _make(*parts: int) -> VersionValue:
    for part, name in zip(parts, ("major", "minor", "build", "revision"), strict=False):
        if part < 0:
            raise faults.negative(name, part)
    return VersionValue(*parts)


VERSION.constructor("Version()")(lambda: VersionValue(0, 0))
VERSION.constructor("Version(int major, int minor)")(_make)
VERSION.constructor("Version(int major, int minor, int build)")(_make)
VERSION.constructor("Version(int major, int minor, int build, int revision)")(_make)


@VERSION.constructor("Version(string version)")
@VERSION.method("static System.Version Parse(string input)")
def parse(text: str | None) -> VersionValue:
    if text is None:
        raise faults.argument_null("input")
    parts = text.split(".")
    if not 2 <= len(parts) <= 4:
        raise faults.argument("Version string portion was too short or too long.", "input")
    names = ("input", "input", "build", "revision")
    return VersionValue(*(_component(part, name, text) for part, name in zip(parts, names, strict=False)))


def _component(part: str, name: str, text: str) -> int:
    """FormatException, OverflowException, ArgumentOutOfRangeException."""
    try:
        number = number_parse.parse_integer(part, number_parse.INTEGER, 32, True)
    except TooLarge:
        raise faults.overflow("Value was either too large or too small for an Int32.") from None
    if number is None:
        raise faults.bad_input(text)
    if number < 0:
        raise faults.negative(name, number)
    return int(number)


@VERSION.method("static bool TryParse(string input, out System.Version result)")
def try_parse(text: str | None) -> tuple[bool, Any]:
    from certgate.csharp.runtime import ThrownException

    try:
        return True, parse(text)
    except ThrownException:
        return False, None


for _index, _name in enumerate(("Major", "Minor", "Build", "Revision")):
    VERSION.property(f"int {_name}")(lambda self, index=_index: self.parts[index])
VERSION.property("short MajorRevision")(lambda self: Short(self.parts[3] >> 16))


@VERSION.property("short MinorRevision")
def get_minor_revision(self: VersionValue) -> Short:
    return Short(((self.parts[3] & 0xFFFF) ^ 0x8000) - 0x8000)


@VERSION.method("string ToString()")
def to_string(self: VersionValue) -> str:
    return self.to_text()


@VERSION.method("string ToString(int fieldCount)")
def to_string_fields(self: VersionValue, count: int) -> str:
    most = self.count() if count <= 4 and count >= 0 else 4
    if not 0 <= count <= most:
        raise faults.argument(f"Argument must be between 0 and {most}.", "fieldCount")
    return ".".join(str(part) for part in self.parts[:count])


@VERSION.method("object Clone()")
def clone(self: VersionValue) -> VersionValue:
    return VersionValue(*self.parts)


@VERSION.method("int CompareTo(System.Version value)")
def compare_to(self: VersionValue, other: VersionValue | None) -> int:
    return 1 if other is None else self.compare(other)


@VERSION.method("int CompareTo(object version)")
def compare_to_object(self: VersionValue, other: Any) -> int:
    if other is not None and not isinstance(other, VersionValue):
        raise faults.argument("Object must be of type Version.", "version")
    return compare_to(self, other)


@VERSION.method("bool Equals(System.Version obj)")
@VERSION.method("bool Equals(object obj)")
def equals(self: VersionValue, other: Any) -> bool:
    return self.net_equals(other)


@VERSION.method("int GetHashCode()")
def get_hash_code(self: VersionValue) -> int:
    return self.hash_code()


def _order(left: VersionValue | None, right: VersionValue | None) -> int:
    """Null comes first."""
    if left is None or right is None:
        return (left is not None) - (right is not None)
    return left.compare(right)


for _sign, _test in (
    ("==", lambda order: order == 0),
    ("!=", lambda order: order != 0),
    ("<", lambda order: order < 0),
    ("<=", lambda order: order <= 0),
    (">", lambda order: order > 0),
    (">=", lambda order: order >= 0),
):
    VERSION.operator(f"bool operator {_sign}(System.Version v1, System.Version v2)")(
        lambda left, right, test=_test: test(_order(left, right))
    )
