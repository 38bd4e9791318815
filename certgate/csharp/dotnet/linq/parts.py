"""LINQ methods that give a part of a sequence: from one end, or as long as something holds."""

from __future__ import annotations

from itertools import dropwhile, islice, takewhile
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.linq.iterators import is_empty_array, made_by, none, part_of
from certgate.csharp.dotnet.linq.lists import RangeSequence, SelectedList
from certgate.csharp.dotnet.linq.type import ENUMERABLE, SEQ, Types, function, lazy, source_of, walk
from certgate.csharp.values import NetArray, iterate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SOURCE = f"this {SEQ}<TSource> source"


def _length(items: Any) -> int | None:
    """The length where .NET looks at it at once."""
    if isinstance(items, SelectedList) and not isinstance(items.source, (NetArray, RangeSequence)):
        return None
    if isinstance(items, SelectedList):
        return items.count()
    return len(items) if isinstance(items, RangeSequence) else None


def _unless_empty(kinds: Types, items: Any, start: Callable[[], Iterator[Any]]) -> Any:
    return none(kinds[0]) if is_empty_array(items) else lazy(kinds[0], start)


@ENUMERABLE.method(f"static {SEQ}<TSource> Skip<TSource>({_SOURCE}, int count)", generic=True)
def skip(kinds: Types, source: Any, count: int) -> Any:
    items = source_of(source)
    length = _length(items)
    if is_empty_array(items) or (length is not None and count >= max(length, 1)):
        return none(kinds[0])
    if count <= 0 and made_by(items):
        return items
    count = max(count, 0)
    if isinstance(items, (SelectedList, RangeSequence)):
        return part_of(items.part(count, None), items)
    return part_of(lazy(kinds[0], lambda: islice(walk(items), count, None)), items)


@ENUMERABLE.method(f"static {SEQ}<TSource> Take<TSource>({_SOURCE}, int count)", generic=True)
def take(kinds: Types, source: Any, count: int) -> Any:
    items = source_of(source)
    if count <= 0 or is_empty_array(items):
        return none(kinds[0])
    length = _length(items)
    if length is not None and count >= length:
        return items
    if isinstance(items, (SelectedList, RangeSequence)):
        return part_of(items.part(0, count), items)
    return part_of(lazy(kinds[0], lambda: islice(walk(items), count)), items)


@ENUMERABLE.method(f"static {SEQ}<TSource> SkipLast<TSource>({_SOURCE}, int count)", generic=True)
def skip_last(kinds: Types, source: Any, count: int) -> Any:
    items = source_of(source)
    if count <= 0:
        return skip(kinds, items, 0)
    return _unless_empty(kinds, items, lambda: iter(list(walk(items))[:-count]))


@ENUMERABLE.method(f"static {SEQ}<TSource> TakeLast<TSource>({_SOURCE}, int count)", generic=True)
def take_last(kinds: Types, source: Any, count: int) -> Any:
    items = source_of(source)
    if count <= 0:
        return none(kinds[0])
    return _unless_empty(kinds, items, lambda: iter(list(walk(items))[-count:]))


@ENUMERABLE.method(f"static {SEQ}<TSource> SkipWhile<TSource>({_SOURCE}, Func<TSource, bool> predicate)", generic=True)
def skip_while(kinds: Types, source: Any, predicate: Any) -> Any:
    items, test = source_of(source), function(predicate, "predicate")
    return _unless_empty(kinds, items, lambda: dropwhile(test, iterate(items)))


@ENUMERABLE.method(
    f"static {SEQ}<TSource> SkipWhile<TSource>({_SOURCE}, Func<TSource, int, bool> predicate)", generic=True
)
def skip_while_index(kinds: Types, source: Any, predicate: Any) -> Any:
    return _while_index(dropwhile, kinds, source, predicate)


@ENUMERABLE.method(f"static {SEQ}<TSource> TakeWhile<TSource>({_SOURCE}, Func<TSource, bool> predicate)", generic=True)
def take_while(kinds: Types, source: Any, predicate: Any) -> Any:
    items, test = source_of(source), function(predicate, "predicate")
    return _unless_empty(kinds, items, lambda: takewhile(test, iterate(items)))


@ENUMERABLE.method(
    f"static {SEQ}<TSource> TakeWhile<TSource>({_SOURCE}, Func<TSource, int, bool> predicate)", generic=True
)
def take_while_index(kinds: Types, source: Any, predicate: Any) -> Any:
    return _while_index(takewhile, kinds, source, predicate)


def _while_index(part: Callable[..., Iterator[tuple[int, Any]]], kinds: Types, source: Any, predicate: Any) -> Any:
    """`part` of the elements, by a predicate that is given their index too."""
    items, test = source_of(source), function(predicate, "predicate")

    def start() -> Iterator[Any]:
        kept = part(lambda pair: test(pair[1], pair[0]), enumerate(iterate(items)))
        return (item for _, item in kept)

    return _unless_empty(kinds, items, start)
