"""A vocabulary of the few policies that these tests need, and readers that use it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from certgate.core.source import Source
from certgate.gateway.context.context import environment
from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Child,
    Content,
    Declaration,
    GatewayKind,
    Order,
    Section,
    Shape,
    TextKind,
)
from certgate.policy.named_values import NamedValue, NamedValues
from certgate.policy.parse import Examined, Saving, examine

DATA = Path(__file__).with_name("data")
EVERYWHERE = frozenset(Section)
INBOUND = frozenset({Section.INBOUND})


def switch(name: str) -> Attribute:
    return Attribute(name, AttributeType.BOOL, default="true", expression=False)


IDENTITY = Shape((Attribute("subject", evaluated=False), Attribute("thumbprint", evaluated=False)))
IDENTITIES = Shape(children=(Child("identity", 1, 10, IDENTITY),))
POLICIES = Shape(content=Content.POLICIES)
WHEN = Shape((Attribute("condition", AttributeType.BOOL, True, expression=True),), content=Content.POLICIES)
CODE = Attribute("code", AttributeType.INT, True, expression=True, minimum=1)
ACTION = Attribute("exists-action", AttributeType.ENUM, values=("override", "append", "skip", "delete"))
TEXT = Shape(text=TextKind.BOTH)

VOCABULARY: Mapping[str, Declaration] = {
    each.name: each
    for each in (
        Declaration(
            "choose", EVERYWHERE, Shape(children=(Child("when", 1, None, WHEN), Child("otherwise", 0, 1, POLICIES)))
        ),
        Declaration(
            "return-response",
            EVERYWHERE,
            Shape(
                (Attribute("response-variable-name", expression=False),),
                (Child("set-status"), Child("set-header", 0, None), Child("set-body")),
            ),
        ),
        Declaration("set-status", EVERYWHERE, Shape((CODE, Attribute("reason")))),
        Declaration(
            "set-header",
            EVERYWHERE,
            Shape((Attribute("name", required=True), ACTION), (Child("value", 0, None, TEXT),)),
        ),
        Declaration(
            "set-body",
            EVERYWHERE,
            Shape(
                (Attribute("template", AttributeType.ENUM, values=("none", "liquid"), expression=False),),
                text=TextKind.BOTH,
                text_result="object",
                content=Content.XML,
            ),
        ),
        Declaration(
            "set-variable",
            EVERYWHERE,
            Shape(
                (Attribute("name", required=True, expression=False), Attribute("value", required=True, result="object"))
            ),
        ),
        Declaration(
            "validate-client-certificate",
            INBOUND,
            Shape(
                (switch("validate-revocation"), switch("validate-trust"), switch("ignore-error")),
                (Child("identities", 0, 1, IDENTITIES),),
            ),
        ),
        Declaration(
            "ip-filter",
            INBOUND,
            Shape(children=(Child("address", 0, None, TEXT),), order=Order.CHOICE, least_children=1),
        ),
        Declaration(
            "include-fragment", EVERYWHERE, Shape((Attribute("fragment-id", required=True, expression=False),))
        ),
        Declaration("forward-request", frozenset({Section.BACKEND})),
        Declaration("block", None, POLICIES, documented=False),
        Declaration(
            "authentication-managed-identity",
            INBOUND,
            Shape((Attribute("resource", required=True),)),
            sections_extra=frozenset({Section.OUTBOUND}),
        ),
    )
}


def look(
    text: str | bytes,
    name: str = "p.xml",
    *,
    named_values: Mapping[str, str | NamedValue] | None = None,
    scope: str = "api",
    gateway: GatewayKind | None = None,
    tolerate_unknown: bool = False,
    unplaced: bool = False,
) -> Examined:
    """Examine a text with the vocabulary of these tests and the gateway's `context`."""
    return examine(
        Source(name, text.encode() if isinstance(text, str) else text),
        vocabulary=VOCABULARY,
        environment=environment(False),
        named_values=NamedValues(named_values),
        saving=Saving(scope, gateway, tolerate_unknown=tolerate_unknown, unplaced=unplaced),
    )


def look_at(name: str, *, named_values: Mapping[str, str | NamedValue] | None = None) -> Examined:
    """Examine a file of the data folder."""
    return look((DATA / name).read_bytes(), name, named_values=named_values)
