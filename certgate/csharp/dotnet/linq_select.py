"""LINQ methods that filter, map and flatten."""

from __future__ import annotations

from itertools import dropwhile, islice, takewhile
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet import faults, linq_iterators
from certgate.csharp.dotnet.linq_lists import SelectedList, is_list
from certgate.csharp.dotnet.linq_type import ENUMERABLE, SEQ, Types, function, is_instance, lazy, source_of, walk
from certgate.csharp.values import TupleValue, array, iterate, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.values import NetSequence

_SOURCE = f"this {SEQ}<TSource> source"


@ENUMERABLE.method(f"static {SEQ}<TSource> Where<TSource>({_SOURCE}, Func<TSource, bool> predicate)", generic=True)
def where(kinds: Types, source: Any, predicate: Any) -> NetSequence:
    items, test = source_of(source), function(predicate, "predicate")
    return linq_iterators.where(kinds[0], items, lambda: filter(test, iterate(items)))


@ENUMERABLE.method(f"static {SEQ}<TSource> Where<TSource>({_SOURCE}, Func<TSource, int, bool> predicate)", generic=True)
def where_index(kinds: Types, source: Any, predicate: Any) -> NetSequence:
    items, test = source_of(source), function(predicate, "predicate")
    return lazy(kinds[0], lambda: (item for index, item in enumerate(iterate(items)) if test(item, index)))


@ENUMERABLE.method(
    f"static {SEQ}<TResult> Select<TSource, TResult>({_SOURCE}, Func<TSource, TResult> selector)", generic=True
)
def select(kinds: Types, source: Any, selector: Any) -> NetSequence:
    items, get = source_of(source), function(selector, "selector")
    found = SelectedList(kinds[1], items, get) if is_list(items) else lazy(kinds[1], lambda: map(get, iterate(items)))
    found.net_type = linq_iterators.select_type(kinds[0], kinds[1], items)
    return found


@ENUMERABLE.method(
    f"static {SEQ}<TResult> Select<TSource, TResult>({_SOURCE}, Func<TSource, int, TResult> selector)", generic=True
)
def select_index(kinds: Types, source: Any, selector: Any) -> NetSequence:
    items, get = source_of(source), function(selector, "selector")
    return lazy(kinds[1], lambda: (get(item, index) for index, item in enumerate(iterate(items))))


def _flat(inner: Any) -> Iterator[Any]:
    if inner is None:
        raise faults.null_reference()
    return walk(inner)


@ENUMERABLE.method(
    f"static {SEQ}<TResult> SelectMany<TSource, TResult>({_SOURCE}, Func<TSource, {SEQ}<TResult>> selector)",
    generic=True,
)
def select_many(kinds: Types, source: Any, selector: Any) -> NetSequence:
    items, get = source_of(source), function(selector, "selector")
    return lazy(kinds[1], lambda: (one for item in iterate(items) for one in _flat(get(item))))


@ENUMERABLE.method(
    f"static {SEQ}<TResult> SelectMany<TSource, TResult>({_SOURCE}, Func<TSource, int, {SEQ}<TResult>> selector)",
    generic=True,
)
def select_many_index(kinds: Types, source: Any, selector: Any) -> NetSequence:
    items, get = source_of(source), function(selector, "selector")
    return lazy(kinds[1], lambda: (one for index, item in enumerate(iterate(items)) for one in _flat(get(item, index))))


@ENUMERABLE.method(
    f"static {SEQ}<TResult> SelectMany<TSource, TCollection, TResult>({_SOURCE}, "
    f"Func<TSource, {SEQ}<TCollection>> collectionSelector, Func<TSource, TCollection, TResult> resultSelector)",
    generic=True,
)
def select_many_result(kinds: Types, source: Any, collection: Any, result: Any) -> NetSequence:
    items, get, combine = (
        source_of(source),
        function(collection, "collectionSelector"),
        function(result, "resultSelector"),
    )
    return lazy(kinds[2], lambda: (combine(item, one) for item in iterate(items) for one in _flat(get(item))))


@ENUMERABLE.method(
    f"static {SEQ}<TResult> SelectMany<TSource, TCollection, TResult>({_SOURCE}, "
    f"Func<TSource, int, {SEQ}<TCollection>> collectionSelector, Func<TSource, TCollection, TResult> resultSelector)",
    generic=True,
)
def select_many_index_result(kinds: Types, source: Any, collection: Any, result: Any) -> NetSequence:
    items, get, combine = (
        source_of(source),
        function(collection, "collectionSelector"),
        function(result, "resultSelector"),
    )
    return lazy(
        kinds[2],
        lambda: (combine(item, one) for index, item in enumerate(iterate(items)) for one in _flat(get(item, index))),
    )


@ENUMERABLE.method(f"static {SEQ}<TSource> Skip<TSource>({_SOURCE}, int count)", generic=True)
def skip(kinds: Types, source: Any, count: int) -> NetSequence:
    items = source_of(source)
    if isinstance(items, SelectedList):
        return items.part(max(count, 0), None)
    return lazy(kinds[0], lambda: islice(walk(items), max(count, 0), None))


@ENUMERABLE.method(f"static {SEQ}<TSource> Take<TSource>({_SOURCE}, int count)", generic=True)
def take(kinds: Types, source: Any, count: int) -> NetSequence:
    items = source_of(source)
    if isinstance(items, SelectedList):
        return items.part(0, max(count, 0))
    return lazy(kinds[0], lambda: islice(walk(items), max(count, 0)))


@ENUMERABLE.method(f"static {SEQ}<TSource> SkipLast<TSource>({_SOURCE}, int count)", generic=True)
def skip_last(kinds: Types, source: Any, count: int) -> NetSequence:
    items = source_of(source)
    return lazy(kinds[0], lambda: iter(list(walk(items))[: -count if count > 0 else None]))


@ENUMERABLE.method(f"static {SEQ}<TSource> TakeLast<TSource>({_SOURCE}, int count)", generic=True)
def take_last(kinds: Types, source: Any, count: int) -> NetSequence:
    items = source_of(source)
    return lazy(kinds[0], lambda: iter(list(walk(items))[-count:] if count > 0 else []))


@ENUMERABLE.method(f"static {SEQ}<TSource> SkipWhile<TSource>({_SOURCE}, Func<TSource, bool> predicate)", generic=True)
def skip_while(kinds: Types, source: Any, predicate: Any) -> NetSequence:
    items, test = source_of(source), function(predicate, "predicate")
    return lazy(kinds[0], lambda: dropwhile(test, iterate(items)))


@ENUMERABLE.method(
    f"static {SEQ}<TSource> SkipWhile<TSource>({_SOURCE}, Func<TSource, int, bool> predicate)", generic=True
)
def skip_while_index(kinds: Types, source: Any, predicate: Any) -> NetSequence:
    items, test = source_of(source), function(predicate, "predicate")

    def start() -> Iterator[Any]:
        kept = dropwhile(lambda pair: test(pair[1], pair[0]), enumerate(iterate(items)))
        return (item for _, item in kept)

    return lazy(kinds[0], start)


@ENUMERABLE.method(f"static {SEQ}<TSource> TakeWhile<TSource>({_SOURCE}, Func<TSource, bool> predicate)", generic=True)
def take_while(kinds: Types, source: Any, predicate: Any) -> NetSequence:
    items, test = source_of(source), function(predicate, "predicate")
    return lazy(kinds[0], lambda: takewhile(test, iterate(items)))


@ENUMERABLE.method(
    f"static {SEQ}<TSource> TakeWhile<TSource>({_SOURCE}, Func<TSource, int, bool> predicate)", generic=True
)
def take_while_index(kinds: Types, source: Any, predicate: Any) -> NetSequence:
    items, test = source_of(source), function(predicate, "predicate")

    def start() -> Iterator[Any]:
        kept = takewhile(lambda pair: test(pair[1], pair[0]), enumerate(iterate(items)))
        return (item for _, item in kept)

    return lazy(kinds[0], start)


@ENUMERABLE.method(f"static {SEQ}<TResult> Cast<TResult>(this System.Collections.IEnumerable source)", generic=True)
def cast(kinds: Types, source: Any) -> NetSequence:
    items, kind = source_of(source), kinds[0]
    return lazy(kind, lambda: (_cast(item, kind) for item in walk(items)))


def _cast(item: Any, kind: types.NetType) -> Any:
    if item is None:
        if kind.is_value and types.nullable_inner(kind) is None:
            raise faults.null_reference()
        return None
    if not is_instance(item, kind):
        source, target = type_of(item).reflection_name, kind.reflection_name
        raise faults.invalid_cast(f"Unable to cast object of type '{source}' to type '{target}'.")
    return item


@ENUMERABLE.method(f"static {SEQ}<TResult> OfType<TResult>(this System.Collections.IEnumerable source)", generic=True)
def of_type(kinds: Types, source: Any) -> NetSequence:
    items, kind = source_of(source), kinds[0]
    return lazy(kind, lambda: (item for item in walk(items) if item is not None and is_instance(item, kind)))


@ENUMERABLE.method(f"static {SEQ}<TSource> AsEnumerable<TSource>({_SOURCE})", generic=True)
def as_enumerable(kinds: Types, source: Any) -> Any:
    return source


@ENUMERABLE.method(f"static {SEQ}<TSource[]> Chunk<TSource>({_SOURCE}, int size)", generic=True)
def chunk(kinds: Types, source: Any, size: int) -> NetSequence:
    items = source_of(source)
    if size < 1:
        raise faults.not_valid("size")

    def start() -> Iterator[Any]:
        steps = walk(items)
        while part := list(islice(steps, size)):
            yield array(kinds[0], part)

    return lazy(kinds[0].array(), start)


@ENUMERABLE.method(
    f"static {SEQ}<(TFirst First, TSecond Second)> Zip<TFirst, TSecond>(this {SEQ}<TFirst> first, "
    f"{SEQ}<TSecond> second)",
    generic=True,
)
def zip_pairs(kinds: Types, first: Any, second: Any) -> NetSequence:
    left, right = source_of(first, "first"), source_of(second, "second")
    pair = types.tuple_type(kinds, ("First", "Second"))
    return lazy(pair, lambda: (TupleValue(pair, both) for both in zip(walk(left), iterate(right), strict=False)))


@ENUMERABLE.method(
    f"static {SEQ}<TResult> Zip<TFirst, TSecond, TResult>(this {SEQ}<TFirst> first, {SEQ}<TSecond> second, "
    "Func<TFirst, TSecond, TResult> resultSelector)",
    generic=True,
)
def zip_with(kinds: Types, first: Any, second: Any, selector: Any) -> NetSequence:
    left, right, get = source_of(first, "first"), source_of(second, "second"), function(selector, "resultSelector")
    return lazy(kinds[2], lambda: map(get, iterate(left), iterate(right)))
