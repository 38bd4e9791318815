"""What the addresses of a chain answered, and what that says of each element: the lists first, then OCSP.

Every answer leaves a row of evidence. Which of them are asked for, and what follows, is decided in `decide`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from certgate.core.fetch import Answer, Given, Kind
from certgate.pki.chains.checks import title
from certgate.pki.revocation.addresses import crl_url, ocsp_url
from certgate.pki.revocation.findings import Standing
from certgate.pki.revocation.sources import Sources, row, silence, unfit
from certgate.pki.verdict import Revocation

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.pki.chains.facts import Facts
    from certgate.pki.revocation.crl import RevocationList
    from certgate.pki.revocation.fetched import FetchedList, Judgement
    from certgate.pki.revocation.findings import Findings, Inquiry

Said = tuple[Standing, str]
"""What is known of an element, and why."""


class OfLists(NamedTuple):
    """What the lists say of an element, and why; without a reason where there are none.

    `early` says that a list which is not valid yet took part.
    """

    standing: Standing
    reason: str
    early: bool = False


class _Own(NamedTuple):
    """What the address for lists of one element answered, and the list in it, if there is one.

    `unread` says that there may be one for .NET, which certgate cannot read.
    """

    url: str
    answer: Answer
    list: RevocationList | None
    unread: bool

    @property
    def open(self) -> bool:
        """Whether it is not known what the gateway gets."""
        return self.unread or not self.answer.known


class Answers:
    """The answers for one chain. Addresses that would have to be asked stand in `open_lists` and `open_responders`."""

    def __init__(self, inquiry: Inquiry, found: Findings) -> None:
        self.open_lists: list[str] = []
        self.open_responders: list[str] = []
        self._inquiry = inquiry
        self._elements = inquiry.elements
        self._found = found
        self._offline = inquiry.mode is Revocation.OFFLINE
        self._sources = Sources(inquiry.fetcher, trusted=inquiry.trusted, offline=self._offline)
        self._own: dict[int, _Own] = {}
        self._lists: list[FetchedList] = []

    def fetch_list(self, depth: int) -> None:
        """Ask the address for lists of an element. Of all elements it is asked before any of them is judged, since
        their lists count for each other."""
        url = crl_url(self._elements[depth])
        if url is None:
            return
        answer = self._sources.ask(url, Kind.CRL, self._fresh_list)
        listed, unread = None, False
        if answer.known and answer.body is not None:
            # Imported here: most chains are judged without any answer.
            from certgate.pki.revocation.fetched import FetchedList, doubtful, read

            listed = read(answer.body)
            unread = listed is None and doubtful(answer.body)
            if listed is not None and all(listed is not one.list for one in self._lists):
                self._lists.append(FetchedList(url, listed, answer))
        self._own[depth] = _Own(url, answer, listed, unread)

    def _fresh_list(self, body: bytes, moment: datetime) -> bool:
        from certgate.pki.revocation.fetched import fresh, read

        kept = read(body)
        return kept is not None and fresh(kept, moment, self._inquiry.now)

    def pass_over(self, depth: int, reason: str) -> None:
        """Note that the list of an element counts for nothing."""
        own = self._own.get(depth)
        if own is not None and own.answer.known:
            result = "not fetched" if own.answer.body is None else "not used"
            self._record(Kind.CRL, depth, own.url, own.answer, result, reason)

    def of_lists(self, depth: int) -> OfLists:
        """What the lists say of an element.

        Where its own list is not known, or that of an element by the same issuer, which counts as much, nothing is.
        """
        own = self._own.get(depth)
        missing = self._missing(depth)
        if missing is not None:
            self._leave_open(depth, own, missing)
            return OfLists(Standing.UNANSWERED, "")
        judged = self._judged(depth)
        chosen = None if judged is None else judged.chosen
        if judged is not None and chosen is not None:
            result = "not used" if judged.standing is Standing.UNKNOWN else judged.standing.value
            self._record(Kind.CRL, depth, chosen.url, chosen.answer, result, judged.text, chosen.list.next_update)
        reason = ""
        if own is not None and (chosen is None or chosen.list is not own.list):
            reason = self._not_chosen(depth, own, judged)
        if judged is not None and chosen is not None:
            return OfLists(judged.standing, judged.text, judged.early)
        return OfLists(Standing.UNKNOWN, reason)

    def _missing(self, depth: int) -> _Own | None:
        """A list that counts for this element and is not known; the element's own goes first."""
        issuer = self._elements[depth].issuer
        open_ = {at: own for at, own in self._own.items() if own.open}
        others = (own for at, own in open_.items() if self._elements[at].issuer == issuer)
        return open_.get(depth) or next(others, None)

    def _judged(self, depth: int) -> Judgement | None:
        if not self._lists:
            return None
        from certgate.pki.revocation.fetched import judge

        return judge(self._elements, depth, tuple(self._lists), self._inquiry.now)

    def _not_chosen(self, depth: int, own: _Own, judged: Judgement | None) -> str:
        """Note why the element's own list is not the one that counts."""
        url, answer, listed = own.url, own.answer, own.list
        if answer.body is None:
            result, reason = "not fetched", silence(url, answer)
        elif listed is None:
            result, reason = "not used", unfit(url, answer, "revocation list")
        elif judged is not None and judged.chosen is None:
            result, reason = "not used", judged.text
        else:
            result, reason = "not used", f"of the lists that were fetched the one at {url} fits less well"
        self._record(Kind.CRL, depth, url, answer, result, reason, listed.next_update if listed else None)
        return reason

    def _leave_open(self, depth: int, own: _Own | None, missing: _Own) -> None:
        """The list that is missing is not known, so OCSP is not asked yet."""
        if own is missing:
            self._record_open(depth, own)
        elif own is not None:
            reason = f"the list at {missing.url} counts too, and is not known"
            self._record(Kind.CRL, depth, own.url, own.answer, "not used", reason)
        if missing.unread:
            return
        self.open_lists.append(missing.url)
        self._found.settle += missing.answer.settle
        url = ocsp_url(self._elements[depth])
        if url is not None:
            unknown = Answer(url, Given.NOBODY, known=False)
            self._record(Kind.OCSP, depth, url, unknown, "not fetched", silence(url, unknown))
            self.open_responders.append(url)

    def _record_open(self, depth: int, own: _Own) -> None:
        url, answer = own.url, own.answer
        if own.unread:
            reason = f"certgate cannot read the list at {url}, and the gateway perhaps can"
            self._record(Kind.CRL, depth, url, answer, "not used", reason)
        else:
            self._record(Kind.CRL, depth, url, answer, "not fetched", silence(url, answer))

    def of_ocsp(self, depth: int) -> Said:
        """What OCSP says of an element; without a reason where it names no responder."""
        element = self._elements[depth]
        url = ocsp_url(element)
        if url is None:
            return Standing.UNKNOWN, ""
        # Imported here: few chains come to this.
        from certgate.pki.revocation import ocsp

        issuer = self._elements[min(depth + 1, len(self._elements) - 1)]
        above = tuple(reversed(self._elements[1:])) or self._elements
        question = ocsp.Question(element, issuer, above, self._inquiry.now, self._inquiry.authorities)

        def fresh(body: bytes, _: datetime) -> bool:
            return ocsp.judge(body, question).kept

        answer = self._sources.ask(ocsp.address(url, question), Kind.OCSP, fresh)
        if answer.body is None or not answer.known:
            return self._silent(depth, url, answer)
        reply = ocsp.judge(answer.body, question)
        standing, said = reply.standing, f"{url} {reply.text}"
        if standing is Standing.UNANSWERED:
            self._record(Kind.OCSP, depth, url, answer, "not used", said)
            return standing, ""
        if self._offline and not reply.kept:
            standing, said = Standing.UNKNOWN, f"an answer of {url} was kept, but it does not count any more"
        self._record(Kind.OCSP, depth, url, answer, standing.value, said, reply.until)
        return standing, said

    def _silent(self, depth: int, url: str, answer: Answer) -> Said:
        said = silence(url, answer)
        self._record(Kind.OCSP, depth, url, answer, "not fetched", said)
        if answer.known:
            return Standing.UNKNOWN, said
        self.open_responders.append(url)
        self._found.settle += answer.settle
        return Standing.UNANSWERED, ""

    def no_address(self, element: Facts) -> str:
        """The sentence for an element that names no address."""
        covered = "no list of the store covers it" if self._inquiry.lists else "the store has no revocation list"
        return f"{title(element)} names no http address for a revocation list or OCSP, and {covered}"

    def _record(
        self, kind: Kind, depth: int, url: str, answer: Answer, result: str, said: str, until: datetime | None = None
    ) -> None:
        self._found.evidence.append(row(kind, self._elements[depth], url, answer, result, said, until))
