"""Members of ``System.String`` that hand out its characters, and line endings. Also ``System.CharEnumerator``."""

from __future__ import annotations

import re

from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.string_type import STRING
from certgate.csharp.runtime import charge_size
from certgate.csharp.types import define
from certgate.csharp.values import Char, NetArray

ENUMERATOR = define(
    "System.CharEnumerator",
    bases=("System.Collections.Generic.IEnumerator<char>", "ICloneable"),
    known="Clone Current Dispose Equals GetHashCode GetType MoveNext ReferenceEquals Reset ToString",
)
_LINE_END = re.compile("\r\n|[\r\n\f\x85\u2028\u2029]")


@STRING.method("CharEnumerator GetEnumerator()")
def get_enumerator(self: str) -> EnumeratorValue:
    return EnumeratorValue(self, ENUMERATOR.type)


@ENUMERATOR.property("char Current")
def current(self: EnumeratorValue) -> Char:
    found: Char = self.untyped_current()
    return found


ENUMERATOR.method("bool MoveNext()")(EnumeratorValue.move_next)
ENUMERATOR.method("void Reset()")(EnumeratorValue.reset)
ENUMERATOR.method("void Dispose()")(lambda self: None)


@STRING.method("void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)")
def copy_to(self: str, start: int, target: NetArray | None, at: int, count: int) -> None:
    if target is None:
        raise faults.argument_null("destination")
    for value, name in ((count, "count"), (start, "sourceIndex")):
        if value < 0:
            raise faults.negative(name, value)
    if count > len(self) - start:
        raise faults.too_large("sourceIndex", count, len(self) - start)
    if at > len(target) - count:
        raise faults.too_large("destinationIndex", at, len(target) - count)
    if at < 0:
        raise faults.negative("destinationIndex", at)
    target.items[at : at + count] = [Char(char) for char in self[start : start + count]]


@STRING.method("string ReplaceLineEndings()")
def replace_line_endings(self: str) -> str:
    return replace_line_endings_by(self, "\n")


@STRING.method("string ReplaceLineEndings(string replacementText)")
def replace_line_endings_by(self: str, replacement: str | None) -> str:
    if replacement is None:
        raise faults.argument_null("replacementText")
    made = _LINE_END.sub(lambda _: replacement, self)
    charge_size(len(made))
    return made
