"""One thing said about one place: a code, a message, what to do about it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from certgate.core.value import frozen

if TYPE_CHECKING:
    from certgate.core.source import Place


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@frozen
class Finding:
    """One thing said about one place: a stable code, a message, and what to do about it. `words`: how the simulated
    gateway itself says it, where that is known."""

    code: str
    message: str
    place: Place | None = None
    severity: Severity = Severity.ERROR
    hint: str | None = None
    words: str | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message
