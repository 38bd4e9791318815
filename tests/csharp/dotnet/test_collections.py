"""Collections and LINQ: the order of dictionaries, what is evaluated and when, bounds."""

from __future__ import annotations

import pytest

from certgate.csharp import BudgetExceeded, Environment, Evaluation, ThrownException
from certgate.csharp import compile as compile_expression
from tests.csharp.dotnet.evaluation import NOW, run, thrown


def block(text: str) -> object:
    """The value of ``@{ text }``."""
    compilation = compile_expression(f"@{{ {text} }}", Environment(unrestricted=True))
    assert compilation.expression is not None, compilation.diagnostics
    return compilation.expression.run(Evaluation({}, NOW, NOW.tzinfo))  # type: ignore[arg-type]


def test_freed_place_is_used_again() -> None:
    """After a removal the next key takes its place, as in .NET's table."""
    found = block(
        'var d = new Dictionary<string, int> { ["a"] = 1, ["b"] = 2, ["c"] = 3 }; d.Remove("a"); d["z"] = 9; '
        'return string.Join(",", d.Keys);'
    )
    assert found == "z,b,c"


def test_change_while_enumerated() -> None:
    """Adding to a set that is enumerated is an InvalidOperationException; overwriting a value is not."""
    assert block("var d = new Dictionary<int, int> { [1] = 1 }; foreach (var p in d) d[1] = 5; return d[1];") == 5
    with pytest.raises(ThrownException, match="Collection was modified"):
        block("var s = new HashSet<int> { 1 }; foreach (var n in s) s.Add(n + 1); return 0;")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("\"1,x,3\".Split(',').Select(int.Parse).Last()", 3),
        ("\"x,2\".Split(',').Select(int.Parse).Skip(1).First()", 2),
        ("\"x\".Split(',').Select(int.Parse).Any()", True),
        ("\"1,x\".Split(',').Select(int.Parse).Take(1).Sum()", 1),
        ("new[] { 3, 1, 2 }.OrderBy(n => n).First()", 1),
        ("new[] { 1, 2, 3 }.OrderBy(n => n % 2).Last()", 3),
        ("Enumerable.Range(1, 3).Select(n => n * n).ElementAt(2)", 9),
    ],
)
def test_only_what_is_needed(text: str, value: object) -> None:
    """Over a list, elements that nobody asks for are not computed."""
    assert run(text) == value


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "new List<int> { 1 }.GetRange(-1, 1)",
            ("System.ArgumentOutOfRangeException", "Non-negative number required. (Parameter 'index')"),
        ),
        ("new int[0].Min()", ("System.InvalidOperationException", "Sequence contains no elements")),
        (
            "new[] { 1 }.Chunk(0)",
            (
                "System.ArgumentOutOfRangeException",
                "Specified argument was out of the range of valid values. (Parameter 'size')",
            ),
        ),
    ],
)
def test_errors(text: str, error: tuple[str, str]) -> None:
    """Exceptions carry .NET's texts."""
    assert thrown(text) == error


def test_array_does_not_grow() -> None:
    """An array is an IList of a fixed size."""
    with pytest.raises(ThrownException, match="Collection was of a fixed size"):
        block("((IList<int>)new[] { 1 }).Insert(0, 1); return 0;")


def test_endless_sequence_is_charged() -> None:
    """SECURITY: enumerating two thousand million numbers ends the run."""
    with pytest.raises(BudgetExceeded):
        run("Enumerable.Range(0, 2000000000).Count(n => n < 0)")
