"""Every declared element, in every section that takes it: none is reached without a word, and nothing raises.

A minimal instance is made from the declaration; where no declaration says what makes sense, one is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import pytest

from certgate.core.source import Source
from certgate.gateway.elements import VOCABULARY
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Outcome
from certgate.gateway.policy_set import Policy
from certgate.policy.declaration import (
    Attribute,
    AttributeType,
    Child,
    Content,
    Declaration,
    GatewayKind,
    Scope,
    Section,
    Shape,
    TextKind,
)
from tests.gateway.gateway_runs import ask

PASSING = '<set-header name="X-Inside"><value>1</value></set-header>'

BY_HAND = {
    "authentication-certificate": '<authentication-certificate certificate-id="partner" />',
    "choose": f'<choose><when condition="true">{PASSING}</when></choose>',
    "cors": "<cors><allowed-origins><origin>https://a.example</origin></allowed-origins></cors>",
    "include-fragment": '<include-fragment fragment-id="f" />',
    "ip-filter": '<ip-filter action="allow"><address>10.0.0.1</address></ip-filter>',
    "quota": '<quota calls="1" renewal-period="300" />',
    "quota-by-key": '<quota-by-key calls="1" counter-key="k" renewal-period="300" />',
    "send-request": '<send-request mode="new" response-variable-name="r"><set-url>https://a.example/</set-url></send-request>',
    "set-backend-service": '<set-backend-service base-url="https://other.example" />',
    "wait": f'<wait for="all"><choose><when condition="true">{PASSING}</when></choose></wait>',
    "xsl-transform": '<xsl-transform><xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0" />'
    "</xsl-transform>",
}
"""Instances whose attributes, children or texts follow rules that a declaration does not tell."""

PLAIN = {
    AttributeType.BOOL: "true",
    AttributeType.DATETIME: "2026-01-01T00:00:00Z",
    AttributeType.DURATION: "60",
    AttributeType.INT: "1",
    AttributeType.NUMBER: "1",
    AttributeType.STRING: "x",
}


def value(attribute: Attribute) -> str:
    """Some value that may stand there."""
    if attribute.values:
        return attribute.values[0]
    text = PLAIN[attribute.type]
    if attribute.type in (AttributeType.INT, AttributeType.NUMBER, AttributeType.DURATION):
        least = max(int(text), attribute.minimum or 0)
        return str(least if attribute.maximum is None else min(least, attribute.maximum))
    return "true" if attribute.result == "bool" else text


def instance(name: str, shape: Shape) -> str:
    """The smallest element of that shape: what is required, and no more."""
    attributes = "".join(f" {each.name}={quoteattr(value(each))}" for each in shape.attributes if each.required)
    inner = escape("x") if shape.text is not TextKind.NONE else ""
    needed = [child for child in shape.children if child.minimum]
    if not needed and shape.least_children:
        needed = list(shape.children[:1])
    if needed:
        inner = "".join(BY_HAND.get(each.name) or instance(each.name, shape_of(each)) for each in needed)
    elif shape.content is Content.POLICIES:
        inner = PASSING
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes} />"


def shape_of(child: Child) -> Shape:
    return child.shape or VOCABULARY[child.name].shape


def sample(declaration: Declaration) -> str:
    return BY_HAND.get(declaration.name) or instance(declaration.name, declaration.shape)


def around(section: Section, text: str) -> str:
    """A policy that comes to `text` in that section."""
    if section is Section.ON_ERROR:
        fails = '<set-variable name="x" value="@((string)context.Variables[&quot;none&quot;])" />'
        return f"<policies><inbound>{fails}</inbound><on-error>{text}</on-error></policies>"
    return f"<policies><{section}>{text}</{section}></policies>"


def places() -> Iterator[tuple[str, Section]]:
    """Every element, with every section that it may stand in. Resolver policies belong to none of them."""
    for name, declaration in VOCABULARY.items():
        if name != "base":
            sections = Section if declaration.sections is None else declaration.sections | declaration.sections_extra
            yield from ((name, section) for section in Section if section in sections)


PLACES = list(places())


def reach(name: str, section: Section) -> Outcome:
    """Run a policy that comes to the element."""
    declaration = VOCABULARY[name]
    scopes = declaration.scopes or frozenset(Scope)
    scope = next(each for each in (Scope.API, Scope.PRODUCT, Scope.GLOBAL, *Scope) if each in scopes)
    fragment = Source("f.xml", f"<fragment>{PASSING}</fragment>".encode())
    text = around(section, sample(declaration)).encode()
    policy = Policy.parse({scope: Source("p.xml", text)}, fragments={"f": fragment})
    kinds = declaration.gateways
    tier = "premium" if kinds is None or GatewayKind.CLASSIC in kinds else "self-hosted"
    return ask(policy, request=Request(ip="10.0.0.1"), tier=tier)


@pytest.mark.parametrize(("name", "section"), PLACES, ids=[f"{name} in {section}" for name, section in PLACES])
def test_no_element_is_reached_without_a_word(name: str, section: Section) -> None:
    """It leaves a step that says what it did, or the answer is open because of it."""
    outcome = reach(name, section)
    steps = [step for step in outcome.steps if step.element == name]
    assert steps, "it was not reached"
    assert all(step.effect for step in steps)
    assert outcome.open is None or outcome.open.message


def test_all_elements_are_among_them() -> None:
    """Whoever adds an element adds it here; what belongs to no section of a policy is known by name."""
    reached = {name for name, _ in PLACES}
    apart = {name for name, declaration in VOCABULARY.items() if name not in reached and declaration.sections != ()}
    resolvers = {"sql-data-source", "cosmosdb-data-source", "http-data-source", "publish-event", "graphql-data-source"}
    assert apart - {"base"} <= resolvers | {"set-graphql-resolver"}
    assert len(reached) >= 65
