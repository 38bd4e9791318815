"""What a gateway of a tier would have saved, and what a self-hosted one passes over."""

from __future__ import annotations

import pytest

import certgate
from certgate.core.source import Source
from certgate.gateway.settings import Gateway

REFUSED = [
    ("consumption", '<quota-by-key calls="1" renewal-period="300" counter-key="a" />', "gateway-wrong"),
    ("consumption", '<block><llm-content-safety backend-id="a" /></block>', "gateway-wrong"),
    ("workspace", '<validate-graphql-request max-size="1" />', "gateway-wrong"),
    ("consumption", f"<!--{'x' * 16 * 1024}-->", "document-too-large"),
]  # fmt: skip


def policy(inbound: str) -> certgate.Policy:
    return certgate.Policy.parse(f"<policies><inbound>{inbound}</inbound></policies>")


@pytest.mark.parametrize(("tier", "inbound", "code"), REFUSED)
def test_what_the_tier_would_not_have_saved_is_not_run(tier: str, inbound: str, code: str) -> None:
    """It is no outcome but a fault of the input, each time it is asked; other tiers run the same policy."""
    read = policy(inbound)
    for _ in range(2):
        with pytest.raises(certgate.InputError) as raised:
            certgate.validate(None, read, Gateway(tier=tier))
        assert [problem.code for problem in raised.value.problems] == [code]
    assert read.for_tier("premium") is read


def test_a_self_hosted_gateway_passes_over_what_it_does_not_have() -> None:
    """The gate is open, and a step and a hint say so."""
    read = policy(
        '<validate-graphql-request max-size="1" /><return-response><set-status code="202" /></return-response>'
    )
    outcome = certgate.validate(None, read, Gateway(tier="self-hosted"))
    assert (outcome.decision, outcome.status) == ("accepted", 202)
    said = "a self-hosted gateway does not have validate-graphql-request"
    assert outcome.steps[0].effect == f"passed over: {said}"
    assert "what it should refuse goes through" in outcome.hints[0]


def test_what_a_self_hosted_gateway_has_is_run() -> None:
    """validate-client-certificate is one of them."""
    outcome = certgate.validate(None, policy("<validate-client-certificate />"), Gateway(tier="self-hosted"))
    assert (outcome.status, outcome.hints) == (401, ())


def test_problems_of_all_files_are_told_together() -> None:
    """Those of every scope, of fragments, and of what fragments hold where they are included."""
    sources = {
        "global": Source("g.xml", b"<policies><inbund /></policies>"),
        "api": Source("a.xml", b'<policies><inbound><include-fragment fragment-id="f" /></inbound></policies>'),
    }
    fragments = {"f": Source("f.xml", b"<fragment><cache-store duration='1' /></fragment>")}
    with pytest.raises(certgate.InputError) as raised:
        certgate.Policy.parse(sources, fragments=fragments)
    assert [problem.code for problem in raised.value.problems] == ["section-unknown", "fragment-misplaced"]
    with pytest.raises(certgate.InputError) as raised:
        certgate.Policy.parse(sources["api"])
    assert [problem.code for problem in raised.value.problems] == ["fragment-unknown"]
