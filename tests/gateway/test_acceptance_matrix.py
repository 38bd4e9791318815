"""The matrix that was observed on live gateways (fact sheet §1.11), cell by cell and tier by tier."""

from __future__ import annotations

import json

import pytest

from certgate.gateway.outcome import Decision
from certgate.gateway.tiers import CLASSIC, CONSUMPTION, SELF_HOSTED, V2
from certgate.pki.stores.trust import TrustStore
from tests.gateway import authority
from tests.gateway.gateway_runs import ask

CLIENTS = {
    "valid": authority.client,
    "none": lambda: None,
    "wrong subject": lambda: authority.client("Someone Else"),
    "other intermediate": authority.stranger,
    "expired": authority.expired,
    "not yet valid": authority.not_yet_valid,
}
NOT_FOUND, EXPIRED, NOT_YET = "ClientCertificateNotFound", "ClientCertificateExpired", "ClientCertificateNotYetValid"
NOT_MATCHED, NOT_TRUSTED = "ClientCertificateIdentityNotMatched", "ClientCertificateNotTrusted"
MATRIX = {
    "valid": (None, None, NOT_TRUSTED),
    "none": (NOT_FOUND, NOT_FOUND, NOT_FOUND),
    "wrong subject": (NOT_MATCHED, NOT_MATCHED, NOT_TRUSTED),
    "other intermediate": (NOT_MATCHED, NOT_TRUSTED, NOT_TRUSTED),
    "expired": (EXPIRED, EXPIRED, EXPIRED),
    "not yet valid": (NOT_YET, NOT_YET, NOT_YET),
}
"""Client -> the reason with trust off, with trust on and the CA uploaded, with trust on and no CA."""

UPLOADED = authority.store()
COLUMNS = [
    *((0, tier, UPLOADED) for tier in (*CLASSIC, *V2, CONSUMPTION, SELF_HOSTED)),
    *((0, tier, TrustStore()) for tier in ("premium", "premiumv2")),
    *((1, tier, UPLOADED) for tier in (*CLASSIC, SELF_HOSTED)),
    *((2, tier, UPLOADED) for tier in (*V2, CONSUMPTION)),
    *((2, tier, TrustStore()) for tier in ("developer", "standardv2")),
]
"""Column, tier and trust store: a tier that takes no CA certificates has the third column, whatever is in the store."""


def policy(trust: bool) -> str:
    identities = "".join(
        f'<identity subject="CN={name}, O=Contoso" issuer-subject="CN={authority.ISSUER}, O=Contoso" />'
        for name in ("Valid Client", "Unprotected API")
    )
    return f"""<policies><inbound><base />
      <validate-client-certificate validate-revocation="false" validate-trust="{str(trust).lower()}">
        <identities>{identities}</identities></validate-client-certificate></inbound>
      <backend><base /></backend><outbound><base /></outbound>
      <on-error><base /><set-header name="ErrorReason" exists-action="override">
        <value>@(context.LastError.Reason)</value></set-header></on-error></policies>"""


@pytest.mark.parametrize(("column", "tier", "trust"), COLUMNS)
@pytest.mark.parametrize("name", MATRIX)
def test_acceptance_matrix(name: str, column: int, tier: str, trust: TrustStore) -> None:
    """Status, reason, the header that on-error copies it to, and the built-in body."""
    outcome = ask(policy(column > 0), CLIENTS[name](), trust=trust, tier=tier)
    reason = MATRIX[name][column]
    assert (outcome.last_error.reason if outcome.last_error else None) == reason
    assert outcome.status == (401 if reason else 200)
    assert outcome.decision is (Decision.REJECTED if reason else Decision.ACCEPTED)
    if reason:
        assert outcome.headers["ErrorReason"] == (reason,)
        message = "Client certificate missing" if reason == NOT_FOUND else "Invalid client certificate"
        assert json.loads(outcome.body) == {"statusCode": 401, "message": message}


@pytest.mark.parametrize("name", MATRIX)
def test_the_switch_off(name: str) -> None:
    """With the switch off every client is the one without certificate; so is it on a workspace gateway."""
    for tier in (*CLASSIC, *V2, CONSUMPTION, SELF_HOSTED, "workspace"):
        negotiate = tier == "workspace"
        outcome = ask(policy(False), CLIENTS[name](), tier=tier, negotiate=negotiate)
        assert outcome.last_error is not None and outcome.last_error.reason == NOT_FOUND
