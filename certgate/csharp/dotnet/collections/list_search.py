"""Searching and sorting a ``List<T>``."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.collections.introsort import sort_array
from certgate.csharp.dotnet.collections.list_access import check_range, first_place, given, last_match, last_place, test
from certgate.csharp.dotnet.collections.list_type import LIST
from certgate.csharp.dotnet.collections.list_values import NetList
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text import ordering
from certgate.csharp.dotnet.text.string_comparison import order_of
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import default_of


@LIST.method("bool Contains(T item)")
def contains(self: NetList, item: Any) -> bool:
    charge_steps(len(self.items) >> 4)
    return self.contains(item)


@LIST.method("int IndexOf(T item)")
def index_of(self: NetList, item: Any) -> int:
    return self.index(item)


@LIST.method("int IndexOf(T item, int index)")
def index_of_from(self: NetList, item: Any, index: int) -> int:
    if index > len(self.items):
        raise faults.index_less_or_equal("index")
    if index < 0:
        raise faults.index_less_or_equal("startIndex")
    return self.index(item, index)


@LIST.method("int IndexOf(T item, int index, int count)")
def index_of_part(self: NetList, item: Any, index: int, count: int) -> int:
    if index > len(self.items):
        raise faults.index_less_or_equal("index")
    if count < 0 or index > len(self.items) - count:
        raise faults.count()
    if index < 0:
        raise faults.index_less_or_equal("startIndex")
    found = self.index(item, index)
    return found if found < index + count else -1


@LIST.method("int LastIndexOf(T item)")
def last_index_of(self: NetList, item: Any) -> int:
    return last_place(self.items, item, len(self.items) - 1, len(self.items))


@LIST.method("int LastIndexOf(T item, int index)")
def last_index_of_from(self: NetList, item: Any, index: int) -> int:
    if index >= len(self.items):
        raise faults.index_less("index")
    return last_index_of_part(self, item, index, index + 1)


@LIST.method("int LastIndexOf(T item, int index, int count)")
def last_index_of_part(self: NetList, item: Any, index: int, count: int) -> int:
    if self.items and index < 0:
        raise faults.out_of_range("Non-negative number required.", "index")
    if self.items and count < 0:
        raise faults.out_of_range("Non-negative number required.", "count")
    if not self.items:
        return -1
    if index >= len(self.items):
        raise faults.out_of_range(_BIGGER, "index")
    if count > index + 1:
        raise faults.out_of_range(_BIGGER, "count")
    return last_place(self.items, item, index, count)


_BIGGER = "Larger than collection size."


@LIST.method("T Find(Predicate<T> match)")
def find(self: NetList, match: Any) -> Any:
    return next(filter(test(match), self.items), default_of(self.element_type))


@LIST.method("T FindLast(Predicate<T> match)")
def find_last(self: NetList, match: Any) -> Any:
    return next(filter(test(match), reversed(self.items)), default_of(self.element_type))


@LIST.method("List<T> FindAll(Predicate<T> match)")
def find_all(self: NetList, match: Any) -> NetList:
    return NetList(self.element_type, filter(test(match), self.items))


@LIST.method("int FindIndex(Predicate<T> match)")
def find_index(self: NetList, match: Any) -> int:
    return first_place(self.items, 0, len(self.items), match)


@LIST.method("int FindIndex(int startIndex, Predicate<T> match)")
def find_index_from(self: NetList, start: int, match: Any) -> int:
    return first_place(self.items, start, len(self.items) - start, match)


@LIST.method("int FindIndex(int startIndex, int count, Predicate<T> match)")
def find_index_part(self: NetList, start: int, count: int, match: Any) -> int:
    return first_place(self.items, start, count, match)


@LIST.method("int FindLastIndex(Predicate<T> match)")
def find_last_index(self: NetList, match: Any) -> int:
    return last_match(self.items, len(self.items) - 1, len(self.items), match)


@LIST.method("int FindLastIndex(int startIndex, Predicate<T> match)")
def find_last_index_from(self: NetList, start: int, match: Any) -> int:
    return last_match(self.items, start, start + 1, match)


@LIST.method("int FindLastIndex(int startIndex, int count, Predicate<T> match)")
def find_last_index_part(self: NetList, start: int, count: int, match: Any) -> int:
    return last_match(self.items, start, count, match)


@LIST.method("bool Exists(Predicate<T> match)")
def exists(self: NetList, match: Any) -> bool:
    return any(map(test(match), self.items))


@LIST.method("bool TrueForAll(Predicate<T> match)")
def true_for_all(self: NetList, match: Any) -> bool:
    return all(map(test(match), self.items))


@LIST.method("void Sort()")
def sort(self: NetList) -> None:
    self.replace(sort_array(self.items, None))


@LIST.method("void Sort(System.Collections.Generic.IComparer<T> comparer)")
def sort_comparer(self: NetList, comparer: Any) -> None:
    self.replace(sort_array(self.items, order_of(comparer)))


@LIST.method("void Sort(Comparison<T> comparison)")
def sort_comparison(self: NetList, comparison: Any) -> None:
    self.replace(sort_array(self.items, given(comparison, "comparison")))


@LIST.method("void Sort(int index, int count, System.Collections.Generic.IComparer<T> comparer)")
def sort_range(self: NetList, index: int, count: int, comparer: Any) -> None:
    check_range(self, index, count)
    items = list(self.items)
    items[index : index + count] = sort_array(items[index : index + count], order_of(comparer))
    self.replace(items)


@LIST.method("int BinarySearch(T item)")
def binary_search(self: NetList, item: Any) -> int:
    return ordering.binary_search(self.items, item, ordering.compare)


@LIST.method("int BinarySearch(T item, System.Collections.Generic.IComparer<T> comparer)")
def binary_search_comparer(self: NetList, item: Any, comparer: Any) -> int:
    return ordering.binary_search(self.items, item, order_of(comparer))


@LIST.method("int BinarySearch(int index, int count, T item, System.Collections.Generic.IComparer<T> comparer)")
def binary_search_range(self: NetList, index: int, count: int, item: Any, comparer: Any) -> int:
    check_range(self, index, count)
    return ordering.search_part(self.items, index, count, item, order_of(comparer))
