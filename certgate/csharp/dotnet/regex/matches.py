"""Members of Match, Group and Capture, and of their collections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue
from certgate.csharp.dotnet.regex.types import CAPTURE, CAPTURES, GROUP, GROUPS, MATCH, MATCHES
from certgate.csharp.dotnet.regex.values import (
    Captured,
    CaptureValue,
    Groups,
    GroupValue,
    Listing,
    MatchValue,
    compile_pattern,
)
from certgate.csharp.dotnet.system import faults

if TYPE_CHECKING:
    from certgate.csharp.values import NetArray

# Captures, groups, matches


@CAPTURE.property("int Index")
def index(self: CaptureValue) -> int:
    return self.start


@CAPTURE.property("int Length")
def length(self: CaptureValue) -> int:
    return self.end - self.start


@CAPTURE.property("string Value")
def value(self: CaptureValue) -> str:
    return self.value


@CAPTURE.method("string ToString()")
def capture_to_string(self: CaptureValue) -> str:
    return self.value


@GROUP.property("bool Success")
def success(self: GroupValue) -> bool:
    return self.success


@GROUP.property("string Name")
def name_of(self: GroupValue) -> str:
    return self.name


@GROUP.property("CaptureCollection Captures")
def captures(self: GroupValue) -> Captured:
    return Captured(self.captures())


@MATCH.property("GroupCollection Groups")
def groups(self: MatchValue) -> Groups:
    return Groups(self.groups(), self)


@MATCH.property("static Match Empty")
def empty() -> MatchValue:
    return MatchValue(compile_pattern(""), "", None, 0, 0)


@MATCH.method("Match NextMatch()")
def next_match(self: MatchValue) -> MatchValue:
    return self.next()


@MATCH.method("string Result(string replacement)")
def result(self: MatchValue, replacement: str | None) -> str:
    if replacement is None:
        raise faults.argument_null("replacement")
    if not self.success:
        raise faults.not_supported("Result cannot be called on a failed Match.")
    return self.expand(replacement)


# Collections


def _count(self: Listing) -> int:
    return len(self.items)


def _at(self: Listing, place: int) -> Any:
    if not 0 <= place < len(self.items):
        raise faults.not_valid("i")
    return self.items[place]


def _enumerate(self: Listing) -> EnumeratorValue:
    return EnumeratorValue(self, types.named("System.Collections.IEnumerator"))


def _copy(self: Listing, target: NetArray | None, index: int) -> None:
    if target is None:
        raise faults.argument_null("array")
    if not 0 <= index <= len(target):
        raise faults.not_valid("arrayIndex")
    if len(target) - index < len(self.items):
        raise faults.argument(
            "Destination array was not long enough. Check the destination index, length, and the array's lower bounds.",
            "destinationArray",
        )
    for place, item in enumerate(self.items, index):
        target.put(place, item)


for _definition, _item in ((GROUPS, "Group"), (CAPTURES, "Capture"), (MATCHES, "Match")):
    _definition.property("int Count")(_count)
    _definition.property("bool IsReadOnly")(lambda self: True)
    _definition.property("bool IsSynchronized")(lambda self: False)
    _definition.property("object SyncRoot")(lambda self: self)
    _definition.method(f"void CopyTo({_item}[] array, int arrayIndex)")(_copy)
    _definition.signatures("void CopyTo(System.Array array, int arrayIndex)")
    # The one without a type argument: `foreach (var m in matches)` gives objects.
    _definition.method("System.Collections.IEnumerator GetEnumerator()")(_enumerate)
CAPTURES.indexer("Capture this[int i]")(_at)


@MATCHES.indexer("Match this[int i]")
def match_at(self: Listing, place: int) -> Any:
    if place < 0:
        raise faults.negative("i", place)
    return _at(self, place)


@GROUPS.indexer("Group this[int groupnum]")
def group_at(self: Groups, number: int) -> GroupValue:
    return _match_of(self).group(number)


@GROUPS.indexer("Group this[string groupname]")
def group_by_name(self: Groups, name: str | None) -> GroupValue:
    if name is None:
        raise faults.argument_null("groupname")
    found = _match_of(self)
    return found.group(found.regex.number_of(name))


@GROUPS.method("bool ContainsKey(string key)")
def contains_key(self: Groups, key: str | None) -> bool:
    if key is None:
        raise faults.argument_null("name")
    return self.contains_key(key)


@GROUPS.method("bool TryGetValue(string key, out Group value)")
def try_get_value(self: Groups, key: str | None) -> tuple[bool, Any]:
    if key is None:
        raise faults.argument_null("name")
    return self.try_get(key)


GROUPS.property("System.Collections.Generic.IEnumerable<string> Keys")(Groups.keys)
GROUPS.property("System.Collections.Generic.IEnumerable<Group> Values")(Groups.values)


def _match_of(self: Groups) -> MatchValue:
    if self.match is None:
        raise TypeError("groups without their match")
    return self.match
