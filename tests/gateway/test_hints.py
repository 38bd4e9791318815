"""What a report says to try: only what would change the answer, and only where something went wrong."""

from __future__ import annotations

import certgate
from certgate.gateway.outcome import Decision, Outcome
from tests.gateway import authority
from tests.gateway.gateway_runs import WORLD, ask

HEADER = '<check-header name="X-A" failed-check-httpcode="403" failed-check-error-message="no" ignore-case="false" />'
VERIFIED = '<choose><when condition="@(!context.Request.Certificate.Verify())">{}</when></choose>'
REFUSED = '<return-response><set-status code="403" reason="No" /></return-response>'
FROM_HEADER = """
<choose><when condition="@(!context.Request.Headers.ContainsKey("X-Client-Certificate"))">
<return-response><set-status code="403" reason="No" /></return-response></when></choose>"""


def about(outcome: Outcome, words: str) -> bool:
    return any(words in hint for hint in outcome.hints)


def test_dates_where_they_count() -> None:
    """That the certificate has expired is said where something has looked at it, and else leads astray."""
    assert about(ask(VERIFIED.format(REFUSED), authority.expired()), "the certificate expired")
    assert about(ask("<validate-client-certificate />", authority.expired()), "the certificate expired")
    late = (
        f'<choose><when condition="@(context.Request.Certificate.NotAfter &lt; DateTime.Now)">{REFUSED}</when></choose>'
    )
    assert about(ask(late, authority.expired()), "the certificate expired")
    outcome = ask(HEADER, authority.expired())
    assert outcome.status == 403
    assert not about(outcome, "the certificate expired")


def test_when_a_limit_lets_the_next_pass() -> None:
    """With the seconds of Retry-After, for a request that is refused by it."""
    policy = certgate.Policy.parse('<rate-limit-by-key calls="1" renewal-period="60" counter-key="all" />')
    session = certgate.Session()
    first, second = (certgate.validate(None, policy, world=WORLD, session=session) for _ in range(2))
    assert first.decision is Decision.ACCEPTED and not about(first, "later passes")
    assert second.status == 429 and about(second, "one that comes 60 s later passes")


def test_a_certificate_in_a_header_is_not_missed() -> None:
    """Where the proxy's header was enough nothing is said of the connection; where it was not, it is."""
    accepted = ask(FROM_HEADER, authority.client(), behind="application-gateway")
    assert accepted.decision is Decision.ACCEPTED
    assert not about(accepted, "no certificate on the connection")
    refused = ask("<validate-client-certificate />", authority.client(), behind="application-gateway")
    assert about(refused, "no certificate on the connection")
