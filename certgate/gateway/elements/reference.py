"""The elements that certgate does not run: how they are written, and whether they can change the answer.

What may be written comes from ``reference.json``, which ``tools/trim_elements.py`` makes. What follows from reaching
one is said here, in the open: an element without a row in `WITHOUT_EFFECT` or `FIRST_CALL` is *not simulated*, and the
outcome is undecided when it is reached.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Child,
    Content,
    Declaration,
    GatewayKind,
    Order,
    Scope,
    Section,
    Shape,
    TextKind,
)

WITHOUT_EFFECT: dict[str, tuple[str, ...]] = {
    "authentication-basic": ("request.headers",),
    "authentication-certificate": ("backend.certificate",),
    "authentication-token": ("request.headers",),
    "authentication-token-store": ("request.headers",),
    "azure-openai-emit-token-metric": (),
    "azure-openai-semantic-cache-store": (),
    "cache-remove-value": (),
    "cache-store": (),
    "cache-store-value": (),
    "emit-metric": (),
    "llm-emit-token-metric": (),
    "llm-semantic-cache-store": (),
    "log-to-eventhub": (),
    "proxy": (),
    "rewrite-uri": ("request.url",),
    "send-one-way-request": (),
    "set-backend-service": ("backend.url",),
    "set-method": ("request.method",),
    "set-query-parameter": ("request.url",),
    "set-request-metric-dimension-value": (),
    "trace": (),
}
"""Elements that leave the answer as it is, and what of the exchange they change. SECURITY: an expression that reads
such a part afterwards has no known value, so the outcome is undecided there."""

FIRST_CALL = frozenset({"quota", "quota-by-key", "rate-limit", "rate-limit-by-key"})
"""Elements that count calls: the one call of a run is the first, and passes."""

DOES: dict[str, str] = {
    "cache-lookup": "answers a GET from the cache",
    "cache-lookup-value": "sets a variable from the cache",
    "cache-value": "runs its children when the cache has no value",
    "check-header": "refuses a request without the header",
    "cors": "answers preflight requests, and others whose origin does not match",
    "cross-domain": "answers requests for its policy file",
    "find-and-replace": "changes the body",
    "invoke-request": "forwards the request",
    "ip-filter": "refuses callers by their address",
    "jsonp": "wraps the body of the answer",
    "limit-concurrency": "refuses with 429 above its limit, else runs its children",
    "mock-response": "answers in place of the backend",
    "redirect-body-urls": "changes the body",
    "redirect-content-urls": "changes the body",
    "retry": "runs its children again while a condition holds",
    "send-request": "sets a variable from another service's answer",
    "validate-azure-ad-token": "refuses a request without a valid token",
    "validate-jwt": "refuses a request without a valid token",
    "wait": "runs its children side by side",
}
"""What an element that is not simulated could do, for the message; the others *could change or refuse the request*."""


def does(name: str) -> str:
    return DOES.get(name, "could change or refuse the request")


@cache
def _rows() -> dict[str, dict[str, Any]]:
    import json
    from importlib.resources import files

    text = files(__package__).joinpath("reference.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def names() -> frozenset[str]:
    return frozenset(_rows())


@cache
def declaration(name: str) -> Declaration:
    """The declaration of an element of the reference. Raises KeyError."""
    row = _rows()[name]
    return Declaration(
        name,
        sections=_sections(row["sections"]) if "sections" in row else None,
        sections_extra=_sections(row.get("sections_extra", [])),
        scopes=_members(Scope, row, "scopes"),
        gateways=_members(GatewayKind, row, "gateways"),
        shape=_shape(row["shape"]),
        documented=row.get("documented", True),
        page=row.get("page", ""),
    )


Choice = TypeVar("Choice", bound=StrEnum)


def _members(every: type[Choice], row: dict[str, Any], key: str) -> frozenset[Choice] | None:
    """A set of the row: all where it has none, None where it says that nothing is known."""
    names = row.get(key, every)
    return None if names is None else frozenset(map(every, names))


def _sections(names: list[str]) -> frozenset[Section]:
    return frozenset(map(Section, names))


def _shape(row: dict[str, Any]) -> Shape:
    return Shape(
        attributes=tuple(map(_attribute, row.get("attributes", []))),
        children=tuple(map(_child, row.get("children", []))),
        order=Order(row.get("order", "sequence")),
        text=TextKind(row.get("text", "none")),
        text_result="object",
        content=Content(row.get("content", "children")),
        least_children=row.get("least_children", 0),
        open_attributes=row.get("open_attributes", False),
    )


def _child(row: dict[str, Any]) -> Child:
    shape = _shape(row["shape"]) if "shape" in row else None
    return Child(row["name"], row.get("min", 0), row.get("max", 1), shape)


def _attribute(row: dict[str, Any]) -> Attribute:
    kind = AttributeType(row.get("type", "string"))
    return Attribute(**{**row, "type": kind, "values": tuple(row.get("values", ()))})
