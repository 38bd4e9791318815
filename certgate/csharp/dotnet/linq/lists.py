"""``Select`` over a list or array: .NET reaches one element, or the count, without calling the selector for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.collections.list_values import NetList
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import NetArray, NetSequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.types import NetType


class RangeSequence(NetSequence):
    """What ``Enumerable.Range`` gives: numbers that can be reached one by one."""

    __slots__ = ("numbers",)

    def __init__(self, element_type: NetType, numbers: range) -> None:
        super().__init__(element_type, self._walk)
        self.numbers = numbers

    def _walk(self) -> Iterator[Any]:
        for number in self.numbers:
            charge_steps(1)
            yield number

    def part(self, skip: int, take: int | None) -> RangeSequence:
        """This sequence without its first `skip` elements, at most `take` long."""
        return RangeSequence(self.element_type, self.numbers[skip : None if take is None else skip + take])

    def __len__(self) -> int:
        return len(self.numbers)

    def get(self, index: int) -> int:
        return self.numbers[index]


class SelectedList(NetSequence):
    """`first` and `most` cut a part out of the source, as Skip and Take do."""

    __slots__ = ("first", "most", "selector", "source")

    def __init__(self, element_type: NetType, source: Any, selector: Callable[[Any], Any]) -> None:
        super().__init__(element_type, self._walk)
        self.source = source
        self.selector = selector
        self.first = 0
        self.most: int | None = None

    def _walk(self) -> Iterator[Any]:
        if self.first == 0 and self.most is None:
            return map(self.selector, self.source)
        return (self.at(index) for index in range(self.count()))

    def count(self) -> int:
        """How many elements there are, without calling the selector."""
        length = max(len(self.source) - self.first, 0)
        return length if self.most is None else min(length, self.most)

    def at(self, index: int) -> Any:
        """The element at an index below :meth:`count`."""
        return self.selector(self.source.get(self.first + index))

    def part(self, skip: int, take: int | None) -> SelectedList:
        """This sequence without its first `skip` elements, at most `take` long."""
        other = SelectedList(self.element_type, self.source, self.selector)
        other.first = self.first + skip
        rest = None if self.most is None else max(self.most - skip, 0)
        other.most = rest if take is None else take if rest is None else min(rest, take)
        return other


def is_list(source: Any) -> bool:
    return isinstance(source, (NetList, NetArray, RangeSequence))
