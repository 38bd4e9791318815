"""Long and deep expressions: what people write works, what certgate does not follow is unsupported, only what C# itself
gives up on is CS8078. And the steps that end a loop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from certgate.csharp import BudgetExceeded, ThrownException, UnsupportedReached, compile
from certgate.csharp.depth import MAX_DEPTH, REFUSED_DEPTH, TOO_DEEP
from certgate.csharp.extent import find_end
from tests.csharp.programs import OPEN, evaluation, trace, value

ROWS = {
    "or": ("@(" + '"a" == "b".Trim() || ' * 1_000 + '"a" == "a".Trim())', True),
    "and": ("@(" + '"a" == "a".Trim() && ' * 1_000 + "false)", False),
    "and in or": ("@(" + '"a" == "b" && "a".Length == 2 || ' * 500 + '"a".Length == 1)', True),
    "sum": ("@(" + '"a".Length + ' * 1_000 + '"a".Length)', 1_001),
    "mixed sum": ("@(" + '"a".Length - 1.5 + ' * 500 + "0)", -250.0),
    "text": ("@(" + '"a".Trim() + ' * 1_000 + '"b")', "a" * 1_000 + "b"),
    "equal": ("@(true" + ' == "a".EndsWith("a")' * 1_000 + ")", True),
    "coalesce": ("@(" + "(string)null ?? " * 1_000 + '"x")', "x"),
    "calls": ('@("a"' + ".Trim()" * 1_000 + ")", "a"),
    "properties": ("@(DateTime.MinValue" + ".Date" * 1_000 + ".Year)", 1),
    "conditional access": ('@("a"' + "?.Trim()" * 400 + ")", "a"),
    "sequences": ("@(new[] { 1 }" + ".Select(x => x + 1)" * 300 + ".Single())", 301),
    "ternaries": ("@(" + '"a".Length == 0 ? 1 : ' * 1_000 + "2)", 2),
    "ternaries between": ("@(" + '"a".Length == 1 ? ' * 400 + "1" + " : 2" * 400 + ")", 1),
    "else if": ("@{ " + 'if ("a".Length == 0) return 1; else ' * 1_000 + "return 2; }", 2),
    "where": ("@((from a in new[] { 1 } " + "where a > 0 " * 500 + "select a).Count())", 1),
    "statements": ("@{ int n = 0; " + "n++; " * 5_000 + "return n; }", 5_000),
    "brackets": ("@(" + "(" * 400 + '"a".Length' + ")" * 400 + ")", 1),
    "sum in brackets": ("@(" + "(1 + " * 200 + '"a".Length' + ")" * 200 + ")", 201),
    "ternaries in brackets": ("@(" + '("a".Length == 0 ? 1 : ' * 200 + "2" + ")" * 200 + ")", 2),
    "not": ("@(" + "!" * 400 + '"a".EndsWith("a"))', True),
    "casts": ("@(" + "(int)" * 400 + '"a".Length)', 1),
    "arguments": ("@(" + "Math.Abs(" * 400 + '-"a".Length' + ")" * 400 + ")", 1),
    "blocks": ("@{ " + "{ " * 400 + "return 1; " + "} " * 400 + "}", 1),
    "nested lambdas": (
        "@(" + "".join(f"new[] {{ 1 }}.Select(x{n} => " for n in range(100)) + "1" + ").Sum()" * 100 + ")",
        1,
    ),
    "holes": ("@(" + '$"{' * 50 + "1" + '}"' * 50 + ")", "1"),
    "types": ("@(new " + "List<" * 90 + "int" + ">" * 90 + "().Count)", 0),
}


@pytest.mark.parametrize(("text", "wanted"), ROWS.values(), ids=list(ROWS))
def test_long_and_deep_expressions_work(text: str, wanted: Any) -> None:
    """They compile, run and are traced to the same value, and a tree is no deeper than a reader of it can go."""
    assert value(text) == wanted
    tree = trace(text)
    assert tree.exception is None
    level, below = 0, [tree]
    while below:
        level, below = level + 1, [child for one in below for child in one.children]
    assert level <= 102


def test_a_long_row_is_one_operation_in_the_tree() -> None:
    """Its operands stand side by side; those behind the deciding one are skipped."""
    tree = trace("@(" + " || ".join(f'"{char}" == "c".Trim()' for char in "abcdefghijkl") + ")")
    assert (tree.kind, tree.value, len(tree.children)) == ("||", "true", 12)
    assert [child.value for child in tree.children[:3]] == ["false", "false", "true"]
    assert all(child.skipped for child in tree.children[3:])


def test_an_unassigned_local_is_found_behind_a_long_row() -> None:
    """Definite assignment follows long rows too."""
    row = 'int.TryParse("1", out var n)' + " && n > 0" * 500
    assert value(f"@({row} ? n : 0)") == 1
    assert [one.code for one in compile(f"@({row} ? 0 : n)", OPEN).diagnostics] == []
    found = compile(f"@{{ int n; if ({row.replace('var n', 'n')} || n > 1) return 1; return 2; }}", OPEN)
    assert found.diagnostics == ()
    found = compile("@{ int n; if (" + '"a" == "b".Trim() || ' * 500 + "n > 1) return 1; return 2; }", OPEN)
    assert [one.code for one in found.diagnostics] == ["CS0165"]


NESTED: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "@(" + "(" * n + "1" + ")" * n + ")",
    "not": lambda n: "@(" + "!" * n + "true)",
    "casts": lambda n: "@(" + "(int)" * n + "1)",
    "lambdas": lambda n: "@(" + "x => " * n + "1)",
    "calls": lambda n: "@(" + "f(" * n + "1" + ")" * n + ")",
    "ternaries": lambda n: "@(" + "true ? " * n + "1" + " : 2" * n + ")",
    "ternaries in brackets": lambda n: "@(" + "(true ? 1 : " * n + "2" + ")" * n + ")",
    "objects": lambda n: "@(" + "new List<object> { " * n + "1" + " }" * n + ")",
    "arrays": lambda n: "@(" + "new[] { " * n + "1" + " }" * n + ")",
    "anonymous": lambda n: "@(" + "new { a = " * n + "1" + " }" * n + ")",
    "tuples": lambda n: "@(" + "(1, " * n + "2" + ")" * n + ")",
    "holes": lambda n: "@(" + '$"{' * n + "1" + '}"' * n + ")",
    "verbatim holes": lambda n: "@(" + '$@"{' * n + "1" + '}"' * n + ")",
    "generics": lambda n: "@(typeof(" + "List<" * n + "int" + ">" * n + "))",
    "ranks": lambda n: "@(typeof(int" + "[]" * n + "))",
    "blocks": lambda n: "@{" + "{" * n + "return 1;" + "}" * n + "}",
    "if": lambda n: "@{" + "if (true) " * n + "return 1; return 2; }",
    "else": lambda n: "@{" + "if (true) { return 1; } else { " * n + "return 2; " + "}" * n + "}",
    "loops": lambda n: "@{" + "while (true) " * n + "return 1; }",
    "switches": lambda n: "@{" + "switch (1) { default: " * n + "return 1; " + "}" * n + "}",
    "try": lambda n: "@{" + "try { " * n + "return 1; " + "} finally { }" * n + "}",
    "queries": lambda n: "@(" + "(from a in " * n + "new[] { 1 }" + " select a)" * n + ".Count())",
    "let": lambda n: "@((from a in new[] { 1 } " + "".join(f"let b{i} = a " for i in range(n)) + "select a).Count())",
    "into": lambda n: "@((from a in new[] { 1 } " + "select a into a " * n + "select a).Count())",
    "or": lambda n: "@(" + "false || " * n + "true)",
    "members": lambda n: "@(DateTime.MinValue" + ".Date" * n + ")",
    "null access": lambda n: '@("a"' + "?.Trim()" * n + ")",
    "assignments": lambda n: "@{ int a; " + "a = " * n + "1; return a; }",
    "as": lambda n: '@("a"' + " as object" * n + ")",
    "cut off": lambda n: "@(" + "(" * n,
    "cut off blocks": lambda n: "@{" + "{" * n,
}


@pytest.mark.parametrize("depth", [10, 100, MAX_DEPTH, 1_000, 10_000])
@pytest.mark.parametrize("make", NESTED.values(), ids=list(NESTED))
def test_any_nesting_ends(make: Callable[[int], str], depth: int) -> None:
    """SECURITY: a value, an error or *unsupported*, never a traceback, whatever nests; on a thread of little stack."""
    text = make(depth)
    failed: list[BaseException] = []

    def work() -> None:
        try:
            find_end(text, 0)
            compilation = compile(text, OPEN)
            if compilation.expression is not None:
                compilation.expression.run(evaluation(steps=1_000_000))
        except (ThrownException, UnsupportedReached, BudgetExceeded):
            pass
        except BaseException as error:
            failed.append(error)

    before = threading.stack_size(2 * 1024 * 1024)
    thread = threading.Thread(target=work)
    thread.start()
    threading.stack_size(before)
    thread.join()
    assert failed == []


@pytest.mark.parametrize(
    "text",
    [
        "@(" + "(" * 1_000 + "1" + ")" * 1_000 + ")",
        "@(" + "1 + " * 5_000 + "1)",
        "@((from a in new[] { 1 } " + "where a > 0 " * 2_000 + "select a).Count())",
        "@((from a in new[] { 1 } " + "let b = a " * 200 + "select a).Count())",
        "@(" + '$"{' * 200 + "1" + '}"' * 200 + ")",
        "@((" + "List<" * 200 + "int" + ">" * 200 + ")null == null ? 1 : 2)",
    ],
    ids=["brackets", "row", "clauses", "variables", "holes", "types"],
)
def test_what_certgate_does_not_follow_is_unsupported(text: str) -> None:
    """To reach it leaves the outcome open; it is no claim that C# refuses it."""
    compilation = compile(text, OPEN, expected="int")
    assert compilation.diagnostics == ()
    assert [one.message for one in compilation.unsupported] == [TOO_DEEP]
    assert compilation.expression is not None
    with pytest.raises(UnsupportedReached, match="nests as deep"):
        compilation.expression.run(evaluation())


@pytest.mark.parametrize(
    ("before", "opening", "closing"), [("@(", "(", "1)"), ("@(f", "(", "1)"), ("@(a", "[", "1])"), ("@{", "{", "}}")]
)
def test_what_csharp_does_not_follow_is_its_error(before: str, opening: str, closing: str) -> None:
    """Brackets beyond what any stack of C#'s holds, at the one that is too much."""
    text = before + opening * 100_000 + closing[:-1] * 100_000 + closing[-1]
    (found,) = compile(text, OPEN).diagnostics
    assert (found.code, found.start) == ("CS8078", len(before) + REFUSED_DEPTH - 1)


LOOPS = [
    "@{ while (true) { } }",
    "@{ long s = 1; while (true) { s = (s * 31 + 7) % 1000003; } }",
    "@{ int F(int n) => n < 2 ? n : F(n - 1) + F(n - 2); return F(90); }",
    "@{ int i = 0; again: i = 1 - i; goto again; }",
    "@{ while (true) { switch (1) { case 1: goto case 2; case 2: goto case 1; } } }",
    "@(Enumerable.Range(0, 2000000000).Where(x => x % 2 == 0).Count(x => x > 5))",
    "@{ IEnumerable<int> Up() { while (true) yield return 1; } return Up().Sum(x => 0); }",
    '@{ while (true) { try { int.Parse("x"); } catch (FormatException) { } } }',
    '@{ while (true) { Regex.IsMatch("abc123", "[a-z]+[0-9]+$"); } }',
    '@{ while (true) { JObject.Parse("{}"); } }',
    '@{ while (true) { DateTime.Parse("2024-01-02T03:04:05Z").ToString("yyyy-MM-dd"); } }',
]


@pytest.mark.parametrize("text", LOOPS)
def test_a_loop_ends_at_the_same_step_each_time(text: str) -> None:
    """The steps of a run are counted, not its time; what a turn does counts, so slow turns are fewer."""
    compilation = compile(text, OPEN)
    assert compilation.expression is not None, compilation.diagnostics
    left = []
    for _ in range(2):
        run = evaluation(steps=300_000)
        with pytest.raises(BudgetExceeded, match="limit of 300,000 steps; the gateway itself ends a loop after five"):
            compilation.expression.run(run)
        left.append(run.budget.steps)
    assert left[0] == left[1]


def test_a_loop_that_ends_is_let_run() -> None:
    """A hundred thousand turns with a call in each are within the default limit."""
    text = '@{ int n = 0; for (int i = 0; i < 100000; i++) { if ("abc".Contains("b")) n++; } return n; }'
    assert value(text) == 100_000
