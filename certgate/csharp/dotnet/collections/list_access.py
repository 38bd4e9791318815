"""What lists and arrays share: checked ranges, and searching by a predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.dotnet.collections.list_values import NetList

INVALID_RANGE = (
    "Offset and length were out of bounds for the array or count is greater than the number of elements from index to "
    "the end of the source collection."
)


def given(value: Any, parameter: str) -> Any:
    if value is None:
        raise faults.argument_null(parameter)
    return value


def test(match: Any) -> Callable[[Any], Any]:
    """A predicate that charges each of its calls."""
    predicate = given(match, "match")

    def run(item: Any) -> Any:
        charge_steps(1)
        return predicate(item)

    return run


def check_range(self: NetList, index: int, count: int) -> None:
    if index < 0:
        raise faults.out_of_range("Non-negative number required.", "index")
    if count < 0:
        raise faults.out_of_range("Non-negative number required.", "count")
    if len(self.items) - index < count:
        raise faults.argument(INVALID_RANGE)


def last_place(items: Any, item: Any, start: int, count: int) -> int:
    """Where an element equal to `item` stands, looking back from `start` at `count` elements; -1 for nowhere."""
    wanted = key_of(item)
    charge_steps(count >> 1)
    return next((at for at in range(start, start - count, -1) if key_of(items[at]) == wanted), -1)


def first_place(items: Any, start: int, count: int, match: Any) -> int:
    """The first of `count` places from `start` on whose element passes; -1 for none."""
    if not 0 <= start <= len(items):
        raise faults.index_less_or_equal("startIndex")
    if count < 0 or start > len(items) - count:
        raise faults.count()
    predicate = test(match)
    return next((at for at in range(start, start + count) if predicate(items[at])), -1)


def last_match(items: Any, start: int, count: int, match: Any) -> int:
    """The first of `count` places, from `start` back, whose element passes; -1 for none."""
    predicate = test(match)
    if start != -1 if not items else not 0 <= start < len(items):
        raise faults.index_less("startIndex")
    if count < 0 or start - count + 1 < 0:
        raise faults.count()
    return next((at for at in range(start, start - count, -1) if predicate(items[at])), -1)
