"""One evaluation: what it is given, what it may spend, and the exceptions of the simulated program as values.

SECURITY: steps, sizes, recursion and time are bounded here; every loop and call of the program and every library
function that makes something large charges the budget, so a hostile expression ends in :class:`BudgetExceeded`. What a
call is given that is large is charged where it is called (``compiler/calls.py``).
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from certgate.core.value import field, frozen, slotted
from certgate.csharp.depth import TooDeep, make_room

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo
    from types import TracebackType


class ThrownException(Exception):
    """An exception of the simulated program: .NET type name, message and place (offsets, None where not known yet).

    `value` is the exception as C# sees it, made when a handler first asks for it.
    """

    def __init__(self, type_name: str, message: str, value: Any = None) -> None:
        super().__init__(f"{type_name}: {message}")
        self.type_name = type_name
        self.message = message
        self._value = value
        self.start: int | None = None
        self.end: int | None = None

    @property
    def value(self) -> Any:
        if self._value is None:
            from certgate.csharp.exceptions import ExceptionValue

            self._value = ExceptionValue(self.type_name, self.message)
        return self._value

    def at(self, start: int, end: int) -> ThrownException:
        """Note the place, unless an inner one is known already."""
        if self.start is None:
            self.start, self.end = start, end
        return self


class UnsupportedReached(Exception):
    """The evaluation came to something that certgate does not simulate: its outcome is unknown."""

    def __init__(self, message: str, start: int | None = None, end: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end


class BudgetExceeded(Exception):
    """The evaluation was ended; the message says which limit it met, starting with ``expression exceeded``."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@frozen
class Limits:
    """What one evaluation may spend. `clock` gives seconds that only grow; without it time is not measured.

    The gateway ends an expression with a loop after five seconds.
    """

    steps: int = 20_000_000
    """One is about a tenth of a microsecond: a node of the program, each time that a turn of a loop or a call of one of
    its functions runs over it; what the library does counts as several. The slowest loops end after two seconds."""
    seconds: float = 5.0
    items: int = 32 * 1024 * 1024
    """All characters and elements that the evaluation may create, together."""
    depth: int = 120
    """Nested calls of the program's own functions."""
    clock: Callable[[], float] | None = None


_LOOK = 10_000
"""Steps between two looks at the clock."""


class Budget:
    """What is left of the limits."""

    __slots__ = ("_deadline", "_next_look", "depth", "items", "limits", "steps")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.steps = limits.steps
        self.items = limits.items
        self.depth = limits.depth
        self._deadline = limits.clock() + limits.seconds if limits.clock else None
        self._next_look = self.steps - _LOOK

    def step(self, count: int = 1) -> None:
        """Charge loop turns and calls."""
        self.steps -= count
        if self.steps < self._next_look:
            self._look()

    def _look(self) -> None:
        if self.steps < 0:
            message = f"expression exceeded its limit of {self.limits.steps:,} steps"
            raise BudgetExceeded(f"{message}; the gateway itself ends a loop after five seconds")
        self._next_look = self.steps - _LOOK
        if self._deadline is not None and self.limits.clock is not None and self.limits.clock() > self._deadline:
            raise BudgetExceeded(f"expression exceeded its time limit of {self.limits.seconds:g} seconds")

    def size(self, count: int) -> None:
        """Charge characters or elements before they are made."""
        self.items -= count
        if self.items < 0:
            raise BudgetExceeded(f"expression exceeded its limit of {self.limits.items:,} characters and elements")
        self.step((count >> 6) + 1)

    def enter(self, cost: int) -> None:
        """Charge a nested call that takes `cost` steps; :meth:`leave` gives its level back."""
        self.depth -= 1
        self.steps -= cost
        if self.steps < self._next_look:
            self._look()
        if self.depth < 0:
            raise BudgetExceeded(f"expression exceeded its limit of {self.limits.depth} nested calls")

    def leave(self) -> None:
        self.depth += 1


@slotted
class Evaluation:
    """One run of one expression: the values of its globals (``context``), the moment, the gateway's zone, its limits.

    `verify` is given a certificate and answers ``Verify()`` (second argument True) or ``VerifyNoRevocation()`` (False);
    what it raises passes through. `entropy` gives that many random bytes; without it a random value is *unsupported*.
    """

    globals: Mapping[str, Any]
    now: datetime
    zone: tzinfo
    verify: Callable[[Any, bool], bool] | None = None
    limits: Limits = field(default_factory=Limits)
    entropy: Callable[[int], bytes] | None = None
    literals_outside: bool = False
    """Whether a string of the globals may be a literal of another expression, which is the same object as one here."""
    budget: Budget = field(init=False)
    recorder: Any = field(default=None, init=False)
    """What notes the sub-expressions while the explain tree is made."""

    def __post_init__(self) -> None:
        self.budget = Budget(self.limits)


TOO_DEEP = "expression exceeded the depth that certgate can follow"

_current: ContextVar[Budget | None] = ContextVar("budget", default=None)


class running:  # noqa: N801 - reads as a word in a with statement
    """While it is open, library functions charge this budget. Deep nesting becomes BudgetExceeded."""

    __slots__ = ("_budget", "_token")

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def __enter__(self) -> None:
        # The closures of one nested call take up to two dozen Python frames; the budget, not Python, is to be the
        # limit.
        make_room()
        self._token = _current.set(self._budget)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _current.reset(self._token)
        if isinstance(error, RecursionError | TooDeep):
            raise BudgetExceeded(TOO_DEEP) from None
        if isinstance(error, MemoryError):
            raise BudgetExceeded("expression exceeded the memory that certgate can have") from None


_TURN = 4
"""Steps of a turn of a loop in the library."""


def charge_steps(count: int) -> None:
    """For library functions: charge `count` loop turns to the evaluation that is running."""
    budget = _current.get()
    if budget is not None:
        budget.step(count * _TURN)


def charge_size(count: int) -> None:
    """For library functions: charge `count` characters or elements, before making them."""
    budget = _current.get()
    if budget is not None:
        budget.size(count)


def null_reference() -> ThrownException:
    return ThrownException("System.NullReferenceException", "Object reference not set to an instance of an object.")


def argument_null(name: str) -> ThrownException:
    return ThrownException("System.ArgumentNullException", f"Value cannot be null. (Parameter '{name}')")


def out_of_range(
    name: str, message: str = "Specified argument was out of the range of valid values."
) -> ThrownException:
    return ThrownException("System.ArgumentOutOfRangeException", f"{message} (Parameter '{name}')")


def invalid_cast(source: str, target: str) -> ThrownException:
    """`source` and `target` are reflection names."""
    message = f"Unable to cast object of type '{source}' to type '{target}'."
    return ThrownException("System.InvalidCastException", message)
