"""Whom a gateway trusts, by tier (fact sheet §2.2, §2.6), and the table of §2.5 cell by cell with real certificates."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from certgate import api
from certgate.core.world import World
from certgate.gateway.certificates.authorities import Authorities
from certgate.gateway.outcome import Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.settings import Gateway
from certgate.gateway.tiers import CLASSIC, CONSUMPTION, SELF_HOSTED, V2, WORKSPACE
from certgate.pki.certificate import Certificate
from certgate.pki.stores.trust import TrustStore
from tests.gateway import authority
from tests.gateway.gateway_runs import ask

LEAF = authority.certificate("Direct Client", authority.ROOT, crl=authority.CRL_URL, serial=77)
PLAIN = authority.certificate("Plain Client", authority.ROOT)
ALONE = authority.certificate("Alone")
FAR = authority.certificate("Far Client", "Missing CA")
LATE = authority.certificate("Late Client", authority.ROOT, crl=authority.CRL_URL, ends=authority.NOW)
WITHOUT_OWN = (*V2, CONSUMPTION, WORKSPACE)

GOOD, REVOKED = (
    {authority.CRL_URL: {"status": 200, "body": base64.b64encode(each).decode()}}
    for each in (authority.revocation_list(authority.ROOT), authority.revocation_list(authority.ROOT, 77))
)
SILENT = {authority.CRL_URL: {"error": "timeout"}}
ROOTS = TrustStore(roots=[authority.root()])

TABLE: list[tuple[str, Certificate, TrustStore, dict[str, Any], str, bool, bool]] = [
    ("list reachable, good", LEAF, ROOTS, GOOD, "premium", True, True),
    ("revoked", LEAF, ROOTS, REVOKED, "premium", False, True),
    ("list not reachable", LEAF, ROOTS, SILENT, "premium", False, True),
    ("no pointer to a list", PLAIN, ROOTS, {}, "premium", False, True),
    ("root not uploaded", LEAF, TrustStore(), GOOD, "premium", False, False),
    ("self-signed, not uploaded", ALONE, ROOTS, {}, "premium", False, False),
    ("self-signed, uploaded to Root", ALONE, TrustStore(roots=[ALONE]), {}, "premium", True, True),
    ("self-signed, uploaded as intermediate", ALONE, TrustStore(intermediates=[ALONE]), {}, "premium", False, False),
    ("intermediate missing", FAR, ROOTS, {}, "premium", False, False),
    ("expired", LATE, ROOTS, GOOD, "premium", False, False),
    *(("private root", LEAF, ROOTS, GOOD, tier, False, False) for tier in WITHOUT_OWN),
    *(("self-signed", ALONE, TrustStore(roots=[ALONE]), {}, tier, False, False) for tier in WITHOUT_OWN),
    *(("private root", LEAF, ROOTS, GOOD, tier, True, True) for tier in (*CLASSIC, SELF_HOSTED)),
]


@pytest.mark.parametrize(("what", "leaf", "store", "answers", "tier", "full", "without"), TABLE)
def test_verify(
    what: str, leaf: Certificate, store: TrustStore, answers: dict[str, Any], tier: str, full: bool, without: bool
) -> None:
    """Each cell, for the caller's certificate and for an uploaded one; the policy element says the same."""
    world = World(authority.NOW, responses=answers)
    gateway = Gateway(trust=store.merged(TrustStore(certificates={"c": leaf})), tier=tier)
    for method, expected in (("Verify", full), ("VerifyNoRevocation", without)):
        found = api.evaluate(f'@(context.Deployment.Certificates["c"].{method}())', gateway, world=world)
        assert found.value is expected, what
        if tier != WORKSPACE:
            asked = api.evaluate(f"@(context.Request.Certificate.{method}())", gateway, client=leaf, world=world)
            assert asked.value is expected, what
    if tier != WORKSPACE and leaf is not LATE:
        for switch, expected in (("true", full), ("false", without)):
            policy = Policy.parse(f'<validate-client-certificate validate-revocation="{switch}" />')
            assert api.validate(leaf, policy, gateway, world=world).status == (200 if expected else 401), what


CHECK = '<validate-client-certificate validate-revocation="false" />'


def assumed(outcome: Outcome) -> set[str]:
    return {each.id for each in outcome.assumptions} & {"own-authorities", "authority-limit", "authority-untrusted"}


@pytest.mark.parametrize("tier", [*V2, CONSUMPTION])
def test_tiers_that_take_no_authorities(tier: str) -> None:
    """They ignore the CA certificates of the store, and say so, with the way out; no hint to upload another."""
    outcome = ask(CHECK, authority.client(), tier=tier)
    assert outcome.last_error is not None and outcome.last_error.reason == "ClientCertificateNotTrusted"
    assert assumed(outcome) == {"own-authorities"}
    said = " ".join(outcome.hints)
    assert f"{tier} ignores the 2 CA certificates of the trust store" in said
    assert "--root" not in said and "store add" not in said
    empty = ask(CHECK, authority.client(), tier=tier, trust=TrustStore())
    assert assumed(empty) == set()
    assert f"{tier} trusts public roots only: --system-roots" in empty.hints
    assert assumed(ask('<validate-client-certificate validate-trust="false" validate-revocation="false" />',
                       authority.client(), tier=tier)) == set()  # fmt: skip


def test_public_roots_still_count() -> None:
    """`--system-roots` stays in force on every tier, and so do lists and uploaded certificates."""
    store = TrustStore(
        roots=[authority.root()],
        crls=[authority.revocation_list(authority.ROOT)],
        certificates={"a": LEAF},
        system_roots=True,
    )
    for tier in WITHOUT_OWN:
        found = Authorities(store, tier).store
        assert (found.roots, found.intermediates, found.system_roots) == ((), (), True)
        assert found.crls == store.crls and dict(found.certificates) == {"a": LEAF}
        assert Authorities(store, tier).store is found
    for tier in (*CLASSIC, SELF_HOSTED):
        assert Authorities(store, tier).store is store


@pytest.mark.parametrize(("count", "over"), [(10, False), (11, True)])
def test_more_authorities_than_the_service_takes(count: int, over: bool) -> None:
    """A store of more than ten is used whole, and the report says that the service would not take it."""
    others = [authority.certificate(f"CA {number}", authority=True) for number in range(count - 2)]
    store = authority.store().merged(TrustStore(roots=others))
    for tier in CLASSIC:
        outcome = ask(CHECK, authority.client(), trust=store, tier=tier)
        assert outcome.status == 200
        assert assumed(outcome) == ({"authority-limit"} if over else set())
        assert any("at most 10" in hint for hint in outcome.hints) is over
    assert assumed(ask(CHECK, authority.client(), trust=store, tier=SELF_HOSTED)) == set()
    twice = store.merged(TrustStore(intermediates=[Certificate(each.der, source="copy") for each in others]))
    assert assumed(ask(CHECK, authority.client(), trust=twice)) == ({"authority-limit"} if over else set())


def test_an_authority_that_a_self_hosted_gateway_does_not_trust() -> None:
    """With isTrusted false it helps to build a chain and anchors none; other tiers know no such switch."""
    thumbprint = authority.root().thumbprint
    settings = {"untrusted": (thumbprint.lower(),)}
    outcome = ask(CHECK, authority.client(), tier=SELF_HOSTED, **settings)
    assert outcome.status == 401
    assert assumed(outcome) == {"authority-untrusted"}
    assert any("isTrusted is false" in hint for hint in outcome.hints)
    assert ask(CHECK, authority.client(), **settings).status == 200
    assert ask(CHECK, authority.client(), tier=SELF_HOSTED, untrusted=("00" * 20,)).status == 200


def test_an_open_question_on_a_tier_without_authorities() -> None:
    """What would settle it names nothing that the tier ignores."""
    leaf = authority.certificate("Fetchable", "Far CA", issuer_url="http://pki.contoso.com/far.cer")
    for tier, offered in (("premium", True), ("standardv2", False)):
        outcome = ask(CHECK, leaf, tier=tier)
        assert outcome.open is not None
        assert ("--intermediate FILE" in outcome.open.settle) is offered
