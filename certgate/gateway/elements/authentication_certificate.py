"""``authentication-certificate``: the gateway's certificate for a service. Says nothing about the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.gateway.elements.simulated import element
from certgate.gateway.sending import credentials
from certgate.policy.declaration import Attribute, Declaration, Section, Shape
from certgate.policy.document import Literal

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

_SAYS = "goes with the request to the backend; does not check the caller"


@element(
    Declaration(
        "authentication-certificate",
        sections=frozenset({Section.INBOUND}),
        shape=Shape(
            attributes=(
                Attribute("body", expression=True, result="byte[]"),
                Attribute("certificate-id", expression=True),
                Attribute("password", expression=True),
                Attribute("thumbprint", expression=True),
            )
        ),
        page="authentication-certificate-policy",
        does="attaches the gateway's certificate to the request for the backend; the caller is not checked",
        deviations=(
            "An uploaded certificate is taken to have its private key, which is never needed here.",
            "Once any certificate is uploaded, one that is not makes the policy fail with 500.",
            "Where none is uploaded the one that is named is taken to be there.",
        ),
    )
)
def run(element: Element, run: Run) -> End | None:
    body = run.value(element, "body")
    password = run.text(element, "password")
    if password and not isinstance(element.value("password"), Literal):
        run.secrets.credential(password)
    if body is not None:
        found = credentials.opened(element, run, body, password)
        if not isinstance(found, str):
            return found
        run.attach(found)
        run.says(f"the certificate {found} {_SAYS}")
        return None
    thumbprint, identifier = run.text(element, "thumbprint"), run.text(element, "certificate-id")
    if not (thumbprint or identifier):
        return run.not_simulated(element, "certgate does not know which certificate no name means")
    if not run.uploaded:
        run.assume("backend-certificate")
        run.attach(thumbprint.upper() if thumbprint else None)
        run.says(f"the certificate '{thumbprint or identifier}' {_SAYS}")
        return None
    certificate = credentials.uploaded(run, thumbprint, identifier)
    if certificate is None:
        return credentials.missing(element, run, thumbprint, identifier)
    if not certificate.has_private_key:
        run.assume("backend-certificate")
    run.attach(certificate.thumbprint)
    run.says(f"the certificate {certificate.thumbprint} {_SAYS}")
    return None
