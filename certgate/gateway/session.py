"""What lives longer than one request: counters, caches, and how often the backend was asked.

A run works on a copy of its own, so that a run that is made again, for another answer to an open question, starts from
the same state. Knows none of what is counted or kept: each family of policies has a table of its own here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import field, slotted

if TYPE_CHECKING:
    from collections.abc import Hashable
    from typing import Any

MAX_ENTRIES = 100_000
"""SECURITY: the most entries of a table; policies choose the keys."""


class Full(Exception):
    """A table of the session has no room for another entry."""


@slotted
class Session:
    """`tables`: by the family of policies, then by key. Values are immutable, so that a copy of the tables is a copy of
    the session. `forwarded`: the requests that the backend has got so far.

    `uncertain`: an earlier request was undecided, so that all this is what its way with every answer *good* left;
    `used`: somebody has asked for an entry."""

    tables: dict[str, dict[Hashable, Any]] = field(default_factory=dict)
    forwarded: int = 0
    uncertain: bool = False
    used: bool = False

    def get(self, family: str, key: Hashable) -> Any:
        """The entry, or None."""
        self.used = True
        return self.tables.get(family, {}).get(key)

    def put(self, family: str, key: Hashable, value: Any) -> None:
        """Keep an immutable value. Raises Full."""
        table = self.tables.setdefault(family, {})
        if len(table) >= MAX_ENTRIES and key not in table:
            raise Full
        table[key] = value

    def remove(self, family: str, key: Hashable) -> None:
        self.tables.get(family, {}).pop(key, None)

    def fork(self) -> Session:
        """A copy that changes apart from this one."""
        return Session({family: dict(table) for family, table in self.tables.items()}, self.forwarded, self.uncertain)

    def adopt(self, other: Session) -> None:
        """Take over the state of a fork."""
        self.tables, self.forwarded = other.tables, other.forwarded
