"""``System.Lazy<T>``, which the gateway refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import ThrownException
from certgate.csharp.types import define
from certgate.csharp.values import NetObject, text_of

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

LAZY = define("System.Lazy<T>", known="Equals GetHashCode GetType IsValueCreated ReferenceEquals ToString Value")


class LazyValue(NetObject):
    """`made` holds the value in a list of one; what the factory threw is thrown again each time."""

    __slots__ = ("error", "factory", "made", "net_type", "running")

    def __init__(self, element: NetType, factory: Any, made: list[Any] | None = None) -> None:
        self.net_type: NetType = LAZY.of(element)
        self.factory = factory
        self.made = made or []
        self.error: ThrownException | None = None
        self.running = False

    def value(self) -> Any:
        if self.error is not None:
            raise self.error.value.thrown()
        if self.running:
            message = "ValueFactory attempted to access the Value property of this instance."
            raise faults.invalid_operation(message)
        if not self.made:
            self.running = True
            try:
                self.made = [self.factory()]
            except ThrownException as error:
                self.error = error
                raise
            finally:
                self.running = False
        return self.made[0]

    def to_text(self) -> str:
        if not self.made:
            return "Value is not created."
        if self.made[0] is None:
            raise faults.null_reference()
        return text_of(self.made[0])


def _make(kinds: tuple[NetType, ...], factory: Any, *_: Any) -> LazyValue:
    if factory is None:
        raise faults.argument_null("valueFactory")
    return LazyValue(kinds[0], factory)


LAZY.constructor("Lazy(System.Func<T> valueFactory)", generic=True)(_make)
LAZY.constructor("Lazy(System.Func<T> valueFactory, bool isThreadSafe)", generic=True)(_make)


@LAZY.constructor("Lazy(T value)", generic=True)
def make_done(kinds: tuple[NetType, ...], value: Any) -> LazyValue:
    return LazyValue(kinds[0], None, [value])


@LAZY.property("T Value")
def get_value(self: LazyValue) -> Any:
    return self.value()


@LAZY.property("bool IsValueCreated")
def get_is_value_created(self: LazyValue) -> bool:
    return bool(self.made)


@LAZY.method("string ToString()")
def to_string(self: LazyValue) -> str:
    return self.to_text()
