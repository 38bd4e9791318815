"""Enumerators as values: what ``GetEnumerator`` gives, and what ``Current`` says before the first element and behind
the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.types import TypeDefinition, define
from certgate.csharp.values import NetArray, NetObject, default_of, iterate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.types import NetType

_END: Any = object()
_BEFORE, _INSIDE, _BEHIND = range(3)
_NOT_STARTED = "Enumeration has not started. Call MoveNext."
_FINISHED = "Enumeration already finished."


class EnumeratorValue(NetObject):
    """An enumerator. Arrays, queues and stacks throw where there is no current element; others give the default."""

    __slots__ = ("current", "iterator", "net_type", "place", "source")

    def __init__(self, source: Any, net_type: NetType) -> None:
        self.source = source
        self.net_type = net_type
        self.reset_place()

    def reset_place(self) -> None:
        self.iterator: Iterator[Any] = iterate(self.source)
        self.current: Any = None
        self.place = _BEFORE

    def move_next(self) -> bool:
        found = next(self.iterator, _END) if self.place != _BEHIND else _END
        self.place = _BEHIND if found is _END else _INSIDE
        self.current = None if found is _END else found
        return found is not _END

    def reset(self) -> None:
        """NotSupportedException for a sequence that is computed while it is enumerated."""
        from certgate.csharp.values import NetSequence

        if isinstance(self.source, NetSequence):
            raise faults.not_supported()
        self.reset_place()

    def typed_current(self) -> Any:
        """``Current`` of an ``IEnumerator<T>``."""
        if self.place == _INSIDE:
            return self.current
        if isinstance(self.source, NetArray) or getattr(self.source, "strict", False):
            raise faults.invalid_operation(_NOT_STARTED if self.place == _BEFORE else _FINISHED)
        return default_of(self.net_type.arguments[0]) if self.net_type.arguments else None

    def untyped_current(self) -> Any:
        """``Current`` of an ``IEnumerator``."""
        from certgate.csharp.values import NetSequence

        if self.place == _INSIDE or isinstance(self.source, NetSequence):
            return self.current
        if isinstance(self.source, NetArray) or getattr(self.source, "strict", False) or self._is_untyped():
            raise faults.invalid_operation(_NOT_STARTED if self.place == _BEFORE else _FINISHED)
        raise faults.invalid_operation("Enumeration has either not started or has already finished.")

    def _is_untyped(self) -> bool:
        """Whether the source is one of the collections that have no type of elements."""
        return self.source.__class__ is str or not self.source.net_type.arguments


def declare_enumerator(full_name: str) -> TypeDefinition:
    """The struct that a collection's own ``GetEnumerator`` gives, which the gateway refuses."""
    definition = define(
        f"{full_name}<T>",
        kind="struct",
        bases=("System.Collections.Generic.IEnumerator<T>",),
        known="Current Dispose Equals GetHashCode GetType MoveNext ToString",
    )
    definition.property("T Current")(EnumeratorValue.typed_current)
    definition.method("bool MoveNext()")(EnumeratorValue.move_next)
    definition.method("void Dispose()")(lambda self: None)
    return definition
