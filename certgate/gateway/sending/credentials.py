"""What the gateway shows to services: tokens of its own and uploaded certificates. Nothing here checks a caller.

Knows which certificate a policy means and that a token is not known. Knows no service and asks none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError
from certgate.core.source import Source
from certgate.gateway.ending import Failed
from certgate.gateway.evaluated import SERVER_ERROR
from certgate.gateway.exchange import UNSEEN, Unknown
from certgate.gateway.sending.addresses import matches

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.pki.certificate import Certificate
    from certgate.policy.document import Element

MAX_CERTIFICATE = 1024 * 1024
"""Bytes. SECURITY: no more of what an expression gives is opened as a certificate."""


def given_variable(run: Run, name: str) -> bool:
    """Whether the context file says the variable that a service would fill in: then it is that."""
    given = run.context.variables.get(name)
    if given is None:
        return False
    from certgate.gateway.context.variables import variable_value

    run.variables[name] = variable_value(given)
    return True


def token(element: Element, run: Run, what: str) -> End | None:
    """`what` goes into a variable, where one is named, else into ``Authorization``.

    SECURITY: nobody here knows it, so an expression that reads it has no known value.
    """
    run.assume("managed-identity")
    name = element.literal("output-token-variable-name")
    if not name:
        run.sent.headers.set("Authorization", [Unknown(f"Bearer {UNSEEN}", element.name)])
        if run.sent is run.exchange.request:
            run.exchange.unknown["request.headers"] = element.name
        run.says(f"puts {what} into Authorization for the backend; does not check the caller")
    elif given_variable(run, name):
        run.secrets.put(element, f'"{name}"')
        run.says(f"sets {name} to {what}, as the context has it; does not check the caller")
    else:
        run.variables[name] = Unknown(UNSEEN, element.name)
        run.exchange.unknown["context.Variables"] = element.name
        run.says(f"sets {name} to {what}, which is not known; does not check the caller")
    return None


def uploaded(run: Run, thumbprint: str | None, identifier: str | None) -> Certificate | None:
    """The uploaded certificate of that thumbprint, or of that id, without regard to case."""
    certificates = run.uploaded
    if thumbprint:
        return next((each for each in certificates.values() if each.thumbprint == thumbprint.strip().upper()), None)
    found = matches((identifier or "").strip(), certificates)
    return None if found is None else certificates[found]


def missing(element: Element, run: Run, thumbprint: str | None, identifier: str | None) -> Failed:
    """The certificate is not uploaded."""
    run.assume("certificate-missing")
    which = f"thumbprint '{thumbprint}'" if thumbprint else f"id '{identifier}'"
    return _failed(element, run, f"Certificate with {which} was not found.")


def opened(element: Element, run: Run, body: Any, password: str | None) -> str | End:
    """The thumbprint of the certificate in the bytes that an expression gives; or what becomes of the policy."""
    from certgate.csharp.values import ByteArray
    from certgate.pki.files.load import load

    if not isinstance(body, ByteArray) or len(bytes(body)) > MAX_CERTIFICATE:
        return run.not_simulated(element, "certgate does not know what certificate no bytes make", attribute="body")
    try:
        certificate = load(Source("body", bytes(body)), password).leaf
    except InputError:
        run.assume("certificate-missing")
        return _failed(element, run, "The certificate in body cannot be opened.")
    if not certificate.has_private_key:
        run.assume("backend-certificate")
    return certificate.thumbprint


def _failed(element: Element, run: Run, message: str) -> Failed:
    run.says(f"failed: {message}")
    return Failed(element, 500, None, message, SERVER_ERROR, activity=True)
