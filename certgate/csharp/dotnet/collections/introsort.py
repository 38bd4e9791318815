"""The sort of ``Array.Sort`` and ``List<T>.Sort``: not stable, so the order of equal elements is that of its steps.

Up to sixteen elements are sorted by insertion, more by partition around a median of three, and what stays too deep by a
heap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.text import ordering
from certgate.csharp.runtime import UnsupportedReached, charge_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Order = Callable[[Any, Any], int]

_SMALL = 16


def sort_array(items: Iterable[Any], order: Order | None) -> list[Any]:
    """A sorted copy. `order` None, or the default one, is that of the elements.

    InvalidOperationException for what an order throws; UnsupportedReached for an order that contradicts itself.
    """
    listed = list(items)
    chosen = order or ordering.compare
    if chosen is ordering.compare and len({item.__class__ for item in listed}) < 2:
        # Elements of one kind that are equal cannot be told from each other, but for a few.
        return ordering.sort(listed, None)

    def counted(left: Any, right: Any) -> int:
        charge_steps(2)
        return chosen(left, right)

    try:
        ordering.wrapped(_Sort(listed, counted).run)
    except IndexError:
        raise UnsupportedReached("sorting by an order that contradicts itself is not simulated") from None
    return listed


class _Sort:
    def __init__(self, items: list[Any], order: Order) -> None:
        self.items = items
        self.order = order

    def run(self) -> None:
        count = len(self.items)
        parts = [(0, count, 2 * count.bit_length())] if count > 1 else []
        while parts:
            start, size, depth = parts.pop()
            if size > _SMALL and depth:
                pivot = self.partition(start, size)
                # The right part is sorted first.
                parts.append((start, pivot, depth - 1))
                parts.append((start + pivot + 1, size - pivot - 1, depth - 1))
            elif size > _SMALL:
                self.heap(start, size)
            elif size > 1:
                self.small(start, size)

    def swap_if_greater(self, left: int, right: int) -> None:
        items = self.items
        if self.order(items[left], items[right]) > 0:
            items[left], items[right] = items[right], items[left]

    def small(self, start: int, size: int) -> None:
        if size == 2:
            self.swap_if_greater(start, start + 1)
        elif size == 3:
            self.swap_if_greater(start, start + 1)
            self.swap_if_greater(start, start + 2)
            self.swap_if_greater(start + 1, start + 2)
        else:
            self.insertion(start, size)

    def insertion(self, start: int, size: int) -> None:
        items = self.items
        for at in range(start, start + size - 1):
            moved, place = items[at + 1], at
            while place >= start and self.order(moved, items[place]) < 0:
                items[place + 1] = items[place]
                place -= 1
            items[place + 1] = moved

    def partition(self, start: int, size: int) -> int:
        """Put a pivot between lesser and greater elements; where it stands, from `start`."""
        items, order = self.items, self.order
        last = start + size - 1
        middle = start + (size - 1 >> 1)
        self.swap_if_greater(start, middle)
        self.swap_if_greater(start, last)
        self.swap_if_greater(middle, last)
        pivot = items[middle]
        items[middle], items[last - 1] = items[last - 1], items[middle]
        left, right = start, last - 1
        while left < right:
            left = self.skip(left, 1, last, lambda item: order(item, pivot) < 0)
            right = self.skip(right, -1, start, lambda item: order(pivot, item) < 0)
            if left >= right:
                break
            items[left], items[right] = items[right], items[left]
        if left != last - 1:
            items[left], items[last - 1] = items[last - 1], items[left]
        return left - start

    def skip(self, at: int, step: int, end: int, passes: Callable[[Any], bool]) -> int:
        at += step
        while passes(self.items[at]):
            if at == end:
                raise IndexError
            at += step
        return at

    def heap(self, start: int, size: int) -> None:
        items = self.items
        for at in range(size >> 1, 0, -1):
            self.down(start, at, size)
        for at in range(size, 1, -1):
            items[start], items[start + at - 1] = items[start + at - 1], items[start]
            self.down(start, 1, at - 1)

    def down(self, start: int, at: int, size: int) -> None:
        items, order, base = self.items, self.order, start - 1
        moved = items[base + at]
        while at <= size >> 1:
            child = 2 * at
            if child < size and order(items[base + child], items[base + child + 1]) < 0:
                child += 1
            if order(moved, items[base + child]) >= 0:
                break
            items[base + at] = items[base + child]
            at = child
        items[base + at] = moved
