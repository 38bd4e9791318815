"""LINQ methods that add up and find the least and the greatest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.decimals import NetDecimal
from certgate.csharp.dotnet.linq.type import ENUMERABLE, SEQ, Types, function, source_of, walk
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import ordering
from certgate.csharp.dotnet.text.string_comparison import order_of
from certgate.csharp.values import Long, iterate, single

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SOURCE = f"this {SEQ}<TSource> source"


def _selected(source: Any, selector: Any = None, given: bool = False) -> Iterator[Any]:
    items = source_of(source)
    return map(function(selector, "selector"), iterate(items)) if given else walk(items)


def _present(values: Iterator[Any]) -> Iterator[Any]:
    return (value for value in values if value is not None)


def _whole(values: Iterator[Any], bits: int) -> int:
    total, limit = 0, 1 << (bits - 1)
    for value in values:
        total += value
        if not -limit <= total < limit:
            raise faults.overflow()
    return int(total)


def _sum_int(values: Iterator[Any]) -> int:
    return _whole(values, 32)


def _sum_long(values: Iterator[Any]) -> Long:
    return Long(_whole(values, 64))


def _add_floats(values: Iterator[Any]) -> float:
    total = 0.0
    for value in values:
        total += value
    return total


def _sum_single(values: Iterator[Any]) -> Any:
    return single(_add_floats(values))


def _sum_decimal(values: Iterator[Any]) -> NetDecimal:
    total = NetDecimal(0)
    for value in values:
        total = total + value
    return total


def _mean(values: Iterator[Any], add: Callable[[Iterator[Any]], Any], divide: Callable[[Any, int], Any]) -> Any:
    """The average; None for no values."""
    listed = list(values)
    return divide(add(iter(listed)), len(listed)) if listed else None


def _divide(total: Any, count: int) -> float:
    return float(total) / count


def _divide_decimal(total: NetDecimal, count: int) -> NetDecimal:
    return total / NetDecimal(count)


_KINDS: dict[str, tuple[Any, str, Any]] = {
    "int": (_sum_int, "double", lambda values: _mean(values, lambda items: _whole(items, 64), _divide)),
    "long": (_sum_long, "double", lambda values: _mean(values, lambda items: _whole(items, 64), _divide)),
    "float": (
        _sum_single,
        "float",
        lambda values: _mean(values, _add_floats, lambda total, count: single(total / count)),
    ),
    "double": (_add_floats, "double", lambda values: _mean(values, _add_floats, _divide)),
    "decimal": (_sum_decimal, "decimal", lambda values: _mean(values, _sum_decimal, _divide_decimal)),
}
"""Keyword -> how to add up, the type of the average, how to take it."""


def _no_elements() -> Exception:
    return faults.invalid_operation("Sequence contains no elements")


def _needed(value: Any) -> Any:
    if value is None:
        raise _no_elements()
    return value


def _declare(keyword: str) -> None:
    add, average_type, average = _KINDS[keyword]
    values, plain = f"this {SEQ}<{keyword}?> source", f"this {SEQ}<{keyword}> source"
    selector, nullable = f"Func<TSource, {keyword}> selector", f"Func<TSource, {keyword}?> selector"
    method = ENUMERABLE.method
    method(f"static {keyword} Sum({plain})")(lambda source: add(_selected(source)))
    method(f"static {keyword}? Sum({values})")(lambda source: add(_present(_selected(source))))
    method(f"static {keyword} Sum<TSource>({_SOURCE}, {selector})")(
        lambda source, get: add(_selected(source, get, True))
    )
    method(f"static {keyword}? Sum<TSource>({_SOURCE}, {nullable})")(
        lambda source, get: add(_present(_selected(source, get, True)))
    )
    method(f"static {average_type} Average({plain})")(lambda source: _needed(average(_selected(source))))
    method(f"static {average_type}? Average({values})")(lambda source: average(_present(_selected(source))))
    method(f"static {average_type} Average<TSource>({_SOURCE}, {selector})")(
        lambda source, get: _needed(average(_selected(source, get, True)))
    )
    method(f"static {average_type}? Average<TSource>({_SOURCE}, {nullable})")(
        lambda source, get: average(_present(_selected(source, get, True)))
    )


for _keyword in _KINDS:
    _declare(_keyword)


def _extreme(values: Iterator[Any], sign: int, order: Callable[[Any, Any], int] = ordering.compare) -> Any:
    """The least (`sign` -1) or greatest value that is not null; the first of equal ones. None where there is none."""
    best = None
    for value in values:
        if value is None:
            continue
        if best is None:
            best = value
            # A single value needs no order, but two do.
            continue
        if sign * order(value, best) > 0:
            best = value
    return best


def _declare_extreme(name: str, sign: int) -> None:
    method = ENUMERABLE.method
    for keyword in _KINDS:
        method(f"static {keyword} {name}(this {SEQ}<{keyword}> source)")(
            lambda source: _needed(_extreme(_selected(source), sign))
        )
        method(f"static {keyword}? {name}(this {SEQ}<{keyword}?> source)")(
            lambda source: _extreme(_selected(source), sign)
        )
        method(f"static {keyword} {name}<TSource>({_SOURCE}, Func<TSource, {keyword}> selector)")(
            lambda source, get: _needed(_extreme(_selected(source, get, True), sign))
        )
        method(f"static {keyword}? {name}<TSource>({_SOURCE}, Func<TSource, {keyword}?> selector)")(
            lambda source, get: _extreme(_selected(source, get, True), sign)
        )
    method(f"static TSource {name}<TSource>({_SOURCE})", generic=True)(
        lambda kinds, source: _of_type(kinds[0], _extreme(_selected(source), sign))
    )
    method(f"static TResult {name}<TSource, TResult>({_SOURCE}, Func<TSource, TResult> selector)", generic=True)(
        lambda kinds, source, get: _of_type(kinds[1], _extreme(_selected(source, get, True), sign))
    )
    by = f"static TSource {name}By<TSource, TKey>({_SOURCE}, Func<TSource, TKey> keySelector"
    method(f"{by})", generic=True)(lambda kinds, source, get: _by(kinds, source, get, None, sign))
    method(f"{by}, System.Collections.Generic.IComparer<TKey> comparer)", generic=True)(
        lambda kinds, source, get, comparer: _by(kinds, source, get, comparer, sign)
    )


def _of_type(kind: Any, value: Any) -> Any:
    """No value: null for a type that has it, else an exception."""
    from certgate.csharp.types import nullable_inner

    if value is None and kind.is_value and nullable_inner(kind) is None:
        raise _no_elements()
    return value


def _by(kinds: Types, source: Any, selector: Any, comparer: Any, sign: int) -> Any:
    get, order = function(selector, "keySelector"), order_of(comparer)
    items = list(iterate(source_of(source)))
    pairs = [(get(item), item) for item in items]
    best = _extreme((pair for pair in pairs if pair[0] is not None), sign, lambda left, right: order(left[0], right[0]))
    if best is None:
        # Where every key is null, the first element is the answer.
        return items[0] if items else _of_type(kinds[0], None)
    return best[1]


_declare_extreme("Max", 1)
_declare_extreme("Min", -1)
