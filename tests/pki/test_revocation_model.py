"""Every answer of every address of a chain, known and not, against a second, plainer account of what .NET makes of it.

Where an answer is not known, all that it could be are tried on the model: certgate decides only where they agree.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import product
from typing import NamedTuple

import pytest
from cryptography.x509 import ocsp

from certgate.core.fetch import Answer, Given, Kind
from certgate.pki.certificate import Certificate
from certgate.pki.chains.chain import build
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Revocation, RevocationScope, Verdict
from tests.pki.authority import DAY, NOW, Authority, Dates, addresses, new_key, revoked
from tests.pki.responder import GOOD, REVOKED, UNKNOWN, answer, own

HOUR = timedelta(hours=1)
OPEN, SILENT, GARBAGE = "open", "silent", "garbage"
ISSUED = {
    "good": -3 * HOUR,
    "good newer": -HOUR,
    "revoked": -4 * HOUR,
    "revoked newer": -HOUR / 2,
    "revoked old": -8 * DAY,
    "old": -9 * DAY,
    "badly signed": -2 * HOUR,
    "revoked badly signed": -2.5 * HOUR,
    "early": DAY,
    "revoked early": 2 * DAY,
}
"""When the lists of each kind were issued. Of two of the same moment the one that is fetched first is taken."""
LISTS = (*(kind for kind in ISSUED if "newer" not in kind), GARBAGE, SILENT)
ANSWERS = ("good", "revoked", "unknown", "old", "revoked old", SILENT)

UNKNOWN_FLAGS = ["OfflineRevocation", "RevocationStatusUnknown"]
NO_DATES, LEAF_LATE, MIDDLE_LATE = (False, False), (True, False), (False, True)
DEPTHS = {
    RevocationScope.END_CERTIFICATE_ONLY: (0,),
    RevocationScope.EXCLUDE_ROOT: (0, 1),
    RevocationScope.ENTIRE_CHAIN: (0, 1, 2),
}


class Case(NamedTuple):
    """What the addresses of leaf, intermediate and root answer (None where they name none), and which are expired."""

    lists: tuple[str | None, str | None, str | None]
    answers: tuple[str | None, str | None, str | None]
    scope: RevocationScope
    late: tuple[bool, bool] = NO_DATES
    offline: bool = False


class Outcome(NamedTuple):
    good: bool
    flags: tuple[tuple[str, ...], ...]
    revocation: tuple[str, ...]


# The model.


def by_lists(case: Case, depth: int) -> tuple[str, bool]:
    """What the lists say of an element, and whether anything is wrong with the one that is taken."""
    found = [
        ("old" not in kind and "early" not in kind, ISSUED[kind], at, kind)
        for at in DEPTHS[case.scope]
        if (kind := case.lists[at]) in ISSUED and (at == 0) == (depth == 0)
    ]
    if not found:
        return "unknown", True
    _, _, at, kind = max(found, key=lambda one: one[:2])
    if "badly" in kind:
        return "unknown", True
    if "revoked" in kind and at == depth:
        return "revoked", True
    return ("unknown", True) if "old" in kind else ("good", "early" in kind)


def by_ocsp(case: Case, depth: int) -> str:
    said = case.answers[depth]
    if said == "revoked" or (said == "revoked old" and not case.offline):
        return "revoked"
    return "good" if said == "good" else "unknown"


@cache
def outcome(case: Case) -> Outcome:
    """What .NET makes of answers that are all known."""
    depths = DEPTHS[case.scope]
    listed = {depth: by_lists(case, depth) for depth in depths}
    wrong = any(case.late) or any(amiss for _, amiss in listed.values())
    said = {depth: standing for depth, (standing, _) in listed.items()}
    for depth in reversed(depths) if wrong else ():
        if "revoked" in [said[above] for above in depths if above > depth]:
            said[depth] = "unknown"
        elif said[depth] == "unknown" or (len(depths) == 1 and said[depth] == "good"):
            said[depth] = by_ocsp(case, depth)
    flags = tuple(
        (
            *(["NotTimeValid"] if depth < 2 and case.late[depth] else []),
            *(UNKNOWN_FLAGS if said.get(depth) == "unknown" and depth < 2 else []),
            *(["Revoked"] if said.get(depth) == "revoked" else []),
        )
        for depth in range(3)
    )
    return Outcome(not any(flags), flags, tuple(said.get(depth, "") for depth in range(3)))


def completions(case: Case) -> Iterator[Case]:
    """The case with every answer that is not known being whatever it could be."""
    counts = [at in DEPTHS[case.scope] for at in range(3)]
    asked = [(each, (*LISTS, "good newer", "revoked newer")) for each in counts] + [(each, ANSWERS) for each in counts]
    given = (*case.lists, *case.answers)
    spots = [
        [SILENT] if one == OPEN and case.offline else kinds if one == OPEN and each else [one]
        for one, (each, kinds) in zip(given, asked, strict=True)
    ]
    for one in product(*spots):
        yield case._replace(lists=(one[0], one[1], one[2]), answers=(one[3], one[4], one[5]))


# The chain.

KEYS = [new_key() for _ in range(3)]
ROOT = Authority("Root CA", key=KEYS[0])
MIDDLE = Authority("Issuing CA", ROOT, key=KEYS[1])
ISSUERS = (MIDDLE, ROOT, ROOT)


def _extensions(depth: int, crl: bool, responder: bool) -> list[object]:
    at = f"http://ca.example/{depth}"
    return addresses(crl=f"{at}.crl" if crl else "", ocsp=f"{at}/ocsp" if responder else "")  # type: ignore[return-value]


@cache
def certificate(depth: int, crl: bool, responder: bool, late: bool) -> Certificate:
    dates = Dates(NOW - 30 * DAY, NOW - HOUR if late else NOW + 300 * DAY)
    named = _extensions(depth, crl, responder)
    match depth:
        case 0:
            return MIDDLE.issue(dates=dates, extensions=named)  # type: ignore[arg-type]
        case 1:
            return Authority("Issuing CA", ROOT, key=KEYS[1], dates=dates, extensions=named).certificate  # type: ignore[arg-type]
        case _:
            return Authority("Root CA", key=KEYS[0], extensions=named).certificate  # type: ignore[arg-type]


@cache
def body(subject: Certificate, depth: int, kind: str, crl: bool) -> bytes:
    issuer, old = ISSUERS[depth], "old" in kind
    if kind == GARBAGE:
        return b"garbage"
    if crl:
        dates = Dates(NOW + ISSUED[kind], NOW - DAY if old else NOW + 9 * DAY)
        entries = [revoked(subject)] if "revoked" in kind else []
        return issuer.revocation_list(*entries, dates=dates, key=KEYS[2] if "badly" in kind else None)
    statuses: dict[str, ocsp.OCSPCertStatus] = {"revoked": REVOKED, "unknown": UNKNOWN}
    since, until = (NOW - 9 * DAY, NOW - DAY) if old else (NOW - DAY, NOW + 3 * DAY)
    status = statuses.get(kind.split()[0], GOOD)
    return answer(own(issuer), status=status, subject=subject, issuer=issuer.certificate, since=since, until=until)


class Addresses:
    """Answers as the case says; all that is known has been kept too."""

    def __init__(self, case: Case, chain: list[Certificate]) -> None:
        self.case = case
        self.chain = chain

    def ask(self, url: str, kind: Kind, *, trusted: bool, fresh: Callable[[bytes, datetime], bool]) -> Answer:
        depth = int(url.removeprefix("http://ca.example/")[0])
        said = (self.case.lists if kind is Kind.CRL else self.case.answers)[depth]
        if said == OPEN:
            return Answer(url, Given.NOBODY, known=False)
        if said is None or said == SILENT:
            return Answer(url, Given.RESPONSES, error="it is silent")
        return Answer(url, Given.RESPONSES, body(self.chain[depth], depth, said, kind is Kind.CRL), 200, fetched=NOW)

    def kept(self, url: str, kind: Kind) -> Answer | None:
        found = self.ask(url, kind, trusted=True, fresh=lambda _, __: True)
        return found if found.body is not None else None


@cache
def store(middle: Certificate, root: Certificate) -> TrustStore:
    return TrustStore([root], [middle])


def judged(case: Case) -> Verdict:
    chain = [
        certificate(depth, case.lists[depth] is not None, case.answers[depth] is not None, (*case.late, False)[depth])
        for depth in range(3)
    ]
    mode = Revocation.OFFLINE if case.offline else Revocation.ONLINE
    fetcher = Addresses(case, chain)
    return build(chain[0], store(chain[1], chain[2]), now=NOW, revocation=mode, scope=case.scope, fetcher=fetcher)


# The comparison.


def agree(case: Case) -> None:
    verdict = judged(case)
    outcomes = {outcome(one) for one in completions(case)}
    decided = {one.good for one in outcomes}
    assert verdict.build is (decided.pop() if len(decided) == 1 else None), case
    if case.offline or OPEN not in (*case.lists, *case.answers):
        [only] = outcomes
        said = tuple(element.revocation for element in verdict.elements)
        assert (tuple(element.status for element in verdict.elements), said) == (only.flags, only.revocation), case
        assert verdict.wanted == (), case
    for depth, element in enumerate(verdict.elements):
        if element.revocation not in ("", "not answered"):
            assert element.revocation in {one.revocation[depth] for one in outcomes}, case
    assert verdict.build is not None or verdict.wanted, case


CRLS, OCSP = (None, *LISTS, OPEN), (None, *ANSWERS, OPEN)


@pytest.mark.parametrize("late", [NO_DATES, LEAF_LATE, MIDDLE_LATE])
@pytest.mark.parametrize("offline", [False, True])
def test_the_end_certificate_alone(late: tuple[bool, bool], offline: bool) -> None:
    """All answers about it, with and without a date that is wrong."""
    for crl, responder in product(CRLS, OCSP):
        scope = RevocationScope.END_CERTIFICATE_ONLY
        agree(Case((crl, None, None), (responder, None, None), scope, late, offline))


@pytest.mark.parametrize("scope", [RevocationScope.EXCLUDE_ROOT, RevocationScope.ENTIRE_CHAIN])
@pytest.mark.parametrize("offline", [False, True])
def test_the_end_certificate_and_its_issuer(scope: RevocationScope, offline: bool) -> None:
    """All answers about both, a part of them drawn by lot."""
    rng = random.Random(f"{scope} {offline}")  # noqa: S311 - made-up data
    cases = list(product(CRLS, OCSP, CRLS, OCSP))
    for crl, responder, upper, above in rng.sample(cases, 1000):
        late = rng.choice((NO_DATES, NO_DATES, NO_DATES, LEAF_LATE, MIDDLE_LATE))
        agree(Case((crl, upper, None), (responder, above, None), scope, late, offline))


def test_the_issuer_and_the_root() -> None:
    """The lists of the root count for both, the one of the root and the one of the intermediate."""
    rng = random.Random(3)  # noqa: S311 - made-up data
    cases = list(product(CRLS, OCSP, CRLS, OCSP))
    for upper, above, last, top in rng.sample(cases, 1000):
        crl, responder = rng.choice([("good", None), ("revoked", None), (None, None), (OPEN, "good"), (None, OPEN)])
        agree(Case((crl, upper, last), (responder, above, top), RevocationScope.ENTIRE_CHAIN))
