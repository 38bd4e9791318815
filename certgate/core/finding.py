"""Answers and findings: the three-valued status of a check, and one thing said about one place."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from certgate.core.value import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certgate.core.source import Place


class Status(StrEnum):
    """Pass, fail, unknown. SECURITY: unknown is never a pass."""

    PASS = "pass"  # noqa: S105 - the word, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"

    @classmethod
    def all_of(cls, statuses: Iterable[Status]) -> Status:
        """FAIL if any fails, else UNKNOWN if any is unknown or there are none at all, else PASS."""
        seen = set(statuses)
        if cls.FAIL in seen:
            return cls.FAIL
        return cls.UNKNOWN if cls.UNKNOWN in seen or not seen else cls.PASS

    @classmethod
    def any_of(cls, statuses: Iterable[Status]) -> Status:
        """PASS if any passes, else UNKNOWN if any is unknown, else FAIL."""
        seen = set(statuses)
        if cls.PASS in seen:
            return cls.PASS
        return cls.UNKNOWN if cls.UNKNOWN in seen else cls.FAIL


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@frozen
class Finding:
    """One thing said about one place: a stable code, a message, and what to do about it."""

    code: str
    message: str
    place: Place | None = None
    severity: Severity = Severity.ERROR
    hint: str | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message
