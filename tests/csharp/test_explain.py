"""One evaluation gives the value and the explain tree: nothing is evaluated twice, and both end alike."""

from __future__ import annotations

from datetime import UTC

import pytest

from certgate.csharp import BudgetExceeded, Evaluation, Expression, UnsupportedReached, compile
from certgate.csharp.display import shown
from certgate.csharp.runtime import ThrownException
from tests.csharp.programs import NOW, OPEN, evaluation


def compiled(text: str) -> Expression:
    compilation = compile(text, OPEN)
    assert compilation.expression is not None, compilation.diagnostics
    return compilation.expression


ROWS = [
    "@(1 + 2)",
    '@("abc".Substring(1).Length > 1 ? "x" : null)',
    '@("abc".Substring(9))',
    "@{ int n = 0; for (int i = 0; i < 5000; i++) n += i; return n; }",
    "@{ while (true) { } }",
    "@{ int F(int n) => F(n + 1); return F(0); }",
    '@{ var s = "x"; while (true) s += s; }',
    "@(Thread.CurrentThread)",
    '@(JObject.Parse("{\\"a\\": [1, 2]}")["a"])',
]


@pytest.mark.parametrize("text", ROWS)
def test_it_ends_as_the_ordinary_evaluation_does(text: str) -> None:
    """The same value, or the same error with the same words, at the same step."""
    expression = compiled(text)
    plain, traced = evaluation(steps=100_000), evaluation(steps=100_000)
    found = expression.explain(traced)
    assert found is not None
    try:
        assert (shown(expression.run(plain)), None) == (shown(found.value), found.error)
    except (ThrownException, UnsupportedReached, BudgetExceeded) as error:
        assert (type(found.error), str(found.error)) == (type(error), str(error))
    assert plain.budget.steps == traced.budget.steps
    assert plain.budget.items == traced.budget.items


def test_what_an_evaluation_does_is_done_once() -> None:
    """Random bytes are drawn once for the value and its tree."""
    drawn: list[int] = []

    def entropy(count: int) -> bytes:
        drawn.append(count)
        return bytes(count)

    given = Evaluation({}, NOW, UTC, entropy=entropy)
    found = compiled("@(Guid.NewGuid().ToString().Length)").explain(given)
    assert found is not None and found.value == 36
    assert len(drawn) == 1


def test_a_lambda_that_is_left_over_notes_nothing() -> None:
    """A lazy sequence that is read after its evaluation adds nothing to the tree, and works."""
    found = compiled("@(new[] { 1, 2 }.Select(x => x * 2))").explain(evaluation())
    assert found is not None and found.trace is not None
    before = found.trace
    assert list(found.value) == [2, 4]
    assert found.trace == before


def test_what_goes_too_deep_to_be_noted_is_left_to_the_ordinary_evaluation() -> None:
    """Noting takes a third more of Python's stack: there is no tree then, and no answer of it."""
    text = "@{ int F(int n) => n < 1 ? 0 : " + "(" * 60 + "1 + F(n - 1)" + " + 0)" * 60 + "; return F(110); }"
    expression = compiled(text)
    assert expression.run(evaluation()) == 110
    assert expression.explain(evaluation()) is None
    with pytest.raises(BudgetExceeded, match="depth"):
        expression.trace(evaluation())


def test_showing_values_costs_the_evaluation_nothing() -> None:
    """SECURITY: a large value in many places is shown as far as a small budget goes, then its type is."""
    text = "@{ var a = new JArray(Enumerable.Range(0, 20000)); for (int n = 0; n < 500; n++) a.First(); return a; }"
    expression = compiled(text)
    traced = Evaluation({}, NOW, UTC)
    plain = Evaluation({}, NOW, UTC)
    found = expression.explain(traced)
    expression.run(plain)
    assert found is not None and found.trace is not None
    assert traced.budget.items == plain.budget.items
    assert found.trace.value == "JArray"


@pytest.mark.parametrize(
    "text",
    [
        "@{ object o = 1; for (int i = 0; i < 60; i++) o = new object[] { o, o }; return o; }",
        "@{ object o = 1; for (int i = 0; i < 9000; i++) o = new object[] { o }; return o; }",
    ],
    ids=["wide", "deep"],
)
def test_a_tower_of_arrays_is_shown_to_a_few_levels(text: str) -> None:
    """SECURITY: however often a value holds itself by way of others."""
    found = shown(compiled(text).run(evaluation()))
    assert found.startswith("{ { { { System.Object[]")
    assert len(found) < 1_000


def test_a_call_that_gives_nothing() -> None:
    """A void call has no null for a value."""
    found = compiled("@{ var x = new List<int>(); x.Add(1); return x.Count; }").explain(evaluation(steps=1000))
    assert found is not None
    assert [(one.text, one.value) for one in found.trace.children][-2:] == [("x.Add(1)", "void"), ("x.Count", "1")]
