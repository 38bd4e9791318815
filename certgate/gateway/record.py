"""What one run leaves behind: its steps, the assumptions that took part, what was sent. It decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.value import field, slotted
from certgate.gateway.assumptions import ASSUMPTIONS
from certgate.gateway.ending import Undecided
from certgate.gateway.outcome import DecidedBy, Open, Step
from certgate.policy.declaration import Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from certgate.core.source import Place
    from certgate.gateway.certificates.identity import Comparison
    from certgate.gateway.context.data import ContextData
    from certgate.gateway.outcome import Assumption, BackendRequest, Call, Evaluated, LastError, Received
    from certgate.gateway.settings import Gateway
    from certgate.gateway.situation import Situation
    from certgate.policy.document import Element

_NO_DATA: Mapping[str, Any] = {}


@slotted
class Draft:
    """A step while its element runs."""

    element: Element
    section: str
    effect: str = ""
    expressions: list[Evaluated] = field(default_factory=list)
    data: Mapping[str, Any] = _NO_DATA

    def step(self) -> Step:
        element, expressions = self.element, tuple(self.expressions)
        return Step(
            *(element.name, element.path, element.scope, element.place(), self.effect, expressions),
            section=self.section,
            data=self.data,
        )


class Record:
    """The record of a run, written while it runs."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.section = Section.INBOUND
        self.last_error: LastError | None = None
        self.received: Received | None = None
        self.backend: BackendRequest | None = None
        self.calls: list[Call] = []
        self.entered: list[str] = []
        """The sections that were entered, in order."""
        self.comparisons: list[Comparison] = []
        self.passed_over: list[Element] = []
        """Policies that this kind of gateway does not have."""
        self.stopped = ""
        """The proxy that answered in front of the gateway, and why."""
        self._drafts: list[Draft] = []
        self._open_drafts: list[Draft] = []
        self._expression: Place | None = None
        self._assumed: dict[str, Assumption] = {}

    @property
    def gateway(self) -> Gateway:
        return self.situation.gateway

    @property
    def now(self) -> datetime:
        return self.situation.now

    @property
    def context(self) -> ContextData:
        return self.gateway.context

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(draft.step() for draft in self._drafts)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        return tuple(sorted(self._assumed.values(), key=lambda each: each.id))

    def assume(self, name: str) -> None:
        """A simulator default took part."""
        self._assumed[name] = ASSUMPTIONS[name]

    def says(self, effect: str) -> None:
        """What the element that is running did."""
        self._open_drafts[-1].effect = effect

    def traced(self, **data: Any) -> None:
        """What a trace of the gateway itself tells of the element that is running: texts, numbers, flags or null."""
        if self.situation.tracing:
            self._open_drafts[-1].data = {name: _plain(value) for name, value in data.items()}

    def compared(self, comparisons: Iterable[Comparison]) -> None:
        """Attributes of an identity were compared."""
        for comparison in comparisons:
            self.comparisons.append(comparison)
            for name in comparison.assumptions:
                self.assume(name)

    def not_simulated(self, element: Element, message: str, *, attribute: str = "") -> Undecided:
        """The outcome cannot be said: the run has come to something that certgate does not do. Its place is that of
        the `attribute`'s value, or else of the element."""
        self.says(message)
        value = element.value(attribute)
        return Undecided(element, Open(message, value.span.place() if value else element.place()))

    @property
    def here(self) -> DecidedBy | None:
        """The expression that is evaluated, or else the element that runs."""
        if not self._open_drafts:
            return None
        element = self._open_drafts[-1].element
        return DecidedBy(element.name, element.path, self._expression or element.place())


def _plain(value: Any) -> str | bool | int | None:
    """A value as a trace shows it: other than null, flags and whole numbers its text."""
    from certgate.csharp.values import from_utf16, text_of

    if value is None or type(value) in (bool, int):
        return value  # type: ignore[no-any-return]
    return from_utf16(value if type(value) is str else text_of(value))
