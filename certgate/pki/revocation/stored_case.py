"""One certificate before the lists of the trust store: what each list says, and what they say together.

The rules are those of RFC 5280 section 6.3.3, for full lists, delta lists over them, indirect lists, and lists that are
about some distribution points or some reasons only. Who signed a list is for `stored_signers`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from certgate.core.errors import InputError
from certgate.core.lazy import lazy
from certgate.pki.der import DerError
from certgate.pki.revocation import stored_scope
from certgate.pki.revocation.crl import ALL_REASONS, REMOVE_FROM_CRL, revoked_by
from certgate.pki.revocation.findings import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from certgate.pki.chains.facts import Facts
    from certgate.pki.revocation.crl_entries import Entry
    from certgate.pki.revocation.stored_lists import Held, IssuerLists, Series
    from certgate.pki.revocation.stored_scope import NameForm, Point

    Signer = Callable[[Held], Facts | str]
    """Who signed a list, or why that is nobody to be believed."""

_HOLD = 6
_FINAL = 2
_NEWER = "the store has a newer list of the same issuer and scope"
_NO_BASE = "it is a delta list, which names changes only, and no list in use is the one that it builds on"


class Row(NamedTuple):
    """What became of one list; `held` is None where the row is about none in particular."""

    held: Held | None
    result: str
    detail: str


class _Voice(NamedTuple):
    """A full list, brought up to date by a delta list where one fits; `entry` stands in `by`, one of the two."""

    full: Held
    delta: Held | None
    entry: Entry | None
    by: Held

    @property
    def number(self) -> int:
        return self.full.number if self.delta is None else self.delta.number


class Case:
    """What lists say of one certificate; `standing`, `reason` and `rows` tell the outcome after `close`."""

    def __init__(self, element: Facts, now: datetime, signer: Signer) -> None:
        self.element = element
        self.now = now
        self.standing = Standing.UNKNOWN
        self.reason = ""
        self.rows: list[Row] = []
        self._signer = signer
        self._covered = stored_scope.NONE
        self._clear: list[_Voice] = []
        self._outdated: list[tuple[Held, str]] = []
        self._obstacle = ""

    @lazy
    def points(self) -> tuple[Point, ...]:
        """What the certificate says of its lists; for most lists it need not be known."""
        if stored_scope.too_many_points(self.element):
            # SECURITY: one that is not looked at might be that of a list which names the certificate.
            self._obstacle = "the certificate has more distribution points than are looked at"
        return stored_scope.points(self.element)

    def other_issuers(self) -> Iterator[NameForm]:
        """Who else issues lists, indirect ones, that may be about the certificate: those whom it names as such."""
        named = {issuer for point in self.points for issuer in point.issuers or ()}
        yield from sorted(named - {self.element.issuer}, key=repr)

    def hear(self, lists: IssuerLists) -> None:
        for held, why in lists.broken:
            self._refuse(held, why)
        if lists.left_out:
            # SECURITY: one of those left out might name the certificate.
            self._obstacle = f"{lists.left_out:,} more lists of one issuer are not looked at"
            self.rows.append(Row(None, "not used", f"{self._obstacle}, so none of them says good"))
        for series in lists.series:
            self._hear(series)

    def unreadable(self, name: str, reason: str) -> None:
        self.rows.append(Row(None, "not used", f"{name} cannot be used: it cannot be read ({reason})"))

    def close(self) -> None:
        """Decide, now that all lists have spoken."""
        obstacle = self._obstacle
        if self._covered != ALL_REASONS:
            obstacle = f"no list covers the reasons {stored_scope.spelled(ALL_REASONS - self._covered)}"
        if obstacle:
            for voice in self._clear:
                self._refuse(voice.by, f"it does not name it, but {obstacle}")
            return
        cleared = [Row(voice.by, "good", _not_named(voice)) for voice in self._clear]
        self.rows[:0] = cleared
        if self.standing is Standing.UNKNOWN:
            self.standing, self.reason = Standing.GOOD, cleared[0].detail

    def _refuse(self, held: Held, why: str) -> None:
        self.rows.append(Row(held, "not used", f"{held.name} cannot be used: {why}"))

    def _revoke(self, held: Held, entry: Entry) -> None:
        said = revoked_by(entry, f"{held.name}, which ran out on {held.until}" if held.late(self.now) else held.name)
        self.rows.append(Row(held, "revoked", said))
        if self.standing is Standing.UNKNOWN:
            self.standing, self.reason = Standing.REVOKED, said

    def _hear(self, series: Series) -> None:
        covers = stored_scope.EVERYTHING
        if not series.unlimited or series.issuer != self.element.issuer:
            covers = stored_scope.coverage(series.scope, series.names, series.issuer, self.element, self.points)
        if not covers.reasons:
            for held in series.all:
                self._refuse(held, covers.why)
            return
        self._outdated = []
        deltas = [delta for delta in series.deltas if self._believed(delta)]
        voices = [voice for full in series.full if (voice := self._heard(full, deltas)) is not None]
        newest = max((voice.number for voice in voices), default=-1)
        for voice in voices:
            self._weigh(voice, newest, covers.reasons)
        used = [voice.delta for voice in voices]
        for delta in deltas:
            if delta not in used:
                self._accuse(delta, _NEWER if newest >= delta.number else delta.listed.fault or _NO_BASE, newest)
        for held, why in self._outdated:
            self._recall(held, why, newest)

    def _believed(self, delta: Held) -> bool:
        """Whether a delta list is in date and rightly signed."""
        late = self._early_or_late(delta)
        if late is not None:
            self._outdated.append((delta, late))
            return False
        signer = self._signer(delta)
        if isinstance(signer, str):
            self._refuse(delta, signer)
            return False
        return True

    def _heard(self, full: Held, deltas: list[Held]) -> _Voice | None:
        """What a full list says, with the delta list that fits; None when it cannot be used, which is then said."""
        late = self._early_or_late(full)
        if late is not None and (full.early(self.now) or not deltas):
            self._outdated.append((full, late))
            return None
        signer = self._signer(full)
        if isinstance(signer, str):
            self._refuse(full, signer)
            return None
        delta = _fitting(full, signer, deltas) if deltas else None
        if late is not None and (delta is None or not self._says_deltas(full)):
            self._outdated.append((full, late))
            return None
        if full.listed.fault is not None:
            self._accuse(full, full.listed.fault, -1)
            return None
        return self._voice(full, delta)

    def _early_or_late(self, held: Held) -> str | None:
        if held.early(self.now):
            return f"it is not valid before {held.listed.this_update:%Y-%m-%d %H:%M} UTC"
        return f"it ran out on {held.until}" if held.late(self.now) else None

    def _recall(self, held: Held, why: str, newest: int) -> None:
        """A list out of date clears nobody. One that has run out, but is newer than those in use, still revokes whom it
        names for good: the one that is wanted in its place names the certificate too (RFC 5280 section 3.3)."""
        entry = self._entry(held) if held.number > newest and not held.early(self.now) else None
        if entry is None or _gravity(entry) < _FINAL or isinstance(self._signer(held), str):
            self._refuse(held, why)
        else:
            self._revoke(held, entry)

    def _says_deltas(self, full: Held) -> bool:
        """Whether the list or the certificate says that there are delta lists.

        Only then do these keep a list in use that has run out, or take a certificate off it.
        """
        if full.listed.freshest:
            return True
        try:
            return bool(self.element.certificate.freshest_crl)
        except InputError:
            return False

    def _voice(self, full: Held, delta: Held | None) -> _Voice:
        changed = None if delta is None else self._entry(delta)
        if delta is not None and changed is not None:
            if changed.reason != REMOVE_FROM_CRL:
                return _Voice(full, delta, changed, delta)
            if self._says_deltas(full):
                return _Voice(full, delta, None, delta)
        entry = self._entry(full)
        if entry is not None and entry.reason != REMOVE_FROM_CRL:
            return _Voice(full, delta, entry, full)
        return _Voice(full, delta, None, delta or full)

    def _entry(self, held: Held) -> Entry | None:
        """The entry of the certificate; of several the gravest."""
        certificate = self.element.certificate
        try:
            found = held.listed.entries(certificate.serial_bytes, certificate.issuer_name.raw)
        except DerError:
            return None
        return max(found, key=_gravity) if found else None

    def _accuse(self, held: Held, why: str, newest: int) -> None:
        """A list that clears nobody, because it has a fault or lacks its base, still revokes whom it names.

        RFC 5280 says not to use a list with an unknown critical extension at all; X.509 (section 7.3) and PKITS 4.4.8
        and 4.4.9 take whom it names for revoked, and that is the safe side.
        """
        entry = self._entry(held)
        if entry is None or entry.reason == REMOVE_FROM_CRL or _lifted(entry, held.number, newest):
            self._refuse(held, why)
        else:
            self._revoke(held, entry)

    def _weigh(self, voice: _Voice, newest: int, reasons: frozenset[int]) -> None:
        """Of lists with one scope the newest decides who is good; whom an older one names stays revoked, unless it was
        on hold only."""
        self._covered |= reasons
        if voice.entry is not None and not _lifted(voice.entry, voice.number, newest):
            self._revoke(voice.by, voice.entry)
        elif voice.number < newest:
            self._refuse(voice.full, _NEWER)
        else:
            self._clear.append(voice)


def _fitting(full: Held, signer: Facts, deltas: list[Held]) -> Held | None:
    """The newest delta list for a full one: signed by the same key (RFC 5280 section 5.2.4)."""
    key = signer.certificate.public_key.spki
    return next((delta for delta in deltas if delta.fits(full) and delta.listed.signed_by(key)), None)


def _gravity(entry: Entry) -> int:
    return {REMOVE_FROM_CRL: 0, _HOLD: 1}.get(entry.reason if entry.reason is not None else -1, _FINAL)


def _lifted(entry: Entry, number: int, newest: int) -> bool:
    """Whether an entry was a hold that a newer list, which does not name the certificate, has ended."""
    return entry.reason == _HOLD and 0 <= number < newest


def _not_named(voice: _Voice) -> str:
    full, delta = voice.full, voice.delta
    if delta is None:
        return full.clears
    return f"{full.name} with the changes of {delta.name}, which holds until {delta.until}, does not name it"
