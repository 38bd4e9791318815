"""The lists of a trust store made ready for looking things up: read once, found by issuer, sorted by what they cover.

Knows nothing of the certificate in question. What is read, verified or worked out stays with the store, so that only
the first certificate of an issuer pays for it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from certgate.core.lazy import lazy
from certgate.core.memory import keep
from certgate.pki.der import DerError
from certgate.pki.names import canonical
from certgate.pki.revocation import crl
from certgate.pki.revocation.crl import Scope
from certgate.pki.revocation.stored_scope import point_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from certgate.pki.chains.facts import Facts
    from certgate.pki.revocation.crl import RevocationList
    from certgate.pki.revocation.findings import Standing
    from certgate.pki.revocation.stored_scope import Key, NameForm
    from certgate.pki.stores.trust import StoredCrl
    from certgate.pki.verdict import Evidence

    Moment = tuple[tuple[Facts, ...], datetime]
    """A path and when it was judged."""

MAX_LISTS = 1_000
"""SECURITY: the most lists of one issuer that are looked at; where there are more, none of them says good."""
_REMEMBERED_STORES = 16
REMEMBERED_ISSUERS = 256


class Held:
    """One list and what is worked out of it. `number` is -1 where it has none that can be read."""

    def __init__(self, stored: StoredCrl, listed: RevocationList) -> None:
        self.source = stored.source
        self.name = stored.source or "a revocation list of the store"
        self.listed = listed
        self.issuer: NameForm = canonical(listed.issuer)
        self.number = -1
        # A number that cannot be read is a fault of the list, and said as such where the list is used.
        with suppress(DerError):
            self.number = -1 if listed.number is None else listed.number

    def __repr__(self) -> str:
        return f"Held({self.name!r})"

    @lazy
    def indirect(self) -> bool:
        """Whether it may be about certificates of other issuers; a list whose scope cannot be read is about none."""
        try:
            return self.listed.scope.indirect
        except DerError:
            return False

    @lazy
    def until(self) -> str:
        """When a newer list is due, for a sentence."""
        due = self.listed.next_update
        return "an unknown moment" if due is None else f"{due:%Y-%m-%d %H:%M} UTC"

    @lazy
    def clears(self) -> str:
        """The sentence on whom it does not name."""
        return f"{self.name} holds until {self.until} and does not name it"

    def early(self, now: datetime) -> bool:
        return self.listed.this_update > now

    def late(self, now: datetime) -> bool:
        return self.listed.next_update is not None and self.listed.next_update <= now

    def fits(self, full: Held) -> bool:
        """Whether this delta list may be laid over a full one, by their numbers (RFC 5280 section 5.2.4)."""
        base = self.listed.base if self.listed.fault is None else None
        return base is not None and full.number >= 0 and base <= full.number < self.number

    def newness(self) -> tuple[int, object]:
        return self.number, self.listed.this_update


class Series:
    """The lists of one issuer with one scope and one authority key: full ones and deltas, each newest first."""

    def __init__(self, issuer: NameForm, scope: Scope, names: frozenset[Key] | None, lists: list[Held]) -> None:
        self.issuer = issuer
        self.scope = scope
        self.names = names
        newest_first = sorted(lists, key=Held.newness, reverse=True)
        self.full = tuple(held for held in newest_first if not held.listed.delta)
        self.deltas = tuple(held for held in newest_first if held.listed.delta)
        self.unlimited = scope in (Scope(), Scope(indirect=True))

    @property
    def all(self) -> tuple[Held, ...]:
        return self.full + self.deltas


class IssuerLists:
    """All lists of one issuer; `broken` are those of which not even the scope can be read, each with the reason."""

    def __init__(self, issuer: NameForm, lists: list[Held]) -> None:
        self.left_out = max(0, len(lists) - MAX_LISTS)
        self.broken: list[tuple[Held, str]] = []
        groups: dict[object, tuple[Scope, frozenset[Key] | None, list[Held]]] = {}
        for held in lists[:MAX_LISTS]:
            try:
                scope = held.listed.scope
                names = point_names(scope, held.listed.issuer)
                key = held.listed.authority_key_identifier
            except DerError as error:
                self.broken.append((held, f"it cannot be read: {error}"))
                continue
            limits = scope._replace(names=(), relative=False, relative_name=None), names, key
            groups.setdefault(limits, (scope, names, []))[2].append(held)
        self.series = tuple(Series(issuer, *group) for group in groups.values())

    @property
    def only(self) -> Held | None:
        """The list, where there is one only, which is full and about everybody."""
        if self.left_out or self.broken or len(self.series) != 1:
            return None
        series = self.series[0]
        return series.full[0] if series.unlimited and len(series.full) == 1 and not series.deltas else None


class Heard(NamedTuple):
    """What the lists of a store said of one certificate."""

    standing: Standing
    reason: str
    evidence: tuple[Evidence, ...]


class StoreLists:
    """The lists of one store, found by their issuer, and what was worked out of them so far."""

    def __init__(self, lists: tuple[StoredCrl, ...]) -> None:
        self._store = lists
        self.heard: dict[Moment, Heard] = {}
        """What was said of issuers, by their path and the moment."""
        self.plain: dict[Moment, Held | None] = {}
        """The one list that tells of all whom somebody issued, if there is such a list, by the path of that issuer."""
        self._read: dict[NameForm, list[Held]] = {}
        self._sorted: dict[NameForm, IssuerLists] = {}
        self.unreadable: list[tuple[StoredCrl, str]] = []
        for stored in lists:
            try:
                held = Held(stored, crl.parse(stored.der))
            except DerError as error:
                self.unreadable.append((stored, str(error)))
                continue
            self._read.setdefault(held.issuer, []).append(held)

    @lazy
    def indirect(self) -> bool:
        """Whether there is an indirect list, which is about certificates of other issuers too."""
        return any(held.indirect for lists in self._read.values() for held in lists)

    def of(self, issuer: NameForm) -> IssuerLists | None:
        """The lists of an issuer, None where there are none."""
        found = self._sorted.get(issuer)
        if found is None and issuer in self._read:
            found = self._sorted[issuer] = IssuerLists(issuer, self._read[issuer])
        return found

    def __iter__(self) -> Iterator[IssuerLists]:
        for issuer in self._read:
            found = self.of(issuer)
            if found is not None:
                yield found

    def seem_of(self, issuer: bytes) -> Iterator[tuple[str, str]]:
        """What is no list at all, but holds the name (DER) of the issuer: its file and the reason."""
        for stored, reason in self.unreadable:
            if issuer in stored.der:
                yield stored.source or "a revocation list of the store", reason


_known: dict[int, StoreLists] = {}


def lists_of(lists: tuple[StoredCrl, ...]) -> StoreLists:
    """The lists of a store, made ready. They are kept, so that their identity is not used again meanwhile."""
    found = _known.get(id(lists))
    return found if found is not None else keep(_known, id(lists), StoreLists(lists), _REMEMBERED_STORES)
