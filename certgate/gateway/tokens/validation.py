"""One check of a token, from the request to the answer: the order is that of .NET's token library, which looks at the
signature first, then at lifetime, audience and issuer; the policy's own claims come last.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.gateway.amounts import amount
from certgate.gateway.context.jwt import JwtValue, decoded
from certgate.gateway.ending import Failed, Undecided
from certgate.gateway.exchange import STATUSES
from certgate.gateway.outcome import Open
from certgate.gateway.tokens import claims, encryption, signature
from certgate.gateway.tokens.reasons import (
    ABSENT,
    OTHER,
    Invalid,
    Unknown,
    claim_value,
    library,
    missing_claims,
)
from certgate.policy.document import Expression

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.gateway.tokens.rules import Rules
    from certgate.policy.document import Element

MAX_TOKEN = 250 * 1024
"""Characters; the token library has the same limit."""
UNAUTHORIZED = 401
_PART = r"[A-Za-z0-9_-]"
_FORM = re.compile(rf"{_PART}+\.{_PART}+\.{_PART}*|{_PART}+\.{_PART}*(?:\.{_PART}+){{3}}")
_TENANT = "{tenantid}"
_BEARER = "Bearer"


def validate(element: Element, run: Run, rules: Callable[[], Rules | Invalid | Unknown]) -> End | None:
    """Check the token of the request; `rules` are made when there is one."""
    if changed := run.exchange.unknown.get("request.headers"):
        return run.not_simulated(element, f"{changed} changed the headers that the token comes from")
    text = presented(element, run)
    if isinstance(text, Undecided):
        return text
    found: JwtValue | Invalid | Unknown = _checked(text, run, rules) if text else ABSENT
    match found:
        case Unknown():
            run.says(found.message)
            return Undecided(element, Open(found.message, element.place(), found.wanted, found.settle))
        case Invalid():
            return _refused(element, run, found)
    if name := element.literal("output-token-variable-name"):
        run.variables[name] = found
        source = element.value("token-value")
        if isinstance(source, Expression) and run.secrets.watched(source):
            # The keys may well be secret: a token that a caller sends is not made of them.
            run.secrets.mark(f'"{name}"')
    run.says(f"the token passes{f'; sets {name}' if name else ''}")
    return None


def presented(element: Element, run: Run) -> str | Undecided:
    """The token that the policy looks at; empty where there is none. SECURITY: nobody says which of several counts."""
    if element.value("query-parameter-name") is not None:
        name = (run.text(element, "query-parameter-name") or "").lower()
        query = run.exchange.request.url.query
        values = next((values for key, values in query.items() if key.lower() == name), [])
        if len(values) > 1:
            return run.not_simulated(element, f"the request has the parameter {name} {len(values)} times")
        return "".join(values).strip()
    if element.value("token-value") is not None:
        return (run.text(element, "token-value") or "").strip()
    if element.value("header-name") is None and element.name == "validate-jwt":
        run.assume("jwt-header")
    return _from_header(element, run, run.text(element, "header-name") or "Authorization")


def _from_header(element: Element, run: Run, name: str) -> str | Undecided:
    """What a header holds without its scheme. A scheme is required of ``Authorization`` only."""
    values = run.exchange.request.headers.get(name) or []
    if len(values) > 1:
        return run.not_simulated(element, f"the request has the header {name} {len(values)} times")
    text = "".join(values).strip()
    required = (run.text(element, "require-scheme") or "").strip() if name.lower() == "authorization" else ""
    scheme = required or _BEARER
    if text[: len(scheme) + 1].lower() == f"{scheme} ".lower():
        return text[len(scheme) + 1 :].strip()
    return "" if required or text.lower() == scheme.lower() else text


def _checked(text: str, run: Run, make: Callable[[], Rules | Invalid | Unknown]) -> JwtValue | Invalid | Unknown:
    if len(text) > MAX_TOKEN:
        return library(OTHER, f"IDX10209: Token has length: '{len(text)}' which is larger than '{MAX_TOKEN * 8}'.")
    if not _FORM.fullmatch(text):
        return library(OTHER, "IDX12741: JWT must have three segments (JWS) or five segments (JWE).")
    rules = make()
    if isinstance(rules, Invalid | Unknown):
        return rules
    parts: Sequence[str] = text.split(".")
    if len(parts) == 5:
        inner = encryption.opened(parts, rules.decryption)
        if not isinstance(inner, str):
            return inner
        parts = inner.split(".") if _FORM.fullmatch(inner) else ()
    token = decoded(parts[0], parts[1]) if len(parts) == 3 else None
    if token is None:
        return library(OTHER, "IDX12709: CanReadToken() returned false. JWT is not well formed.")
    return _faults(token, parts, run, rules) or token


def _faults(token: JwtValue, parts: Sequence[str], run: Run, rules: Rules) -> Invalid | Unknown | None:
    return (
        signature.check(parts, token, rules.keys, required=rules.signed)
        or claims.lifetime(token, rules.lifetime)
        or claims.audience(token, rules.audiences)
        or claims.issuer(token, _issuers(token, run, rules.issuers))
        or _client(token, rules.clients)
        or claims.required(token, rules.claims)
    )


def _issuers(token: JwtValue, run: Run, allowed: Sequence[str]) -> Sequence[str]:
    """With the token's tenant in the place that a provider for all tenants leaves for it."""
    if not any(_TENANT in issuer for issuer in allowed):
        return allowed
    run.assume("jwt-tenant")
    tenant = token.first("tid") or _TENANT
    return [issuer.replace(_TENANT, tenant) for issuer in allowed]


def _client(token: JwtValue, allowed: Sequence[str]) -> Invalid | None:
    if not allowed:
        return None
    name = "appid" if token.claims.get("appid") else "azp"
    given = token.claims.get(name) or []
    if not given:
        return missing_claims(["appid"])
    if any(one and one.lower() == other.lower() for one in given for other in allowed):
        return None
    return claim_value(name, given)


def _refused(element: Element, run: Run, fault: Invalid) -> Failed | Undecided:
    if fault.from_library:
        run.assume("jwt-library")
    if element.name == "validate-azure-ad-token":
        run.assume("entra-reasons")
    message = run.text(element, "failed-validation-error-message")
    status = amount(run, element, "failed-validation-httpcode")
    if status is not None and status not in STATUSES:
        # SECURITY: a number below 400 would look like an acceptance.
        wrong = f"certgate does not know what the gateway answers with the status {status}"
        return run.not_simulated(element, wrong, attribute="failed-validation-httpcode")
    run.says(f"{fault.reason}: {fault.message}")
    return Failed(
        element,
        UNAUTHORIZED if status is None else status,
        fault.reason,
        fault.message,
        fault.body if message is None else message,
    )
