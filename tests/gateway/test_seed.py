"""The three policies of Microsoft's article on client certificates: every clause failing alone, and success."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from certgate.gateway.outcome import Decision, Outcome
from tests.gateway import authority

Ask = Callable[..., Outcome]

ISSUER_NAME = f"CN={authority.ISSUER}, O=Contoso"
GOOD = authority.client(serial=501)


def sample(last: str, check: str = "Verify") -> str:
    return f"""
<choose>
    <when condition="@(context.Request.Certificate == null || !context.Request.Certificate.{check}() || {last})" >
        <return-response>
            <set-status code="403" reason="Invalid client certificate" />
        </return-response>
    </when>
</choose>
"""


ISSUER_AND_SUBJECT = (
    'context.Request.Certificate.Issuer != "{issuer}" || context.Request.Certificate.SubjectName.Name != "{subject}"'
)
THUMBPRINT = 'context.Request.Certificate.Thumbprint != "{thumbprint}"'
UPLOADED = "!context.Deployment.Certificates.Any(c => c.Value.Thumbprint == context.Request.Certificate.Thumbprint)"

NAMES = ISSUER_AND_SUBJECT.format(issuer=ISSUER_NAME, subject="CN=Valid Client, O=Contoso")
POLICIES = {
    "names": NAMES,
    "thumbprint": THUMBPRINT.format(thumbprint=GOOD.thumbprint),
    "uploaded": UPLOADED,
}


def store(*revoked: int) -> object:
    return authority.store(authority.revocation_list(authority.ISSUER, *revoked), uploaded={"partner-a": GOOD})


@pytest.mark.parametrize("check", ["Verify", "VerifyNoRevocation"])
@pytest.mark.parametrize("name", POLICIES)
def test_success(gateway: Ask, name: str, check: str) -> None:
    """The right certificate reaches the backend."""
    outcome = gateway(sample(POLICIES[name], check), GOOD, trust=store())
    assert (outcome.decision, outcome.status, outcome.decided_by) == (Decision.ACCEPTED, 200, None)
    assert outcome.backend is not None
    assert outcome.verdict is not None and outcome.verdict.build is True


REFUSED = {
    "no certificate": None,
    "expired": authority.expired(),
    "not yet valid": authority.not_yet_valid(),
    "revoked": authority.client("Revoked Client", serial=666),
    "untrusted": authority.stranger(),
    "self-signed": authority.certificate("Alone"),
    "somebody else": authority.client("Someone Else", serial=502),
}


@pytest.mark.parametrize("client", REFUSED)
@pytest.mark.parametrize("name", POLICIES)
def test_refused(gateway: Ask, name: str, client: str) -> None:
    """Each clause alone refuses, with the policy's own status and reason."""
    outcome = gateway(sample(POLICIES[name]), REFUSED[client], trust=store(666))
    assert (outcome.decision, outcome.status, outcome.reason) == (Decision.REJECTED, 403, "Invalid client certificate")
    assert outcome.body == ""
    assert outcome.last_error is None
    assert outcome.backend is None
    assert outcome.decided_by and outcome.decided_by.element == "return-response"


def test_wrong_subject_alone(gateway: Ask) -> None:
    """Only the subject differs."""
    text = sample(ISSUER_AND_SUBJECT.format(issuer=ISSUER_NAME, subject="CN=Another, O=Contoso"))
    assert gateway(text, GOOD, trust=store()).status == 403


def test_wrong_issuer_alone(gateway: Ask) -> None:
    """Only the issuer differs."""
    text = sample(ISSUER_AND_SUBJECT.format(issuer="CN=Another", subject="CN=Valid Client, O=Contoso"))
    assert gateway(text, GOOD, trust=store()).status == 403


@pytest.mark.parametrize(
    ("clause", "placeholder"),
    [
        (ISSUER_AND_SUBJECT.format(issuer="trusted-issuer", subject="expected-subject-name"), "trusted-issuer"),
        (THUMBPRINT.format(thumbprint="DESIRED-THUMBPRINT-IN-UPPER-CASE"), "DESIRED-THUMBPRINT-IN-UPPER-CASE"),
    ],
)
def test_placeholders(gateway: Ask, clause: str, placeholder: str) -> None:
    """The samples as they stand refuse everybody, and a hint names what has to be filled in."""
    outcome = gateway(sample(clause), GOOD, trust=store())
    assert outcome.status == 403
    assert any(placeholder in hint for hint in outcome.hints)


def test_revoked_passes_without_revocation(gateway: Ask) -> None:
    """VerifyNoRevocation does not look at lists."""
    revoked = authority.client("Valid Client", serial=667)
    text = sample(NAMES, "VerifyNoRevocation")
    assert gateway(text, revoked, trust=store(667)).status == 200


def test_unknown_revocation_is_undecided(gateway: Ask) -> None:
    """A certificate whose list nobody has: undecided, with both ways."""
    client = authority.client(serial=503, crl=authority.CRL_URL)
    trust = authority.store(authority.revocation_list(authority.ROOT))
    outcome = gateway(sample(NAMES), client, trust=trust)
    assert outcome.decision is Decision.UNDECIDED
    assert outcome.open is not None
    assert outcome.open.message == "Verify() needs to know whether CN=Valid Client, O=Contoso is revoked"
    assert [(way.given, way.status) for way in outcome.open.ways] == [("good", 200), ("revoked or unknown", 403)]
    assert outcome.open.wanted == (authority.CRL_URL,)
    assert outcome.decided_by and outcome.decided_by.element == "choose"
    assert outcome.decided_by.place.line == 3


def test_unknown_revocation_that_does_not_matter(gateway: Ask) -> None:
    """Where the names refuse anyway, the case is decided without the list."""
    client = authority.client("Someone Else", serial=504, crl=authority.CRL_URL)
    trust = authority.store(authority.revocation_list(authority.ROOT))
    assert gateway(sample(NAMES), client, trust=trust).status == 403


@pytest.mark.parametrize(
    ("written", "word"),
    [
        (GOOD.thumbprint.lower(), "lower case"),
        (" ".join(GOOD.thumbprint[at : at + 2] for at in range(0, 40, 2)), "separators"),
        ("\u200e" + GOOD.thumbprint, "hidden"),
        (GOOD.hash("sha256").hex().upper(), "SHA-256"),
    ],
)
def test_thumbprints_that_never_match(gateway: Ask, written: str, word: str) -> None:
    """A pasted thumbprint that differs only in form refuses its own certificate, and a hint says why."""
    outcome = gateway(sample(THUMBPRINT.format(thumbprint=written)), GOOD, trust=store())
    assert outcome.status == 403
    assert any(word in hint for hint in outcome.hints)


def test_hint_for_an_expired_certificate(gateway: Ask) -> None:
    """The moment at which it would have been valid, ready to type."""
    outcome = gateway(sample(NAMES), authority.expired(), trust=store())
    assert any("--at 2025-12-31T00:00:00Z" in hint for hint in outcome.hints)


def test_hint_for_a_missing_issuer(gateway: Ask) -> None:
    """The issuer's name and the command that adds it."""
    outcome = gateway(sample(NAMES), authority.stranger(), trust=store())
    assert any("certgate store add" in hint and authority.OTHER_ISSUER in hint for hint in outcome.hints)


def test_named_value_in_an_expression(gateway: Ask) -> None:
    """A named value is text before C# sees it; a secret one is in no text of the outcome."""
    from certgate.policy.named_values import NamedValue

    text = sample(THUMBPRINT.format(thumbprint="{{allowed}}"))
    assert gateway(text, GOOD, trust=store(), named_values={"allowed": GOOD.thumbprint}).status == 200
    secret = NamedValue("0123456789ABCDEF-secret", secret=True)
    outcome = gateway(text, GOOD, trust=store(), named_values={"allowed": secret})
    assert outcome.status == 403
    assert "0123456789ABCDEF" not in repr(outcome)
    assert "***" in repr(outcome.steps)
