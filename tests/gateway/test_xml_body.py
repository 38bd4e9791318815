"""Message bodies that are read as XML."""

from __future__ import annotations

import pytest

from certgate import api
from certgate.core.world import World
from certgate.gateway.exchange import Request
from certgate.gateway.expression import Answer
from tests.gateway import authority

WORLD = World(authority.NOW)
BODY = (
    "<?xml version='1.0' encoding='utf-8'?><!--c--><s:Envelope xmlns:s='urn:s'><s:Body><id>7</id></s:Body></s:Envelope>"
)


def evaluate(text: str, body: str = BODY) -> Answer:
    return api.evaluate(text, request=Request("POST", body=body), world=WORLD)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('@(context.Request.Body.As<XElement>(true).Descendants("id").First().Value)', "7"),
        ('@((string)context.Request.Body.As<XElement>().Element("{urn:s}Body").Element("id"))', "7"),
        ("@(context.Request.Body.As<XDocument>(preserveContent: true).Root.Name.LocalName)", "Envelope"),
        ("@(context.Request.Body.As<XDocument>(true).Declaration.Encoding)", "utf-8"),
        ("@(context.Request.Body.As<XNode>().NodeType == XmlNodeType.Element)", True),
    ],
)
def test_bodies_become_elements_and_documents(text: str, value: object) -> None:
    """As<XElement> gives the root, As<XDocument> all of the document, As<XNode> the root again."""
    assert evaluate(text).value == value


def test_what_is_no_xml_throws() -> None:
    """The exception is that of XElement.Parse."""
    answer = evaluate("@(context.Request.Body.As<XElement>())", '{"a":1}')
    assert answer.exception == "System.Xml.XmlException"
    assert answer.message == "Data at the root level is invalid. Line 1, position 1."
