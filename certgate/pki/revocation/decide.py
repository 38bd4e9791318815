"""Revocation of a chain, as .NET on Linux goes through it: who is asked in which order, and which flags are set.

First the lists of all elements are fetched, from the end certificate up; then each element is judged, from the top
down, and where the lists leave it open OCSP is asked. Where a list of the trust store speaks, it goes before all that.
Source: the behaviour of .NET 10's ``X509Chain`` on Linux.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.lazy import lazy
from certgate.pki.chains.checks import title
from certgate.pki.revocation.answers import Answers
from certgate.pki.revocation.findings import Findings, Inquiry, Standing
from certgate.pki.verdict import ChainStatus, Evidence, Revocation, RevocationScope

if TYPE_CHECKING:
    from certgate.pki.chains.facts import Facts
    from certgate.pki.revocation.answers import Said
    from certgate.pki.revocation.stored import StoredJudge

_ASSUMED = frozenset({Revocation.ASSUME_GOOD, Revocation.ASSUME_REVOKED, Revocation.ASSUME_UNKNOWN})


def check(inquiry: Inquiry) -> Findings:
    """The revocation of a complete chain."""
    if inquiry.mode is Revocation.NONE:
        return Findings()
    return _Case(inquiry).findings()


class _Case:
    """One chain in question."""

    def __init__(self, inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        self.elements = inquiry.elements
        self.depths = _depths(len(inquiry.elements), inquiry.scope)
        self.obstacle = inquiry.obstacle
        self.found = Findings()
        self.stored: dict[int, Said] = {}

    @lazy
    def answers(self) -> Answers:
        """What addresses answer; not made where the lists of the store tell all."""
        return Answers(self.inquiry, self.found)

    def findings(self) -> Findings:
        """Below a revoked element nothing is known; the root never gets a flag for being unknown."""
        found = self.found
        if self.obstacle is None:
            self._gather()
        revoked_above: Facts | None = None
        for depth in reversed(self.depths):
            if revoked_above is None:
                standing, reason = self._said(depth)
            else:
                standing = Standing.UNKNOWN
                reason = f"nothing is known below {title(revoked_above)}, which is revoked"
                self.answers.pass_over(depth, reason)
            found.standings[depth] = standing
            if standing is Standing.REVOKED:
                found.flags[depth] = [(ChainStatus.REVOKED, reason)]
                revoked_above = self.elements[depth]
            elif standing is Standing.UNKNOWN and depth < len(self.elements) - 1:
                found.unknown(depth, reason)
        if len(self.stored) < len(self.depths):
            self._sort()
        return found

    def _gather(self) -> None:
        """What the lists of the store say, and for what they leave open the lists of the addresses."""
        judge = self._stored_judge()
        for depth in self.depths:
            said = None if judge is None else judge.judge(depth, self.found)
            if said is not None:
                self.stored[depth] = said
            elif self.inquiry.mode not in _ASSUMED:
                self.answers.fetch_list(depth)

    def _stored_judge(self) -> StoredJudge | None:
        if not self.inquiry.lists:
            return None
        # Imported here: many stores have no lists.
        from certgate.pki.revocation.stored import StoredJudge

        return StoredJudge(self.inquiry)

    def _said(self, depth: int) -> Said:
        element, mode = self.elements[depth], self.inquiry.mode
        if self.obstacle is not None:
            faulty = title(self.elements[self.obstacle.depth])
            reason = f"revocation is not looked into: .NET stops at a fault of {faulty} ({self.obstacle.reason})"
            return Standing.UNKNOWN, reason
        if depth in self.stored:
            return self.stored[depth]
        if mode in _ASSUMED:
            return _assumed(element, mode, self.found)
        standing, reason, early = self.answers.of_lists(depth)
        again = standing is Standing.GOOD and self._asks_again(early)
        if standing is not Standing.UNKNOWN and not again:
            return standing, reason
        standing, by_ocsp = self.answers.of_ocsp(depth)
        if standing is not Standing.UNKNOWN:
            return standing, by_ocsp
        if again:
            reason += (
                "; but with the end certificate alone in question, .NET asks OCSP too when a date is wrong, be it the "
                "list's, and "
            )
            return standing, reason + (by_ocsp or "it names no http address for that")
        return standing, "; ".join(filter(None, (reason, by_ocsp))) or self.answers.no_address(element)

    def _asks_again(self, early: bool) -> bool:
        """With the end certificate alone in question, .NET asks OCSP too when anything in the chain is wrong, be it a
        date, and what that says counts. SECURITY: so does a list that is not valid yet, though .NET takes that one."""
        only = self.inquiry.scope is RevocationScope.END_CERTIFICATE_ONLY
        return only and bool(self.inquiry.faults or early) and len(self.elements) > 1

    def _sort(self) -> None:
        """What is open in the order in which .NET asks, and the evidence from the end certificate up."""
        found, answers = self.found, self.answers
        found.wanted = tuple(dict.fromkeys((*reversed(answers.open_lists), *answers.open_responders)))
        found.settle = tuple(dict.fromkeys(found.settle))
        places = {element.certificate.thumbprint: depth for depth, element in enumerate(self.elements)}
        found.evidence.sort(key=lambda one: places[one.subject])


def _depths(length: int, scope: RevocationScope) -> range:
    """The elements to ask about: the root alone is a root, whatever the scope says."""
    match scope:
        case RevocationScope.END_CERTIFICATE_ONLY:
            return range(1)
        case RevocationScope.EXCLUDE_ROOT:
            return range(length - 1)
        case RevocationScope.ENTIRE_CHAIN:
            return range(length)


def _assumed(element: Facts, mode: Revocation, findings: Findings) -> Said:
    assumed = mode.value.removeprefix("assume-")
    reason = f"{title(element)} is assumed to be {assumed}, as --revocation {mode.value} says"
    findings.evidence.append(Evidence("assumption", element.certificate.thumbprint, assumed, detail=reason))
    note = f"what no list of the trust store says is assumed, as --revocation {mode.value} asks"
    if note not in findings.notes:
        findings.notes.append(note)
    return Standing(assumed), reason
