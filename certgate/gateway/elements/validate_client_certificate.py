"""``validate-client-certificate``: the client's certificate against dates, trust, revocation and identities.

Order, reasons and bodies as observed on live gateways (fact sheet §1); every failure answers 401. It does not look at
key usage, key sizes or certificates in headers. A failure that `ignore-error` overlooks leaves no trace in ``context``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.runtime import UnsupportedReached
from certgate.gateway.certificates.client_certificate import FAILURES, Checks, check
from certgate.gateway.certificates.identity import ATTRIBUTES
from certgate.gateway.elements.simulated import element
from certgate.gateway.ending import Failed
from certgate.policy.declaration import Attribute, AttributeType, Child, Declaration, Section, Shape, TextKind

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_SWITCHES = {
    "validate-revocation": "true",
    "validate-trust": "true",
    "validate-not-before": "true",
    "validate-not-after": "true",
    "ignore-error": "false",
}
_IDENTITY = Shape(
    attributes=tuple(Attribute(name, evaluated=False) for name in ATTRIBUTES),
    text=TextKind.LITERAL,
)


@element(
    Declaration(
        "validate-client-certificate",
        sections=frozenset({Section.INBOUND}),
        shape=Shape(
            attributes=tuple(
                Attribute(name, AttributeType.BOOL, default=default, expression=False)
                for name, default in _SWITCHES.items()
            ),
            children=(Child("identities", shape=Shape(children=(Child("identity", 1, 10, _IDENTITY),))),),
        ),
        page="validate-client-certificate-policy",
        does="refuses a client without a valid certificate, or with none of the identities: 401",
        deviations=(
            "Reasons and most messages are those that people have seen, none is documented; each that took part is an "
            "assumption of the report.",
            "The lists of the trust store count for revocation too, which the gateway cannot read from files.",
            "Identities are compared by the rules that the report names: the page gives none.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    try:
        failure = check(run, _checks(element))
    except UnsupportedReached as unknown:
        return run.not_simulated(element, unknown.message)
    if failure is None:
        run.says("the certificate passes")
        return None
    if _on(element, "ignore-error"):
        run.assume("ignore-error")
        run.says(f"{failure.reason}, ignored: the request goes on ({failure.why})")
        return None
    run.says(f"{failure.reason}: {failure.why}")
    message, body = FAILURES[failure.reason]
    return Failed(element, 401, failure.reason, failure.message or message, body)


def _on(element: Element, name: str) -> bool:
    return element.literal(name, _SWITCHES[name]) in ("true", "1")


def _checks(element: Element) -> Checks:
    identities = [identity for group in element.named("identities") for identity in group.named("identity")]
    return Checks(
        not_before=_on(element, "validate-not-before"),
        not_after=_on(element, "validate-not-after"),
        trust=_on(element, "validate-trust"),
        revocation=_on(element, "validate-revocation"),
        identities=tuple(
            {name: text for name in ATTRIBUTES if (text := each.literal(name)) is not None} for each in identities
        ),
        texts=any(each.text is not None for each in identities),
    )
