"""Revocation of a chain, as .NET on Linux goes through it: who is asked in which order, and which flags are set.

First the lists of all elements are fetched, from the end certificate up; then each element is judged, from the top
down, and where the lists leave it open OCSP is asked. Where a list of the trust store speaks, it goes before all that.
Source: the behaviour of .NET 10's ``X509Chain`` on Linux.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from certgate.core.fetch import Answer, Given, Kind
from certgate.pki.checks import title
from certgate.pki.revocation import stored
from certgate.pki.revocation.addresses import crl_urls, ocsp_urls
from certgate.pki.revocation.findings import Findings, Inquiry, Standing
from certgate.pki.revocation.sources import Sources, row, silence, status
from certgate.pki.verdict import ChainStatus, Evidence, Revocation, RevocationScope

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.pki.crl import RevocationList
    from certgate.pki.facts import Facts
    from certgate.pki.revocation.fetched import FetchedList, Judgement

_Said = tuple[Standing, str]
"""What is known of an element, and why."""

_ASSUMED = frozenset({Revocation.ASSUME_GOOD, Revocation.ASSUME_REVOKED, Revocation.ASSUME_UNKNOWN})


def check(inquiry: Inquiry) -> Findings:
    """The revocation of a complete chain."""
    if inquiry.mode is Revocation.NONE:
        return Findings()
    return _Case(inquiry).findings()


def _depths(length: int, scope: RevocationScope) -> range:
    """The elements to ask about: the root alone is a root, whatever the scope says."""
    match scope:
        case RevocationScope.END_CERTIFICATE_ONLY:
            return range(1)
        case RevocationScope.EXCLUDE_ROOT:
            return range(length - 1)
        case RevocationScope.ENTIRE_CHAIN:
            return range(length)


class _Own(NamedTuple):
    """What the address for lists of one element answered, and the list in it, if there is one."""

    url: str
    answer: Answer
    list: RevocationList | None


class _Case:
    """One chain in question."""

    def __init__(self, inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        self.elements = inquiry.elements
        self.depths = _depths(len(inquiry.elements), inquiry.scope)
        self.offline = inquiry.mode is Revocation.OFFLINE
        self.sources = Sources(inquiry.fetcher, trusted=inquiry.trusted, offline=self.offline)
        self.found = Findings()
        self.stored: dict[int, _Said] = {}
        self.own: dict[int, _Own] = {}
        self.lists: list[FetchedList] = []
        self.open_lists: list[str] = []
        self.open_responders: list[str] = []

    def findings(self) -> Findings:
        """Below a revoked element nothing is known; the root never gets a flag for being unknown."""
        found = self.found
        if self.inquiry.asks:
            self._gather()
        revoked_above: Facts | None = None
        for depth in reversed(self.depths):
            if revoked_above is None:
                standing, reason = self._standing(depth)
            else:
                standing = Standing.UNKNOWN
                reason = f"nothing is known below {title(revoked_above)}, which is revoked"
            found.standings[depth] = standing
            if standing is Standing.REVOKED:
                found.flags[depth] = [(ChainStatus.REVOKED, reason)]
                revoked_above = self.elements[depth]
            elif standing is Standing.UNKNOWN and depth < len(self.elements) - 1:
                found.unknown(depth, reason)
        found.wanted = tuple(dict.fromkeys((*reversed(self.open_lists), *self.open_responders)))
        found.settle = tuple(dict.fromkeys(found.settle))
        self._sort_evidence()
        return found

    def _sort_evidence(self) -> None:
        """From the end certificate up, whatever the order of asking."""
        if len(self.found.evidence) > 1:
            places = {element.certificate.thumbprint: depth for depth, element in enumerate(self.elements)}
            self.found.evidence.sort(key=lambda one: places[one.subject])

    def _gather(self) -> None:
        """What the lists of the store say, and the lists of the addresses for what they leave open."""
        for depth in self.depths:
            said = stored.judge(self.inquiry, depth, self.found)
            if said is not None:
                self.stored[depth] = said
            elif self.inquiry.mode not in _ASSUMED:
                self._fetch_list(depth)

    def _fetch_list(self, depth: int) -> None:
        urls = crl_urls(self.elements[depth])
        if not urls:
            return
        answer = self.sources.ask(urls[0], Kind.CRL, self._fresh_list)
        listed = None
        if answer.known and answer.body is not None:
            # Imported here: most chains are judged without any answer.
            from certgate.pki.revocation.fetched import FetchedList, read

            listed = read(answer.body)
            if listed is not None and all(listed is not one.list for one in self.lists):
                self.lists.append(FetchedList(urls[0], listed, answer))
        self.own[depth] = _Own(urls[0], answer, listed)

    def _fresh_list(self, body: bytes, moment: datetime) -> bool:
        from certgate.pki.revocation.fetched import fresh, read

        kept = read(body)
        return kept is not None and fresh(kept, moment, self.inquiry.now)

    def _standing(self, depth: int) -> _Said:
        element, mode = self.elements[depth], self.inquiry.mode
        if not self.inquiry.asks:
            return Standing.UNKNOWN, "revocation is not looked into, since the chain is refused for another reason"
        if depth in self.stored:
            return self.stored[depth]
        if mode in _ASSUMED:
            return _assumed(element, mode, self.found)
        own = self.own.get(depth)
        if own is not None and not own.answer.known:
            self._leave_open(element, own)
            return Standing.UNANSWERED, ""
        standing, reason = self._by_lists(depth, own)
        if own is not None and own.answer.body is not None and own.list is None and _doubtful(own.answer.body):
            return Standing.UNKNOWN, reason
        if standing is Standing.REVOKED or (standing is Standing.GOOD and not self._asks_again):
            return standing, reason
        return self._by_ocsp(depth, standing, reason)

    @property
    def _asks_again(self) -> bool:
        """With the end certificate alone in question, .NET asks OCSP too when anything in the chain is wrong, be it a
        date, and what that says counts."""
        only = self.inquiry.scope is RevocationScope.END_CERTIFICATE_ONLY
        return only and self.inquiry.faulty and len(self.elements) > 1

    def _leave_open(self, element: Facts, own: _Own) -> None:
        """The list is not known, so OCSP is not asked yet."""
        self._record(Kind.CRL, element, own.url, own.answer, "not fetched", silence(own.url, own.answer))
        self.open_lists.append(own.url)
        self.found.settle += own.answer.settle
        for url in ocsp_urls(element)[:1]:
            unknown = Answer(url, Given.NOBODY, known=False)
            self._record(Kind.OCSP, element, url, unknown, "not fetched", silence(url, unknown))
            self.open_responders.append(url)

    def _record(
        self,
        kind: Kind,
        element: Facts,
        url: str,
        answer: Answer,
        result: str,
        detail: str,
        until: datetime | None = None,
    ) -> None:
        self.found.evidence.append(row(kind, element, url, answer, result, detail, until))

    def _by_lists(self, depth: int, own: _Own | None) -> _Said:
        """What the fetched lists say; an empty reason where there are none."""
        element = self.elements[depth]
        judged: Judgement | None = None
        if self.lists:
            from certgate.pki.revocation.fetched import judge

            judged = judge(self.elements, depth, tuple(self.lists), self.inquiry.now)
        if judged is not None and judged.chosen is not None:
            url, listed, answer = judged.chosen
            result = "not used" if judged.standing is Standing.UNKNOWN else judged.standing.value
            self._record(Kind.CRL, element, url, answer, result, judged.text, listed.next_update)
            if own is None or own.list is listed:
                return judged.standing, judged.text
        reason = "" if own is None else self._not_used(element, own, judged)
        if judged is not None and judged.chosen is not None:
            return judged.standing, judged.text
        return Standing.UNKNOWN, reason

    def _not_used(self, element: Facts, own: _Own, judged: Judgement | None) -> str:
        """Note why the element's own list is not the one that counts."""
        url, answer, listed = own
        if answer.body is None:
            result, reason = "not fetched", silence(url, answer)
        elif listed is None:
            result, reason = "not used", f"what {url} answers is no revocation list{status(answer)}"
        elif judged is not None and judged.chosen is None:
            result, reason = "not used", judged.text
        else:
            result, reason = "not used", f"of the lists that were fetched the one at {url} fits less well"
        self._record(Kind.CRL, element, url, answer, result, reason, listed.next_update if listed else None)
        return reason

    def _by_ocsp(self, depth: int, standing: Standing, reason: str) -> _Said:
        """What OCSP says; `standing` and `reason` are those of the lists."""
        element = self.elements[depth]
        urls = ocsp_urls(element)
        if standing is Standing.GOOD:
            reason = (
                f"{reason}; but with the end certificate alone in question a fault in the chain has .NET ask OCSP too"
            )
        if not urls:
            return Standing.UNKNOWN, self._joined(reason, "" if reason else self._no_address(element))
        # Imported here: few chains come to this.
        from certgate.pki.revocation import ocsp

        issuer = self.elements[min(depth + 1, len(self.elements) - 1)]
        above = tuple(reversed(self.elements[1:])) or self.elements
        question = ocsp.Question(element, issuer, above, self.inquiry.now, self.inquiry.authorities)

        def fresh(body: bytes, _: datetime) -> bool:
            return ocsp.judge(body, question).kept

        url = urls[0]
        answer = self.sources.ask(ocsp.address(url, question), Kind.OCSP, fresh)
        if not answer.known:
            self._record(Kind.OCSP, element, url, answer, "not fetched", silence(url, answer))
            self.open_responders.append(url)
            self.found.settle += answer.settle
            return Standing.UNANSWERED, ""
        if answer.body is None:
            said = silence(url, answer)
            self._record(Kind.OCSP, element, url, answer, "not fetched", said)
            return Standing.UNKNOWN, self._joined(reason, said)
        reply = ocsp.judge(answer.body, question)
        said = f"{url} {reply.text}{status(answer)}"
        if self.offline and not reply.kept:
            reply = ocsp.Reply(Standing.UNKNOWN, reply.text, reply.until)
            said = f"an answer of {url} was kept, but it does not count any more"
        result = reply.standing.value
        self._record(Kind.OCSP, element, url, answer, result, said, reply.until)
        return reply.standing, said if reply.standing is not Standing.UNKNOWN else self._joined(reason, said)

    def _joined(self, *reasons: str) -> str:
        return "; ".join(filter(None, reasons))

    def _no_address(self, element: Facts) -> str:
        covered = "no list of the store covers it" if self.inquiry.lists else "the store has no revocation list"
        return f"{title(element)} names no http address for a revocation list or OCSP, and {covered}"


def _doubtful(body: bytes) -> bool:
    from certgate.pki.revocation.fetched import doubtful

    return doubtful(body)


def _assumed(element: Facts, mode: Revocation, findings: Findings) -> _Said:
    assumed = mode.value.removeprefix("assume-")
    reason = f"{title(element)} is assumed to be {assumed}, as --revocation {mode.value} says"
    findings.evidence.append(Evidence("assumption", element.certificate.thumbprint, assumed, detail=reason))
    findings.notes.append(reason)
    return Standing(assumed), reason
