"""How a section can end before its last element: with an answer, with an error, or with something that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.gateway.exchange import Response
    from certgate.gateway.outcome import Open
    from certgate.policy.document import Element


@frozen
class Answered:
    """A policy answered: nothing else runs."""

    element: Element
    response: Response


@frozen
class Failed:
    """A policy failed: on-error runs with this as ``context.LastError``. `body_message` is what the built-in body says;
    `activity`: that body names the activity, as it does for errors of the gateway itself."""

    element: Element
    status: int
    reason: str | None
    message: str
    body_message: str
    activity: bool = False
    holder: Element | None = None
    """The part of the element that failed, such as a ``when``; None: the element itself."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """What the built-in answer has besides its ``Content-Type``, such as ``Retry-After``."""
    response: Response | None = None
    """What takes the place of the built-in answer."""

    @property
    def at(self) -> Element:
        return self.holder or self.element


@frozen
class Undecided:
    """Something was reached that is not simulated or not known: the outcome is undecided."""

    element: Element
    open: Open


@frozen
class SectionEnded:
    """Nothing more of this section runs; the next one does."""

    element: Element


End = Answered | Failed | Undecided | SectionEnded
