"""Members that are worked out when first asked for: :class:`lazy`.

`functools.cached_property` means the same, but up to Python 3.11 takes a lock for each first use, which is most of the
time that a cheap member costs. Two threads may work a member out twice here; they get the same answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - reads as a decorator
    """A property whose value is kept in the instance's ``__dict__`` under its own name."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> T | Self:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._make(instance)
        return value
