"""LINQ methods that group and join."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.linq.iterators import class_type, is_empty_array, named, none
from certgate.csharp.dotnet.linq.type import ENUMERABLE, SEQ, Types, function, lazy, source_of
from certgate.csharp.dotnet.linq.values import GROUPING, LOOKUP, LookupValue
from certgate.csharp.values import default_of, iterate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.types import NetType
    from certgate.csharp.values import NetSequence

_SOURCE = f"this {SEQ}<TSource> source"
_KEY = "Func<TSource, TKey> keySelector"
_ELEMENT = "Func<TSource, TElement> elementSelector"
_COMPARER = "System.Collections.Generic.IEqualityComparer<TKey> comparer"
_GROUPS = "System.Linq.IGrouping"


def _itself(item: Any) -> Any:
    return item


def _lookup(
    kinds: tuple[NetType, NetType],
    source: Any,
    key_of: Callable[[Any], Any],
    element_of: Callable[[Any], Any],
    comparer: Any,
) -> LookupValue:
    result = LookupValue(*kinds, comparer)
    if is_empty_array(source):
        result.net_type = class_type("EmptyLookup", *kinds, bases=(LOOKUP.of(*kinds),))
    for item in iterate(source):
        result.put(key_of(item), element_of(item))
    return result


def _groups(kinds: Types, source: Any, key: Any, element: Any, comparer: Any) -> Any:
    """`kinds`: of the source, the key and, where they are chosen, the elements."""
    items, key_of = source_of(source), function(key, "keySelector")
    element_of = element if element is _itself else function(element, "elementSelector")
    held = (kinds[1], kinds[-1] if len(kinds) > 2 else kinds[0])
    if is_empty_array(items):
        return none(GROUPING.of(*held))
    found = lazy(GROUPING.of(*held), lambda: iter(_lookup(held, items, key_of, element_of, comparer)))
    return named(found, "GroupByIterator", *kinds)


@ENUMERABLE.method(f"static {SEQ}<{_GROUPS}<TKey, TSource>> GroupBy<TSource, TKey>({_SOURCE}, {_KEY})", generic=True)
def group_by(kinds: Types, source: Any, key: Any) -> Any:
    return _groups(kinds, source, key, _itself, None)


@ENUMERABLE.method(
    f"static {SEQ}<{_GROUPS}<TKey, TSource>> GroupBy<TSource, TKey>({_SOURCE}, {_KEY}, {_COMPARER})", generic=True
)
def group_by_comparer(kinds: Types, source: Any, key: Any, comparer: Any) -> Any:
    return _groups(kinds, source, key, _itself, comparer)


_BY_ELEMENT = f"static {SEQ}<{_GROUPS}<TKey, TElement>> GroupBy<TSource, TKey, TElement>({_SOURCE}, {_KEY}, {_ELEMENT}"


@ENUMERABLE.method(f"{_BY_ELEMENT})", generic=True)
def group_by_element(kinds: Types, source: Any, key: Any, element: Any) -> Any:
    return _groups(kinds, source, key, element, None)


@ENUMERABLE.method(f"{_BY_ELEMENT}, {_COMPARER})", generic=True)
def group_by_element_comparer(kinds: Types, source: Any, key: Any, element: Any, comparer: Any) -> Any:
    return _groups(kinds, source, key, element, comparer)


def _results(kinds: Types, groups: Any, result: Any) -> Any:
    """The result selector gets the elements of a group as an array."""
    make = function(result, "resultSelector")
    if is_empty_array(groups):
        return none(kinds[-1])
    found = lazy(kinds[-1], lambda: (make(group.item_key, group.to_array()) for group in groups))
    return named(found, "GroupByResultIterator", *kinds)


_RESULT = f"{SEQ}<TResult> GroupBy<TSource, TKey, TResult>({_SOURCE}, {_KEY}, Func<TKey, {SEQ}<TSource>, TResult>"


@ENUMERABLE.method(f"static {_RESULT} resultSelector)", generic=True)
def group_by_result(kinds: Types, source: Any, key: Any, result: Any) -> Any:
    return _results(kinds, group_by(kinds[:2], source, key), result)


@ENUMERABLE.method(f"static {_RESULT} resultSelector, {_COMPARER})", generic=True)
def group_by_result_comparer(kinds: Types, source: Any, key: Any, result: Any, comparer: Any) -> Any:
    return _results(kinds, group_by_comparer(kinds[:2], source, key, comparer), result)


_ELEMENT_RESULT = (
    f"{SEQ}<TResult> GroupBy<TSource, TKey, TElement, TResult>({_SOURCE}, {_KEY}, {_ELEMENT}, "
    f"Func<TKey, {SEQ}<TElement>, TResult> resultSelector"
)


@ENUMERABLE.method(f"static {_ELEMENT_RESULT})", generic=True)
def group_by_element_result(kinds: Types, source: Any, key: Any, element: Any, result: Any) -> Any:
    return _results(kinds, group_by_element(kinds[:3], source, key, element), result)


@ENUMERABLE.method(f"static {_ELEMENT_RESULT}, {_COMPARER})", generic=True)
def group_by_element_result_comparer(kinds: Types, source: Any, *given: Any) -> Any:
    key, element, result, comparer = given
    return _results(kinds, group_by_element_comparer(kinds[:3], source, key, element, comparer), result)


_LOOKUP = "System.Linq.ILookup"


@ENUMERABLE.method(f"static {_LOOKUP}<TKey, TSource> ToLookup<TSource, TKey>({_SOURCE}, {_KEY})", generic=True)
def to_lookup(kinds: Types, source: Any, key: Any) -> LookupValue:
    return to_lookup_comparer(kinds, source, key, None)


@ENUMERABLE.method(
    f"static {_LOOKUP}<TKey, TSource> ToLookup<TSource, TKey>({_SOURCE}, {_KEY}, {_COMPARER})", generic=True
)
def to_lookup_comparer(kinds: Types, source: Any, key: Any, comparer: Any) -> LookupValue:
    return _lookup((kinds[1], kinds[0]), source_of(source), function(key, "keySelector"), _itself, comparer)


@ENUMERABLE.method(
    f"static {_LOOKUP}<TKey, TElement> ToLookup<TSource, TKey, TElement>({_SOURCE}, {_KEY}, {_ELEMENT})", generic=True
)
def to_lookup_element(kinds: Types, source: Any, key: Any, element: Any) -> LookupValue:
    elements = function(element, "elementSelector")
    return _lookup((kinds[1], kinds[2]), source_of(source), function(key, "keySelector"), elements, None)


@ENUMERABLE.method(
    f"static {_LOOKUP}<TKey, TElement> ToLookup<TSource, TKey, TElement>({_SOURCE}, {_KEY}, {_ELEMENT}, {_COMPARER})",
    generic=True,
)
def to_lookup_element_comparer(kinds: Types, source: Any, key: Any, element: Any, comparer: Any) -> LookupValue:
    elements = function(element, "elementSelector")
    return _lookup((kinds[1], kinds[2]), source_of(source), function(key, "keySelector"), elements, comparer)


_JOINED = (
    f"this {SEQ}<TOuter> outer, {SEQ}<TInner> inner, "
    "Func<TOuter, TKey> outerKeySelector, Func<TInner, TKey> innerKeySelector"
)


class _Join:
    """The arguments of a join, checked. The inner sequence is read once, when the first outer element is there."""

    def __init__(self, outer: Any, inner: Any, outer_key: Any, inner_key: Any) -> None:
        self.outer = source_of(outer, "outer")
        self.inner = source_of(inner, "inner")
        self.outer_key = function(outer_key, "outerKeySelector")
        self.inner_key = function(inner_key, "innerKeySelector")

    def table(self, kinds: Types, comparer: Any) -> LookupValue:
        """A null key joins with nothing."""
        found = LookupValue(kinds[2], kinds[1], comparer)
        for item in iterate(self.inner):
            key = self.inner_key(item)
            if key is not None:
                found.put(key, item)
        return found


def _joined(kinds: Types, join: _Join, result: Any, comparer: Any) -> NetSequence:
    make = function(result, "resultSelector")

    def start() -> Iterator[Any]:
        table = join.table(kinds, comparer)
        for item in iterate(join.outer):
            for other in table.of(join.outer_key(item)):
                yield make(item, other)

    return lazy(kinds[3], start)


def _group_joined(kinds: Types, join: _Join, result: Any, comparer: Any) -> NetSequence:
    make = function(result, "resultSelector")

    def start() -> Iterator[Any]:
        table = join.table(kinds, comparer)
        return (make(item, table.of(join.outer_key(item))) for item in iterate(join.outer))

    return lazy(kinds[3], start)


def _left_joined(kinds: Types, join: _Join, result: Any, comparer: Any) -> NetSequence:
    """Every outer element, with the default where nothing joins it."""
    make = function(result, "resultSelector")

    def start() -> Iterator[Any]:
        table = join.table(kinds, comparer)
        for item in iterate(join.outer):
            others = list(table.of(join.outer_key(item))) or [default_of(kinds[1])]
            for other in others:
                yield make(item, other)

    return lazy(kinds[3], start)


def _right_joined(kinds: Types, join: _Join, result: Any, comparer: Any) -> NetSequence:
    """Every inner element, with the default where nothing joins it."""
    make = function(result, "resultSelector")

    def start() -> Iterator[Any]:
        table = LookupValue(kinds[2], kinds[0], comparer)
        for item in iterate(join.outer):
            key = join.outer_key(item)
            if key is not None:
                table.put(key, item)
        for other in iterate(join.inner):
            found = list(table.of(join.inner_key(other))) or [default_of(kinds[0])]
            for item in found:
                yield make(item, other)

    return lazy(kinds[3], start)


def _declare(name: str, inner: str, run: Callable[..., NetSequence]) -> None:
    result = f"Func<TOuter, {inner}, TResult> resultSelector"
    head = f"static {SEQ}<TResult> {name}<TOuter, TInner, TKey, TResult>({_JOINED}, {result}"

    def plain(kinds: Types, *given: Any) -> Any:
        return run(kinds, _Join(*given[:4]), given[4], given[5] if len(given) > 5 else None)

    ENUMERABLE.method(f"{head})", generic=True)(plain)
    ENUMERABLE.method(f"{head}, {_COMPARER})", generic=True)(plain)


_declare("Join", "TInner", _joined)
_declare("GroupJoin", f"{SEQ}<TInner>", _group_joined)
_declare("LeftJoin", "TInner", _left_joined)
_declare("RightJoin", "TInner", _right_joined)
