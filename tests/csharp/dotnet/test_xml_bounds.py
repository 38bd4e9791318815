"""Hostile XML: nothing outside the text is read, nothing grows without end, depth breaks nothing."""

from __future__ import annotations

from datetime import UTC

import pytest

from certgate.csharp.dotnet.xml import linq as xml_linq  # noqa: F401 - declares the members
from certgate.csharp.dotnet.xml.compare import deep_equals
from certgate.csharp.dotnet.xml.load import parse_document, parse_element
from certgate.csharp.dotnet.xml.output import to_text
from certgate.csharp.dotnet.xml.path import evaluate
from certgate.csharp.dotnet.xml.walk import clone
from certgate.csharp.runtime import Budget, BudgetExceeded, Limits, ThrownException, running
from tests.csharp.dotnet.evaluation import run

DEPTH = 20_000


def test_external_entities_are_never_read() -> None:
    """As in .NET without a resolver an external entity stands for nothing."""
    text = "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>x&e;y</a>"
    assert parse_element(text).text() == "xy"
    with pytest.raises(ThrownException, match="External entity 'e' reference cannot appear in the attribute value"):
        parse_element(text.replace("<a>", "<a b='&e;'>"))


def test_entities_that_multiply_are_stopped() -> None:
    """The billion laughs meet the limit that XElement.Parse has."""
    declared = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
    with pytest.raises((ThrownException, BudgetExceeded)) as caught, running(Budget(Limits())):
        parse_element(f"<!DOCTYPE a [<!ENTITY e0 'ha'>{declared}]><a>&e9;</a>")
    assert "limit" in str(caught.value)


def test_depth_is_no_limit() -> None:
    """Reading, writing, copying, comparing and searching do not call themselves for what is inside."""
    text = "<a>" * DEPTH + "x" + "</a>" * DEPTH
    element = parse_element(text)
    assert element.text() == "x"
    assert to_text(element, 1) == text
    copy = clone(element)
    assert deep_equals(copy, element)
    assert len(evaluate(parse_document(text), "//a[not(a)]")) == 1


def test_content_that_holds_itself_ends() -> None:
    """An array within itself is taken apart until the budget is spent."""
    with pytest.raises(BudgetExceeded), running(Budget(Limits())):
        from certgate.csharp import types
        from certgate.csharp.dotnet.xml.content import add_content
        from certgate.csharp.dotnet.xml.names import expanded
        from certgate.csharp.dotnet.xml.tree import Element
        from certgate.csharp.values import array

        held = array(types.OBJECT, [None])
        held.items[0] = held
        add_content(Element(expanded("a")), held)


def test_growth_is_charged() -> None:
    """A loop that doubles an element meets the limit of what an evaluation may create."""
    budget = Budget(Limits(items=100_000))
    with pytest.raises(BudgetExceeded), running(budget):
        from certgate.csharp.dotnet.xml.content import add_content
        from certgate.csharp.dotnet.xml.names import expanded
        from certgate.csharp.dotnet.xml.tree import Element

        element = Element(expanded("a"))
        while True:
            add_content(element, element)


@pytest.mark.parametrize("path", ["(" * 500 + "1" + ")" * 500, "-" * 5000 + "1", "//a" * 200])
def test_paths_are_bounded(path: str) -> None:
    """Deep expressions are refused or answered, and break nothing."""
    try:
        evaluate(parse_document("<a/>"), path)
    except Exception as error:
        assert type(error).__name__ in ("UnsupportedReached", "ThrownException", "BudgetExceeded")


def test_deep_json_is_bounded() -> None:
    """Newtonsoft's own limit of 64 levels holds for JSON; elements that nest deeper end the evaluation."""
    with pytest.raises(ThrownException, match="MaxDepth of 64"):
        run('JsonConvert.DeserializeXNode("{\\"a\\":" + string.Concat(Enumerable.Repeat("{\\"a\\":", 70)) + "1")')
    deep = 'string.Concat(Enumerable.Repeat("<a>", 200)) + string.Concat(Enumerable.Repeat("</a>", 200))'
    with pytest.raises(BudgetExceeded):
        run(f"JsonConvert.SerializeXNode(XElement.Parse({deep}))", zone=UTC)
