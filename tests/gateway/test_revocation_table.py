"""``validate-client-certificate`` against every state of a chain. SECURITY: unknown is never a pass.

The verdicts are made here, so that the table has states too that are hard to mint.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from certgate.core.world import World
from certgate.gateway import decide
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Decision, Outcome
from certgate.gateway.pipeline import Situation
from certgate.gateway.policy_set import Policy
from certgate.gateway.settings import Gateway
from certgate.pki.certificate import Certificate
from certgate.pki.verdict import ChainElement, ChainStatus, Evidence, Origin, Revocation, Verdict
from tests.gateway import authority

WORLD = World(authority.NOW)
TRUSTED, REVOKED = "ClientCertificateNotTrusted", "ClientCertificateRevoked"
REVOCATION = {ChainStatus.REVOKED, ChainStatus.OFFLINE_REVOCATION, ChainStatus.REVOCATION_STATUS_UNKNOWN}
TRUST = sorted(set(ChainStatus) - REVOCATION - {ChainStatus.NOT_TIME_VALID})

Flags = tuple[str, ...]


def chain(
    leaf: Flags = (), issuer: Flags = (), *, build: bool | None = None, results: Flags = ("good", "good")
) -> Verdict:
    """Leaf, issuer and root; `results` is the evidence for the first two, `build` only where it is left open."""
    members = (authority.client(), authority.issuing(), authority.root())
    flags = (leaf, issuer, ())
    elements = tuple(ChainElement(each, status, Origin.ROOTS) for each, status in zip(members, flags, strict=True))
    evidence = tuple(
        Evidence("crl", each.thumbprint, result, "http://pki.contoso.com/a.crl" if result == "not fetched" else None)
        for each, result in zip(members, results, strict=False)
    )
    status = tuple(sorted({*leaf, *issuer}))
    open_ = "not fetched" in results and not status
    return Verdict(None if open_ else build if build is not None else not status, status, elements, evidence)


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
    verdict = Verdict(False if late else None, flags, (ChainElement(leaf, flags, Origin.LEAF),))
    for trust, revocation in ((True, True), (True, False), (False, True)):
        outcome = ask(verdict, trust, revocation, without=verdict)
        assert outcome.decision is Decision.UNDECIDED
        assert outcome.open is not None
        assert {way.status for way in outcome.open.ways} == {200, 401}
        assert "--intermediate FILE" in outcome.open.settle
    assert reason(ask(verdict, False, False)) is None


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
