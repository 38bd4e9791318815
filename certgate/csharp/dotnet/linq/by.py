"""LINQ methods that compare elements by a key, and those that number or count them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.collections.dictionary_types import PAIR
from certgate.csharp.dotnet.collections.dictionary_values import PairValue
from certgate.csharp.dotnet.linq.type import ENUMERABLE, SEQ, Types, function, lazy, source_of, walk
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import ordering
from certgate.csharp.dotnet.text.string_comparison import equality_key, order_of
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.values import TupleValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.values import NetSequence

_SOURCE = f"this {SEQ}<TSource> source"
_KEY = "Func<TSource, TKey> keySelector"
_COMPARER = "System.Collections.Generic.IEqualityComparer<TKey> comparer"
_FIRST = f"this {SEQ}<TSource> first"


def distinct(items: Any, key_for: Callable[[Any], Any], seen: set[Any]) -> Iterator[Any]:
    """The elements whose key is new; `seen` holds the old ones."""
    for item in walk(items):
        key = key_for(item)
        if key not in seen:
            charge_size(1)
            seen.add(key)
            yield item


def _keyed(selector: Any, comparer: Any) -> Callable[[Any], Any]:
    """What stands for an element's key."""
    get, key_for = function(selector, "keySelector"), equality_key(comparer)
    return lambda item: key_for(get(item))


def _declare(head: str, run: Callable[..., Any], tail: str = "") -> None:
    """A method with and without a comparer, which comes last."""
    ENUMERABLE.method(f"{head}{tail})", generic=True)(lambda kinds, *given: run(kinds, *given, None))
    ENUMERABLE.method(f"{head}{tail}, {_COMPARER})", generic=True)(run)


def _distinct_by(kinds: Types, source: Any, selector: Any, comparer: Any) -> NetSequence:
    items, key_of = source_of(source), _keyed(selector, comparer)
    return lazy(kinds[0], lambda: distinct(items, key_of, set()))


def _union_by(kinds: Types, first: Any, second: Any, selector: Any, comparer: Any) -> NetSequence:
    left, right = source_of(first, "first"), source_of(second, "second")
    key_of = _keyed(selector, comparer)

    def start() -> Iterator[Any]:
        seen: set[Any] = set()
        for part in (left, right):
            yield from distinct(part, key_of, seen)

    return lazy(kinds[0], start)


def _except_by(kinds: Types, first: Any, second: Any, selector: Any, comparer: Any) -> NetSequence:
    left, right = source_of(first, "first"), source_of(second, "second")
    key_of, key_for = _keyed(selector, comparer), equality_key(comparer)
    return lazy(kinds[0], lambda: distinct(left, key_of, set(map(key_for, walk(right)))))


def _intersect_by(kinds: Types, first: Any, second: Any, selector: Any, comparer: Any) -> NetSequence:
    left, right = source_of(first, "first"), source_of(second, "second")
    key_of, key_for = _keyed(selector, comparer), equality_key(comparer)

    def start() -> Iterator[Any]:
        wanted = set(map(key_for, walk(right)))
        for item in walk(left):
            key = key_of(item)
            if key in wanted:
                wanted.remove(key)
                yield item

    return lazy(kinds[0], start)


_declare(f"static {SEQ}<TSource> DistinctBy<TSource, TKey>({_SOURCE}, {_KEY}", _distinct_by)
_declare(f"static {SEQ}<TSource> UnionBy<TSource, TKey>({_FIRST}, {SEQ}<TSource> second, {_KEY}", _union_by)
_declare(f"static {SEQ}<TSource> ExceptBy<TSource, TKey>({_FIRST}, {SEQ}<TKey> second, {_KEY}", _except_by)
_declare(f"static {SEQ}<TSource> IntersectBy<TSource, TKey>({_FIRST}, {SEQ}<TKey> second, {_KEY}", _intersect_by)


def _gathered(
    kinds: Types, source: Any, selector: Any, seed: Callable[[Any], Any], step: Callable[..., Any], comparer: Any
) -> NetSequence:
    """A pair for each key, in the order in which the keys appear; `kinds` are those of key and value."""
    items, get = source_of(source), function(selector, "keySelector")
    key_for, pair = equality_key(comparer), PAIR.of(*kinds)

    def start() -> Iterator[Any]:
        found: dict[Any, list[Any]] = {}
        for item in walk(items):
            key = get(item)
            place = key_for(key)
            if place not in found:
                charge_size(1)
                found[place] = [key, seed(key)]
            found[place][1] = step(found[place][1], item)
        return (PairValue(pair, key, value) for key, value in found.values())

    return lazy(pair, start)


_PAIRS = f"{SEQ}<System.Collections.Generic.KeyValuePair"


@ENUMERABLE.method(
    f"static {_PAIRS}<TKey, int>> CountBy<TSource, TKey>({_SOURCE}, {_KEY}, "
    "System.Collections.Generic.IEqualityComparer<TKey> keyComparer = null)",
    generic=True,
)
def count_by(kinds: Types, source: Any, selector: Any, comparer: Any) -> NetSequence:
    return _gathered((kinds[1], types.INT32), source, selector, lambda _: 0, lambda count, _: count + 1, comparer)


_AGGREGATE = f"static {_PAIRS}<TKey, TAccumulate>> AggregateBy<TSource, TKey, TAccumulate>({_SOURCE}, {_KEY}"
_DEFAULTED = "System.Collections.Generic.IEqualityComparer<TKey> keyComparer = null"
_FUNC = f"Func<TAccumulate, TSource, TAccumulate> func, {_DEFAULTED}"


@ENUMERABLE.method(f"{_AGGREGATE}, TAccumulate seed, {_FUNC})", generic=True)
def aggregate_by(kinds: Types, source: Any, selector: Any, seed: Any, func: Any, comparer: Any) -> NetSequence:
    return _gathered(kinds[1:], source, selector, lambda _: seed, function(func, "func"), comparer)


@ENUMERABLE.method(f"{_AGGREGATE}, Func<TKey, TAccumulate> seedSelector, {_FUNC})", generic=True)
def aggregate_by_seed(kinds: Types, source: Any, selector: Any, seed: Any, func: Any, comparer: Any) -> NetSequence:
    return _gathered(kinds[1:], source, selector, function(seed, "seedSelector"), function(func, "func"), comparer)


@ENUMERABLE.method(f"static {SEQ}<(int Index, TSource Item)> Index<TSource>({_SOURCE})", generic=True)
def index(kinds: Types, source: Any) -> NetSequence:
    items = source_of(source)
    pair = types.tuple_type((types.INT32, kinds[0]), ("Index", "Item"))
    return lazy(pair, lambda: (TupleValue(pair, numbered) for numbered in enumerate(walk(items))))


@ENUMERABLE.method(
    f"static {SEQ}<(TFirst First, TSecond Second, TThird Third)> Zip<TFirst, TSecond, TThird>("
    f"this {SEQ}<TFirst> first, {SEQ}<TSecond> second, {SEQ}<TThird> third)",
    generic=True,
)
def zip_three(kinds: Types, first: Any, second: Any, third: Any) -> NetSequence:
    parts = (source_of(first, "first"), source_of(second, "second"), source_of(third, "third"))
    triple = types.tuple_type(kinds, ("First", "Second", "Third"))
    return lazy(triple, lambda: (TupleValue(triple, each) for each in zip(*map(walk, parts), strict=False)))


def _declare_extreme(name: str, sign: int) -> None:
    """``Max`` and ``Min`` by a comparer."""

    def run(kinds: Types, source: Any, comparer: Any) -> Any:
        order, best, found = order_of(comparer), None, False
        for item in walk(source_of(source)):
            if item is None and not kinds[0].is_value:
                continue
            if not found or sign * order(item, best) > 0:
                best, found = item, True
        if not found and kinds[0].is_value and types.nullable_inner(kinds[0]) is None:
            raise faults.invalid_operation("Sequence contains no elements")
        return best

    ENUMERABLE.method(
        f"static TSource {name}<TSource>({_SOURCE}, System.Collections.Generic.IComparer<TSource> comparer)",
        generic=True,
    )(run)


_declare_extreme("Max", 1)
_declare_extreme("Min", -1)


@ENUMERABLE.method(f"static bool TryGetNonEnumeratedCount<TSource>({_SOURCE}, out int count)")
def try_get_count(source: Any) -> tuple[bool, int]:
    """Only of what is a collection. UnsupportedReached for a LINQ sequence, some of which know their count."""
    from certgate.csharp.runtime import UnsupportedReached
    from certgate.csharp.values import NetSequence

    items = source_of(source)
    if isinstance(items, NetSequence):
        raise UnsupportedReached("whether a sequence knows its count is not simulated")
    if isinstance(items, str):
        return False, 0
    return True, len(items)


def _numbers(kinds: Types, first: Any, last: Any, step: Any) -> NetSequence:
    from certgate.csharp import operations

    kind = kinds[0]
    add = operations.binary("+", kind)
    rising = ordering.compare(step, operations.binary("-", kind)(step, step)) > 0

    def start() -> Iterator[Any]:
        value = first
        while last is None or (ordering.compare(value, last) <= 0 if rising else ordering.compare(value, last) >= 0):
            charge_steps(2)
            yield value
            value = add(value, step)

    return lazy(kind, start)


@ENUMERABLE.method(
    "static System.Collections.Generic.IEnumerable<T> InfiniteSequence<T>(T start, T step)", generic=True
)
def infinite_sequence(kinds: Types, start: Any, step: Any) -> NetSequence:
    if kinds[0] not in (types.INT32, types.INT64, types.DOUBLE, types.DECIMAL):
        from certgate.csharp.runtime import UnsupportedReached

        raise UnsupportedReached("a sequence of this type is not simulated")
    return _numbers(kinds, start, None, step)


ENUMERABLE.signatures(
    f"static {SEQ}<TSource> Shuffle<TSource>({_SOURCE})",
    f"static {SEQ}<T> Sequence<T>(T start, T endInclusive, T step)",
)
