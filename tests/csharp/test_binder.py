"""What the binder decides: types, overloads, conversions, inference, and C#'s compile errors with their places."""

from __future__ import annotations

import pytest

from certgate.csharp import Environment, compile
from tests.csharp.programs import OPEN, errors, value

STATIC_TYPES = [
    ("@(1 + 2u)", "uint"),
    ("@('a' + 1)", "int"),
    ("@((byte)1 + (byte)2)", "int"),
    ("@(1 + 2.5m)", "decimal"),
    ("@(true ? 1 : 2L)", "long"),
    ("@((int?)1 + 1)", "int?"),
    ('@((string)null ?? "x")', "string"),
    ("@((int?)null ?? 5)", "int"),
    ('@("a"?.Length)', "int?"),
    ("@(new[] { 1, 2L })", "long[]"),
    ('@((1, "a"))', "(int, string)"),
    ("@(from x in new[] { 1, 2 } where x > 1 select x.ToString())", "System.Collections.Generic.IEnumerable<string>"),
    ('@(new[] { "a" }.Select(s => s.Length).ToList())', "System.Collections.Generic.List<int>"),
    (
        '@(new[] { 1 }.ToDictionary(n => "k" + n, n => n / 2.0))',
        "System.Collections.Generic.Dictionary<string, double>",
    ),
    ("@(new[] { 1, 2 }.Aggregate(0L, (sum, n) => sum + n))", "long"),
    ('@(new[] { "1" }.Select(int.Parse).Max())', "int"),
]


@pytest.mark.parametrize(("text", "wanted"), STATIC_TYPES)
def test_static_types(text: str, wanted: str) -> None:
    """The type of an expression follows from promotion, inference and best common types."""
    compilation = compile(text, OPEN)
    assert compilation.diagnostics == ()
    assert compilation.static_type == wanted


ERRORS = [
    ("@(missing)", [("CS0103", 2)]),
    ('@("a".Nope)', [("CS1061", 6)]),
    ("@(Math.Nope)", [("CS0117", 7)]),
    ('@("a" < "b")', [("CS0019", 2)]),
    ('@("a".Length())', [("CS1955", 6)]),
    ('@("a".Substring("b"))', [("CS1503", 16)]),
    ('@("a".Substring(1, 2, 3))', [("CS1501", 6)]),
    ("@(new Nope())", [("CS0246", 6)]),
    ("@(int.MaxValue + 1)", [("CS0220", 2)]),
    ("@(unchecked(int.MaxValue + 1))", []),
    ("@((byte)300)", [("CS0221", 2)]),
    ("@(1 / 0)", [("CS0020", 2)]),
    ("@{ int x; return x; }", [("CS0165", 17)]),
    ("@{ int x = 1; int x = 2; return x; }", [("CS0128", 18)]),
    ("@{ if (true) { return 1; } }", []),
    ('@{ if ("".Length == 0) { return 1; } }', [("CS0161", 0)]),
    ("@{ string s = 5; return s; }", [("CS0029", 14)]),
    ("@{ int i = 5L; return i; }", [("CS0266", 11)]),
    ("@(new[] { 1 }.Where(n => n))", [("CS0029", 25), ("CS1662", 25)]),
    ('@(true ? 1 : "a")', [("CS8957", 2)]),
    ("@(Formatting.None)", [("CS0104", 2)]),
]


@pytest.mark.parametrize(("text", "wanted"), ERRORS)
def test_errors(text: str, wanted: list[tuple[str, int]]) -> None:
    """Mistakes get C#'s codes at C#'s places."""
    assert errors(text) == wanted


def test_expected_type() -> None:
    """The value has to convert to the type that the attribute wants."""
    assert errors("@(1)", expected="bool") == [("CS0029", 2)]
    assert errors("@(1L)", expected="int") == [("CS0266", 2)]
    assert errors("@{ return 1; }", expected="bool") == [("CS0029", 10)]
    assert errors("@(1)", expected="long") == []


def test_message_words() -> None:
    """The message is the compiler's."""
    (found,) = compile('@("a".Nope)', OPEN).diagnostics
    assert found.message == (
        "'string' does not contain a definition for 'Nope' and no accessible extension method 'Nope' accepting a first "
        "argument of type 'string' could be found (are you missing a using directive or an assembly reference?)"
    )


def test_overloads() -> None:
    """The better conversion decides; params and optional parameters come last."""
    assert value('@(string.Concat("a", 1, null, true))') == "a1True"
    assert value('@(string.Join(",", 1, "b", null))') == "1,b,"
    assert value("@(\"a,b\".Split(',').Length)") == 2


def test_refused() -> None:
    """The allow-list names the type that declares a member."""
    (found,) = compile("@(Environment.MachineName)", Environment()).diagnostics
    assert found.kind == "refused"
    assert found.message == "Usage of type 'System.Environment' is not supported within expressions"
    (found,) = compile("@(DateTime.Now.ToFileTime())", Environment()).diagnostics
    assert found.message == "Usage of member 'ToFileTime' of type 'System.DateTime' is not supported within expressions"
    assert compile("@(1 is int)", Environment()).diagnostics == ()


def test_known_but_not_simulated() -> None:
    """A name that .NET has and certgate has not is no error: it is noted, with its place."""
    compilation = compile("@(System.Diagnostics.Process.GetCurrentProcess())", OPEN)
    assert compilation.diagnostics == ()
    assert [one.start for one in compilation.unsupported] == [29]


def test_lambdas_that_multiply() -> None:
    """Lambdas inside one another, each tried with ten overloads, are bound once for each parameter type."""
    nested = "1"
    for index in range(18):
        nested = f"new[] {{ 1 }}.Sum(v{index} => {nested} + v{index})"
    assert value(f"@({nested})") == 19
