"""LINQ methods that give one element, a yes or no, or a count."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.collections.collection_access import count_of
from certgate.csharp.dotnet.linq.lists import SelectedList, is_list
from certgate.csharp.dotnet.linq.type import ENUMERABLE, SEQ, Types, function, source_of, walk
from certgate.csharp.dotnet.linq.values import Group, OrderedSequence
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.string_comparison import equality_key
from certgate.csharp.runtime import ThrownException
from certgate.csharp.values import Long, NetArray, NetSequence, default_of, iterate

_SOURCE = f"this {SEQ}<TSource> source"
_PREDICATE = "Func<TSource, bool> predicate"
_NOTHING = object()


def _none(predicate: bool) -> ThrownException:
    return faults.invalid_operation(
        "Sequence contains no matching element" if predicate else "Sequence contains no elements"
    )


def _filtered(source: Any, predicate: Any) -> Any:
    items = source_of(source)
    return walk(items) if predicate is _NOTHING else filter(function(predicate, "predicate"), iterate(items))


def _test(predicate: Any) -> Any:
    return None if predicate is _NOTHING else function(predicate, "predicate")


def _first(source: Any, predicate: Any, default: Any) -> Any:
    if isinstance(source, OrderedSequence):
        found = source.first(_test(predicate), _NOTHING)
    else:
        found = next(_filtered(source, predicate), _NOTHING)
    if found is not _NOTHING:
        return found
    if default is _NOTHING:
        raise _none(predicate is not _NOTHING)
    return default


def _last(source: Any, predicate: Any, default: Any) -> Any:
    found: Any = _NOTHING
    if isinstance(source, SelectedList) and predicate is _NOTHING:
        found = source.at(source.count() - 1) if source.count() else _NOTHING
    elif isinstance(source, OrderedSequence):
        found = source.last(_test(predicate), _NOTHING)
    elif is_list(source):
        # A list is looked through from its end, so that elements before the last match are not asked.
        backwards = (source.get(at) for at in range(len(source) - 1, -1, -1))
        found = next(_filtered(backwards, predicate), _NOTHING)
    else:
        for item in _filtered(source, predicate):
            found = item
    if found is not _NOTHING:
        return found
    if default is _NOTHING:
        raise _none(predicate is not _NOTHING)
    return default


def _single(source: Any, predicate: Any, default: Any) -> Any:
    items = _filtered(source, predicate)
    found = next(items, _NOTHING)
    if found is _NOTHING:
        if default is _NOTHING:
            raise _none(predicate is not _NOTHING)
        return default
    if next(items, _NOTHING) is not _NOTHING:
        matching = "" if predicate is _NOTHING else "matching "
        raise faults.invalid_operation(f"Sequence contains more than one {matching}element")
    return found


def _declare(name: str, pick: Any) -> None:
    one = f"static TSource {name}"
    ENUMERABLE.method(f"{one}<TSource>({_SOURCE})")(lambda source: pick(source, _NOTHING, _NOTHING))
    ENUMERABLE.method(f"{one}<TSource>({_SOURCE}, {_PREDICATE})")(lambda source, test: pick(source, test, _NOTHING))
    ENUMERABLE.method(f"{one}OrDefault<TSource>({_SOURCE})", generic=True)(
        lambda kinds, source: pick(source, _NOTHING, default_of(kinds[0]))
    )
    ENUMERABLE.method(f"{one}OrDefault<TSource>({_SOURCE}, {_PREDICATE})", generic=True)(
        lambda kinds, source, test: pick(source, test, default_of(kinds[0]))
    )
    ENUMERABLE.method(f"{one}OrDefault<TSource>({_SOURCE}, TSource defaultValue)")(
        lambda source, default: pick(source, _NOTHING, default)
    )
    ENUMERABLE.method(f"{one}OrDefault<TSource>({_SOURCE}, {_PREDICATE}, TSource defaultValue)")(pick)


_declare("First", _first)
_declare("Last", _last)
_declare("Single", _single)


def _at(source: Any, index: int) -> Any:
    items = source_of(source)
    if index < 0:
        return _NOTHING
    if isinstance(items, SelectedList):
        return items.at(index) if index < items.count() else _NOTHING
    for place, item in enumerate(walk(items)):
        if place == index:
            return item
    return _NOTHING


@ENUMERABLE.method(f"static TSource ElementAt<TSource>({_SOURCE}, int index)")
def element_at(source: Any, index: int) -> Any:
    found = _at(source, index)
    if found is not _NOTHING:
        return found
    # A list answers with its own message, anything else with LINQ's.
    is_list = isinstance(source, NetArray) or hasattr(source, "get")
    own = is_list and not isinstance(source, (NetSequence, Group))
    raise faults.index_less() if own else faults.not_valid("index")


@ENUMERABLE.method(f"static TSource ElementAtOrDefault<TSource>({_SOURCE}, int index)", generic=True)
def element_at_or_default(kinds: Types, source: Any, index: int) -> Any:
    found = _at(source, index)
    return default_of(kinds[0]) if found is _NOTHING else found


@ENUMERABLE.method(f"static bool Any<TSource>({_SOURCE})")
def any_(source: Any) -> bool:
    items = source_of(source)
    while isinstance(items, OrderedSequence):
        items = items.source
    if isinstance(items, SelectedList):
        return items.count() > 0
    length = getattr(items, "__len__", None)
    return bool(length()) if length is not None else next(walk(items), _NOTHING) is not _NOTHING


@ENUMERABLE.method(f"static bool Any<TSource>({_SOURCE}, {_PREDICATE})")
def any_matching(source: Any, predicate: Any) -> bool:
    return any(map(function(predicate, "predicate"), iterate(source_of(source))))


@ENUMERABLE.method(f"static bool All<TSource>({_SOURCE}, {_PREDICATE})")
def all_(source: Any, predicate: Any) -> bool:
    return all(map(function(predicate, "predicate"), iterate(source_of(source))))


@ENUMERABLE.method(f"static int Count<TSource>({_SOURCE})")
def count(source: Any) -> int:
    items = source_of(source)
    while isinstance(items, OrderedSequence):
        items = items.source
    return count_of(items) if hasattr(items, "__len__") else sum(1 for _ in walk(items))


@ENUMERABLE.method(f"static int Count<TSource>({_SOURCE}, {_PREDICATE})")
def count_matching(source: Any, predicate: Any) -> int:
    return sum(1 for _ in _filtered(source, predicate))


@ENUMERABLE.method(f"static long LongCount<TSource>({_SOURCE})")
def long_count(source: Any) -> Long:
    return Long(count(source))


@ENUMERABLE.method(f"static long LongCount<TSource>({_SOURCE}, {_PREDICATE})")
def long_count_matching(source: Any, predicate: Any) -> Long:
    return Long(count_matching(source, predicate))


@ENUMERABLE.method(f"static bool Contains<TSource>({_SOURCE}, TSource value)")
def contains(source: Any, value: Any) -> bool:
    own = getattr(source_of(source), "contains", None)
    return bool(own(value)) if own is not None else contains_comparer(source, value, None)


@ENUMERABLE.method(
    f"static bool Contains<TSource>({_SOURCE}, TSource value, "
    "System.Collections.Generic.IEqualityComparer<TSource> comparer)"
)
def contains_comparer(source: Any, value: Any, comparer: Any) -> bool:
    key_for = equality_key(comparer)
    wanted = key_for(value)
    return any(key_for(item) == wanted for item in walk(source_of(source)))


@ENUMERABLE.method(f"static TSource Aggregate<TSource>({_SOURCE}, Func<TSource, TSource, TSource> func)")
def aggregate(source: Any, func: Any) -> Any:
    items = iterate(source_of(source))
    step = function(func, "func")
    result = next(items, _NOTHING)
    if result is _NOTHING:
        raise _none(predicate=False)
    for item in items:
        result = step(result, item)
    return result


_SEED = "TAccumulate seed, Func<TAccumulate, TSource, TAccumulate> func"


@ENUMERABLE.method(f"static TAccumulate Aggregate<TSource, TAccumulate>({_SOURCE}, {_SEED})")
def aggregate_seed(source: Any, seed: Any, func: Any) -> Any:
    items, step = source_of(source), function(func, "func")
    for item in iterate(items):
        seed = step(seed, item)
    return seed


@ENUMERABLE.method(
    f"static TResult Aggregate<TSource, TAccumulate, TResult>({_SOURCE}, {_SEED}, Func<TAccumulate, "
    "TResult> resultSelector)"
)
def aggregate_result(source: Any, seed: Any, func: Any, selector: Any) -> Any:
    finish = function(selector, "resultSelector")
    return finish(aggregate_seed(source, seed, func))
