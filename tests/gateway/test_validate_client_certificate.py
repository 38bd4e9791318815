"""``validate-client-certificate``: every reason, every identity attribute."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from certgate.core.errors import InputError
from certgate.gateway.outcome import Decision, Outcome
from certgate.gateway.policy_set import Policy
from certgate.pki.certificate import Certificate
from certgate.pki.stores.trust import TrustStore
from tests.gateway import authority

Ask = Callable[..., Outcome]

NO_CA = TrustStore()

NOT_FOUND, EXPIRED, NOT_YET = "ClientCertificateNotFound", "ClientCertificateExpired", "ClientCertificateNotYetValid"
NOT_MATCHED, NOT_TRUSTED = "ClientCertificateIdentityNotMatched", "ClientCertificateNotTrusted"


def policy(attributes: str = "", identities: str = "") -> str:
    return f"""<policies>
  <inbound><base /><validate-client-certificate {attributes}>{identities}</validate-client-certificate></inbound>
  <backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error>
</policies>"""


def identity(attributes: str) -> str:
    return policy('validate-revocation="false"', f"<identities><identity {attributes} /></identities>")


@pytest.mark.parametrize(
    ("client", "trust", "reason", "message"),
    [
        (None, None, NOT_FOUND, ""),
        (authority.expired(), None, EXPIRED, "A required certificate is not within its validity period"),
        (authority.not_yet_valid(), None, NOT_YET, "A required certificate is not within its validity period"),
        (
            authority.stranger(),
            None,
            NOT_TRUSTED,
            "A certificate chain could not be built to a trusted root authority.",
        ),
        (authority.certificate("Alone"), None, NOT_TRUSTED, "A certificate chain processed, but terminated in a root"),
        (
            authority.client(serial=77),
            authority.store(authority.revocation_list(authority.ISSUER, 77)),
            "ClientCertificateRevoked",
            "The certificate is revoked.",
        ),
        (
            authority.client(),
            authority.store(),
            "ClientCertificateRevoked",
            "The revocation function was unable to check revocation because the revocation server was offline.",
        ),
    ],
)
def test_reasons(gateway: Ask, client: Certificate | None, trust: TrustStore | None, reason: str, message: str) -> None:
    """Every reason, with the message that LastError holds."""
    outcome = gateway(policy(), client, trust=trust)
    assert outcome.status == 401
    assert outcome.last_error is not None
    assert outcome.last_error.source == "validate-client-certificate"
    assert outcome.last_error.reason == reason
    assert outcome.last_error.message.startswith(message)
    assert outcome.last_error.section == "inbound"
    assert outcome.last_error.scope == "api"


def test_no_attribute_checks_dates_trust_and_revocation(gateway: Ask) -> None:
    """The bare policy passes a certificate whose chain and revocation are good."""
    assert gateway(policy(), authority.client()).decision is Decision.ACCEPTED


@pytest.mark.parametrize("switch", ["validate-not-after", "validate-not-before"])
def test_date_switches_cover_the_leaf_in_the_chain_too(gateway: Ask, switch: str) -> None:
    """With its date check off an expired or future leaf passes the trust check too."""
    client = authority.expired() if switch == "validate-not-after" else authority.not_yet_valid()
    outcome = gateway(policy(f'validate-revocation="false" {switch}="false"'), client)
    assert outcome.decision is Decision.ACCEPTED


def test_expired_issuer_is_not_trusted(gateway: Ask) -> None:
    """An expired certificate above the leaf fails the trust check, an assumption."""
    old = authority.certificate("Old CA", authority.ROOT, authority=True, ends=authority.NOW)
    leaf = authority.certificate("Client of the old CA", "Old CA")
    store = TrustStore(roots=[authority.root()], intermediates=[old])
    outcome = gateway(policy('validate-revocation="false"'), leaf, trust=store)
    assert outcome.last_error and outcome.last_error.reason == NOT_TRUSTED
    assert "issuer-expired" in {each.id for each in outcome.assumptions}


def test_both_dates_fail(gateway: Ask) -> None:
    """A certificate that ends before it begins is reported as not yet valid."""
    from datetime import timedelta

    certificate = authority.client("Later", starts=authority.NOW + timedelta(days=1))
    assert gateway(policy(), certificate).last_error.reason == NOT_YET  # type: ignore[union-attr]


def test_ignore_error(gateway: Ask) -> None:
    """A failure that is ignored goes on, leaves no LastError, and is said."""
    outcome = gateway(policy('ignore-error="true"'), None)
    assert (outcome.decision, outcome.status, outcome.last_error) == (Decision.ACCEPTED, 200, None)
    assert "ignore-error" in {each.id for each in outcome.assumptions}
    assert any("ignore-error" in hint for hint in outcome.hints)
    assert "ClientCertificateNotFound" in outcome.steps[0].effect


@pytest.mark.parametrize("value", ["1", "true"])
def test_switches_take_digits(gateway: Ask, value: str) -> None:
    """The switches are XML Schema Booleans."""
    assert gateway(policy(f'ignore-error="{value}"'), None).decision is Decision.ACCEPTED


def test_handshake_intermediates_join_the_chain(gateway: Ask) -> None:
    """An intermediate that came with the leaf completes the chain, an assumption."""
    store = TrustStore(roots=[authority.root()])
    outcome = gateway(
        policy('validate-revocation="false"'), authority.client(), trust=store, extra=(authority.issuing(),)
    )
    assert outcome.decision is Decision.ACCEPTED
    assert "handshake-intermediates" in {each.id for each in outcome.assumptions}


def test_plain_http_has_no_certificate(gateway: Ask) -> None:
    """Without TLS there is no client certificate."""
    from certgate.gateway.exchange import Request

    outcome = gateway(policy(), authority.client(), request=Request(url="http://api.contoso.com/"))
    assert outcome.last_error and outcome.last_error.reason == NOT_FOUND


# -- identities ------------------------------------------------------------------------------------------------------

LEAF = authority.client("Api Client", dns=("api.contoso.com", "*.contoso.com"), serial=0x0A1B)


@pytest.mark.parametrize(
    ("attributes", "relaxed"),
    [
        (f'thumbprint="{LEAF.thumbprint}"', ""),
        (f'thumbprint="{LEAF.thumbprint.lower()}"', "case"),
        ('serial-number="0A1B"', ""),
        ('serial-number="0a1b"', "case"),
        ('serial-number="000A1B"', "leading zeros"),
        ('common-name="Api Client"', ""),
        ('common-name="api client"', "case"),
        ('subject="CN=Api Client, O=Contoso"', ""),
        ('subject="O=Contoso, CN=Api Client"', "order"),
        ('subject="CN=api client,O=CONTOSO"', "case"),
        ('dns-name="api.contoso.com"', ""),
        ('dns-name="API.contoso.com"', "case"),
        ('dns-name="*.contoso.com"', ""),
        (f'issuer-subject="CN={authority.ISSUER}, O=Contoso"', ""),
        (f'issuer-thumbprint="{authority.issuing().thumbprint}"', ""),
        ('issuer-certificate-id="issuer"', ""),
        ('issuer-certificate-id="ISSUER"', ""),
        (f'common-name="Api Client" thumbprint="{LEAF.thumbprint}" dns-name="api.contoso.com"', ""),
    ],
)
def test_identity_matches(gateway: Ask, attributes: str, relaxed: str) -> None:
    """Each attribute alone, and together; what had to be overlooked is said."""
    trust = authority.store(uploaded={"issuer": authority.issuing()})
    outcome = gateway(identity(attributes), LEAF, trust=trust)
    assert outcome.decision is Decision.ACCEPTED
    assert any("overlooks" in hint and relaxed in hint for hint in outcome.hints) is bool(relaxed)


@pytest.mark.parametrize(
    "attributes",
    [
        f'thumbprint="{LEAF.thumbprint[:2]} {LEAF.thumbprint[2:]}"',
        f'thumbprint="\u200e{LEAF.thumbprint}"',
        f'thumbprint="{authority.issuing().thumbprint}"',
        'serial-number="0A:1B"',
        'common-name="Api"',
        'subject="CN=Api Client"',
        'subject="Api Client"',
        'dns-name="other.contoso.com"',
        'dns-name="www.contoso.com"',
        'issuer-subject="CN=Somebody, O=Contoso"',
        f'issuer-thumbprint="{authority.root().thumbprint}"',
        'issuer-certificate-id="nobody"',
        'issuer-certificate-id="root"',
        'common-name="@(context.Request.Method)"',
        f'common-name="Api Client" thumbprint="{authority.issuing().thumbprint}"',
    ],
)
def test_identity_does_not_match(gateway: Ask, attributes: str) -> None:
    """All attributes of an identity must match, and none is stripped or widened."""
    trust = authority.store(uploaded={"issuer": authority.issuing(), "root": authority.root()})
    outcome = gateway(identity(attributes), LEAF, trust=trust)
    assert outcome.last_error and outcome.last_error.reason == NOT_MATCHED
    assert outcome.last_error.message == "Certificate does not match any of allowed identities."


@pytest.mark.parametrize(("signer", "decision"), [(None, Decision.ACCEPTED), ("Mallory", Decision.REJECTED)])
def test_issuer_certificate_id_checks_the_signature(gateway: Ask, signer: str | None, decision: Decision) -> None:
    """A certificate that only names the issuer, but is signed by another key, is no match."""
    trust = authority.store(uploaded={"issuer": authority.issuing()})
    text = identity('issuer-certificate-id="issuer"').replace(
        "validate-revocation", 'validate-trust="false" validate-revocation'
    )
    assert gateway(text, authority.client("Somebody", signer=signer), trust=trust).decision is decision


def test_empty_identity_matches_everything_and_says_so(gateway: Ask) -> None:
    """An identity without attributes is vacuous: matched, with an assumption and a hint."""
    outcome = gateway(identity(""), LEAF)
    assert outcome.decision is Decision.ACCEPTED
    assert "identity-empty" in {each.id for each in outcome.assumptions}
    assert any("without attributes" in hint for hint in outcome.hints)


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ("<identities />", "child-missing"),
        (f"<identities>{'<identity />' * 11}</identities>", "child-too-many"),
        ('<identities><identity name="x" /></identities>', "attribute-undeclared"),
        ("<identity />", "child-unknown"),
    ],
)
def test_save_errors_of_identities(inner: str, code: str) -> None:
    """One to ten identities, with declared attributes only."""
    with pytest.raises(InputError) as error:
        Policy.parse(policy("", inner))
    assert code in {problem.code for problem in error.value.problems}


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ('validate-trust="True"', "value-wrong"),
        ('validate-trust=""', "value-wrong"),
        ('validate-trust="@(true)"', "expression-not-allowed"),
        ('verify-expiry="true"', "attribute-undeclared"),
    ],
)
def test_save_errors_of_switches(attributes: str, code: str) -> None:
    """The switches are plain Booleans: no capitals, no expression, no invented names."""
    with pytest.raises(InputError) as error:
        Policy.parse(policy(attributes))
    assert code in {problem.code for problem in error.value.problems}


def test_only_inbound() -> None:
    """The policy may stand in inbound only."""
    text = "<policies><outbound><validate-client-certificate /></outbound></policies>"
    with pytest.raises(InputError) as error:
        Policy.parse(text)
    assert error.value.code == "section-wrong"


# -- what is not known -----------------------------------------------------------------------------------------------


def test_unanswered_revocation_is_undecided(gateway: Ask) -> None:
    """A list that nobody has leaves the case open, with the address and what would settle it."""
    client = authority.client("Listed", crl=authority.CRL_URL)
    outcome = gateway(policy(), client, trust=authority.store(authority.revocation_list(authority.ROOT)))
    assert (outcome.decision, outcome.status, outcome.reason) == (Decision.UNDECIDED, None, None)
    assert outcome.open is not None
    assert outcome.open.wanted == (authority.CRL_URL,)
    assert "--crl issuing.crl" in outcome.open.settle
    assert [(way.given, way.status) for way in outcome.open.ways] == [("good", 200), ("revoked or unknown", 401)]
    assert outcome.decided_by and outcome.decided_by.element == "validate-client-certificate"


@pytest.mark.parametrize(("mode", "status"), [("assume-good", 200), ("none", 200), ("assume-revoked", 401)])
def test_assumed_revocation_settles(gateway: Ask, mode: str, status: int) -> None:
    """`--revocation` settles what no list answers."""
    client = authority.client("Listed", crl=authority.CRL_URL)
    outcome = gateway(
        policy(), client, trust=authority.store(authority.revocation_list(authority.ROOT)), revocation=mode
    )
    assert outcome.status == status


def test_untrusted_is_decided_without_revocation(gateway: Ask) -> None:
    """What is not trusted is rejected whatever its revocation."""
    client = authority.certificate("Stray", authority.OTHER_ISSUER, crl=authority.CRL_URL)
    outcome = gateway(policy(), client)
    assert outcome.last_error and outcome.last_error.reason == NOT_TRUSTED
