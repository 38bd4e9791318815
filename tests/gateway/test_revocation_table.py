"""``validate-client-certificate`` against every state of a chain. SECURITY: unknown is never a pass.

The verdicts are made here, so that the table has states too that are hard to mint.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from certgate.core.world import World
from certgate.gateway import decide
from certgate.gateway.certificates.client_certificate import standard
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision, Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.settings import Gateway
from certgate.gateway.situation import Situation
from certgate.pki.certificate import Certificate
from certgate.pki.verdict import ChainElement, ChainStatus, Evidence, Origin, Revocation, Verdict
from tests.gateway import authority

WORLD = World(authority.NOW)
TRUSTED, REVOKED = "ClientCertificateNotTrusted", "ClientCertificateRevoked"
REVOCATION = {ChainStatus.REVOKED, ChainStatus.OFFLINE_REVOCATION, ChainStatus.REVOCATION_STATUS_UNKNOWN}
TRUST = sorted(set(ChainStatus) - REVOCATION - {ChainStatus.NOT_TIME_VALID})

STANDINGS = {"good": "good", "not fetched": "not answered"}
"""What evidence with that result makes of an element, where there is no other."""

Flags = tuple[str, ...]


def chain(
    leaf: Flags = (), issuer: Flags = (), *, build: bool | None = None, results: Flags = ("good", "good")
) -> Verdict:
    """Leaf, issuer and root; `results` is the evidence for the first two, `build` only where it is left open."""
    members = (authority.client(), authority.issuing(), authority.root())
    flags = (leaf, issuer, ())
    known = [STANDINGS.get(result, "") for result in (*results, "", "", "")[:3]]
    elements = tuple(
        ChainElement(each, status, Origin.ROOTS, revocation=standing)
        for each, status, standing in zip(members, flags, known, strict=True)
    )
    evidence = tuple(
        Evidence("crl", each.thumbprint, result, "http://pki.contoso.com/a.crl" if result == "not fetched" else None)
        for each, result in zip(members, results, strict=False)
    )
    status = tuple(sorted({*leaf, *issuer}))
    open_ = "not fetched" in results and not status
    answer = None if open_ else build if build is not None else not status
    dated = set(status) <= {ChainStatus.NOT_TIME_VALID}
    wanted = ("http://pki.contoso.com/a.crl",) if "not fetched" in results and dated else ()
    return Verdict(answer, status, elements, evidence, wanted)


def ask(
    with_revocation: Verdict,
    trust: bool,
    revocation: bool,
    *,
    without: Verdict | None = None,
    mode: Revocation = Revocation.ONLINE,
    more: str = "",
) -> Outcome:
    """The outcome where chains are as given; `without` is the one without revocation."""
    policy = Policy.parse(
        f'<validate-client-certificate validate-trust="{str(trust).lower()}" '
        f'validate-revocation="{str(revocation).lower()}" {more}/>'
    )

    def build(certificate: Certificate, asked: Revocation) -> Verdict:
        if asked is not Revocation.NONE:
            return with_revocation
        return without or chain(
            *(tuple(set(each.status) - REVOCATION) for each in with_revocation.elements[:2]), results=()
        )

    situation = Situation(Gateway(revocation=mode), Request(), authority.client(), WORLD.now, WORLD.zone)
    return decide.outcome(policy, situation, build)


def reason(outcome: Outcome) -> str | None:
    assert outcome.decision is not Decision.UNDECIDED
    return outcome.last_error.reason if outcome.last_error else None


@pytest.mark.parametrize("at", ["leaf", "issuer"])
@pytest.mark.parametrize("flag", TRUST)
def test_a_broken_chain(flag: ChainStatus, at: str) -> None:
    """Not trusted; with trust off its revocation cannot be determined; with both off nobody looks."""
    for results in ((), ("good", "good"), ("not fetched", "good")):
        verdict = chain(**{at: (flag,)}, results=results)
        assert reason(ask(verdict, True, True)) == TRUSTED
        assert reason(ask(verdict, True, False)) == TRUSTED
        assert reason(ask(verdict, False, True)) == REVOKED
        assert reason(ask(verdict, False, False)) is None


@pytest.mark.parametrize("flags", [set(some) for size in (1, 2, 3) for some in combinations(sorted(REVOCATION), size)])
@pytest.mark.parametrize("at", ["leaf", "issuer"])
def test_revoked_or_unknown(flags: set[ChainStatus], at: str) -> None:
    """A revocation flag fails the revocation check, and no other."""
    verdict = chain(**{at: tuple(sorted(flags))}, results=("good", "good"))
    for trust in (True, False):
        assert reason(ask(verdict, trust, True)) == REVOKED
        assert reason(ask(verdict, trust, False)) is None


@pytest.mark.parametrize("trust", [True, False])
@pytest.mark.parametrize("results", [("not fetched", "good"), ("good", "not fetched"), ("not fetched", "not fetched")])
@pytest.mark.parametrize("late", [True, False])
def test_unanswered(results: Flags, trust: bool, late: bool) -> None:
    """What nobody has answered is open, also where the leaf's own dates are wrong and not looked at."""
    verdict = chain((ChainStatus.NOT_TIME_VALID,) if late else (), results=results)
    outcome = ask(verdict, trust, True)
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.open is not None and outcome.open.wanted == ("http://pki.contoso.com/a.crl",)
    assert [way.status for way in outcome.open.ways] == [200, 401]
    assert reason(ask(verdict, trust, False)) is None


@pytest.mark.parametrize("trust", [True, False])
@pytest.mark.parametrize("results", [(), ("good",), ("not used", "good"), ("good", "not used")])
def test_without_evidence(results: Flags, trust: bool) -> None:
    """A verdict without flags and without evidence for each certificate below the root says nothing of revocation."""
    assert reason(ask(chain(results=results), trust, True)) == REVOKED
    assert reason(ask(chain(results=results), trust, False)) is None


def test_dates() -> None:
    """The leaf's dates have switches of their own; an issuer's are a matter of trust, and of no revocation."""
    leaf, issuer = chain((ChainStatus.NOT_TIME_VALID,)), chain((), (ChainStatus.NOT_TIME_VALID,))
    for trust in (True, False):
        assert reason(ask(leaf, trust, True)) is None
    assert reason(ask(issuer, True, True)) == TRUSTED
    assert reason(ask(issuer, False, True)) is None


def test_a_root_of_its_own() -> None:
    """A leaf that is a trusted root needs no evidence; of one that is not trusted no revocation can be known."""
    element = ChainElement(authority.root(), (), Origin.ROOTS)
    assert reason(ask(Verdict(True, (), (element,)), True, True, without=Verdict(True, (), (element,)))) is None
    assert reason(ask(Verdict(True, (), (element,)), False, True)) is None
    stray = Verdict(False, ("UntrustedRoot",), (ChainElement(authority.root(), ("UntrustedRoot",), Origin.LEAF),))
    assert reason(ask(stray, False, True)) == REVOKED
    assert reason(ask(stray, True, True, without=stray)) == TRUSTED
    nothing = Verdict(False, ("PartialChain",), ())
    assert reason(ask(nothing, False, True)) == REVOKED
    assert reason(ask(nothing, True, False, without=nothing)) == TRUSTED


@pytest.mark.parametrize("late", [True, False])
def test_an_issuer_that_could_be_fetched(late: bool) -> None:
    """A missing issuer with an address that nobody has asked is open, for trust and for revocation."""
    leaf = authority.certificate("Fetchable", "Far CA", issuer_url="http://pki.contoso.com/far.cer")
    flags = ("NotTimeValid", "PartialChain") if late else ("PartialChain",)
    wanted = ("http://pki.contoso.com/far.cer",)
    verdict = Verdict(False if late else None, flags, (ChainElement(leaf, flags, Origin.LEAF),), wanted=wanted)
    for trust, revocation in ((True, True), (True, False), (False, True)):
        outcome = ask(verdict, trust, revocation, without=verdict)
        assert outcome.decision is Decision.UNDECIDED
        assert outcome.open is not None
        assert {way.status for way in outcome.open.ways} == {200, 401}
        assert "--intermediate FILE" in outcome.open.settle
        ways = {way.given for way in outcome.open.ways}
        both = {"good", "not trusted", "trusted, but revoked or unknown"}
        assert ways == (both if trust and revocation else {"good", "not trusted"})
    assert reason(ask(verdict, False, False)) is None


@pytest.mark.parametrize("decided", [True, False])
def test_an_issuer_that_was_asked_for(decided: bool) -> None:
    """An address that answered without the issuer is decided, also beside a date that is wrong."""
    url = "http://pki.contoso.com/far.cer"
    leaf = authority.certificate("Fetchable", "Far CA", issuer_url=url)
    flags = ("NotTimeValid", "PartialChain")
    evidence = (Evidence("issuer", leaf.thumbprint, "not fetched", url),)
    wanted = () if decided else (url,)
    verdict = Verdict(False, flags, (ChainElement(leaf, flags, Origin.LEAF),), evidence, wanted)
    outcome = ask(verdict, True, False, without=verdict)
    assert (outcome.decision is Decision.UNDECIDED) is not decided
    if decided:
        assert reason(outcome) == TRUSTED


@pytest.mark.parametrize("at", ["leaf", "issuer"])
@pytest.mark.parametrize("flag", [None, *ChainStatus])
@pytest.mark.parametrize("results", [(), ("good", "good"), ("not fetched", "good"), ("good", "not fetched")])
def test_the_standard_policy(results: Flags, flag: ChainStatus | None, at: str) -> None:
    """What `standard` says of a certificate alone is what a policy without attributes ends in, whatever is open."""
    leaf = authority.client()
    full = chain(**{at: (flag,) if flag else ()}, results=results)
    without = chain(*(tuple(set(each.status) - REVOCATION) for each in full.elements[:2]), results=())
    ways = standard(leaf, WORLD.now, without, full)
    outcome = ask(full, True, True, without=without)
    assert ways
    if outcome.decision is Decision.UNDECIDED:
        assert outcome.open is not None
        assert [given for given, _ in ways] == [way.given for way in outcome.open.ways]
        assert [200 if failure is None else 401 for _, failure in ways] == [way.status for way in outcome.open.ways]
    else:
        assert {failure and failure.reason for _, failure in ways} == {reason(outcome)}


@pytest.mark.parametrize("trust", [True, False])
def test_no_revocation_at_all(trust: bool) -> None:
    """A gateway that is told to look up no revocation fails for none."""
    assert reason(ask(chain(results=()), trust, True, mode=Revocation.NONE)) is None


def test_the_message_of_what_cannot_be_determined() -> None:
    """Windows' text for an unknown status, and the assumptions that took part."""
    outcome = ask(chain(("PartialChain",)), False, True)
    assert outcome.last_error is not None
    assert outcome.last_error.message.startswith("The revocation function was unable to check revocation for the")
    assert {"revocation-unknown", "revocation-without-trust", "revocation-reason"} <= {
        each.id for each in outcome.assumptions
    }
    assert "PartialChain" in outcome.steps[0].effect
