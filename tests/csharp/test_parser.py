"""Trees and syntax errors, against what C# itself recorded."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from certgate.csharp.depth import MAX_HEIGHT, make_room
from certgate.csharp.parser import parse
from certgate.csharp.syntax import Literal, Name, Node

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "golden" / "expr.jsonl").read_text(encoding="utf-8").splitlines()
]
SYNTAX = frozenset(
    """CS0230 CS0742 CS1001 CS1002 CS1003 CS1009 CS1010 CS1011 CS1012 CS1013 CS1021 CS1022 CS1023 CS1024 CS1026 CS1031
    CS1035 CS1039 CS1040 CS1041 CS1056 CS1073 CS1513 CS1514 CS1524 CS1525 CS1526 CS1528 CS1733 CS8076 CS8078 CS8086
    CS8361 CS8401 CS8641""".split()  # noqa: SIM905
)


@pytest.fixture(autouse=True)
def room() -> None:
    """The calls that compiling an expression makes room for."""
    make_room()


def sketch(value: Any) -> str:
    """A tree in one line: names and literals as written, other nodes by their class."""
    if isinstance(value, Name):
        arguments = "" if value.arguments is None else "<" + ",".join(map(sketch, value.arguments)) + ">"
        return value.text + arguments
    if isinstance(value, Literal):
        return value.text
    if isinstance(value, tuple):
        return "[" + " ".join(map(sketch, value)) + "]"
    if isinstance(value, Node):
        fields = [field for field in type(value).__match_args__[2:] if not field.endswith("span")]
        inside = " ".join(
            sketch(part) for part in (getattr(value, field) for field in fields) if part not in ("", None)
        )
        return f"{type(value).__name__}({inside})"
    return str(value)


def offset(text: str, line: int, column: int) -> int:
    """The offset of a recorded place: line 1 follows the opening bracket, and the closing one has a line of its own."""
    if line < 1:
        return 2
    starts = [2, *(found.end() for found in re.finditer("\r\n|[\n\r\x85\u2028\u2029]", text[:-1]))]
    if line <= len(starts):
        return starts[line - 1] + column - 1
    return min(len(text) - 2 + column, len(text))


TREES = [
    ('(string)a.As<J>(true)["x"]', 'Cast(PredefinedType(string) ElementAccess(Invocation(MemberAccess(a As<J>) [Argument(true)]) [Argument("x")]))'),  # noqa: E501
    ('"x" + a?.b', 'Binary("x" + ConditionalAccess(a MemberBinding(b)))'),
    ('!c?.S.Contains("x")', 'Unary(! ConditionalAccess(c Invocation(MemberAccess(MemberBinding(S) Contains) [Argument("x")])))'),  # noqa: E501
    ("a?.b?[0]", "ConditionalAccess(a ConditionalAccess(MemberBinding(b) ElementBinding([Argument(0)])))"),
    ("(x)-1", "Binary(Parenthesized(x) - 1)"),
    ("(int)-1", "Cast(PredefinedType(int) Unary(- 1))"),
    ("(x)(y)", "Cast(x Parenthesized(y))"),
    ("(x)y", "Cast(x y)"),
    ("(x?)-y", "Cast(NullableType(x) Unary(- y))"),
    ("a < b > (c)", "Invocation(a<b> [Argument(c)])"),
    ("a < b > c", "Binary(Binary(a < b) > c)"),
    ("f(a < b, c > d)", "Invocation(f [Argument(Binary(a < b)) Argument(Binary(c > d))])"),
    ("f(a < b, c > (d))", "Invocation(f [Argument(Invocation(a<b,c> [Argument(d)]))])"),
    ("a<b<int>>.c", "MemberAccess(a<b<PredefinedType(int)>> c)"),
    ("a >> b > c", "Binary(Binary(a >> b) > c)"),
    ("x is T ? a : b", "Conditional(IsType(x T) a b)"),
    ("x is T? && b", "Binary(IsType(x NullableType(T)) && b)"),
    ("x is int i && b", "Binary(IsPattern(x DeclarationPattern(PredefinedType(int) VariableDesignation(i))) && b)"),
    ("x is 1 + 2", "IsPattern(x ConstantPattern(Binary(1 + 2)))"),
    ("a ?? b ?? c", "Binary(a ?? Binary(b ?? c))"),
    ("a ? b : c ? d : e", "Conditional(a b Conditional(c d e))"),
    ("a - b - c * d", "Binary(Binary(a - b) - Binary(c * d))"),
    ("1 ** 2", "Binary(1 * Unary(* 2))"),
    ("$\"{{{1}}}\"", "InterpolatedString([InterpolatedText({) Interpolation(1) InterpolatedText(})])"),
    ("$\"{1:0}}}\"", "InterpolatedString([Interpolation(1 0) InterpolatedText(})])"),
    ('$@"{$"{"a"}"}"', 'InterpolatedString([Interpolation(InterpolatedString([Interpolation("a")]))])'),
    ('$"{$@"{"a"}""b"}"', 'InterpolatedString([Interpolation(InterpolatedString([Interpolation("a") InterpolatedText("b)]))])'),  # noqa: E501
    ('$"{a,-5:x2}"', "InterpolatedString([Interpolation(a Unary(- 5) x2)])"),
    ("(a, b) => a", "Lambda([Parameter(a) Parameter(b)] a False)"),
    ("async", "async"),
    ("new int[2][]", "ArrayCreation(ArrayType(PredefinedType(int) [ArrayRank([2]) ArrayRank([None])]))"),
    ("new { a, B = 1 }", "AnonymousObject([AnonymousMember(a) AnonymousMember(B 1)])"),
    ("(1, x: 2)", "Tuple([Argument(1) Argument(2 x)])"),
    ("from x in y where x select x", "Query(FromClause(x y) QueryBody([WhereClause(x)] SelectClause(x)))"),
    ("from.where", "MemberAccess(from where)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_an_expression_has_the_tree_of_csharp(text: str, tree: str) -> None:
    """What other grammars get wrong, and what C# decides by looking ahead."""
    found = parse(f"@({text})")
    assert found.diagnostics == ()
    assert sketch(found.node) == tree


STATEMENTS = [
    ("var (a, b) = f();", "ExpressionStatement(Assignment(Declaration(var TupleDesignation([VariableDesignation(a) VariableDesignation(b)])) = Invocation(f [])))"),  # noqa: E501
    ("int F(int a) => a;", "LocalFunction(PredefinedType(int) F [] [Parameter(PredefinedType(int) a)] a [] False)"),
    ("a < b > c = d;", "LocalDeclaration(VariableDeclaration(a<b> [Declarator(c d)]) False)"),
    ("T? x = y;", "LocalDeclaration(VariableDeclaration(NullableType(T) [Declarator(x y)]) False)"),
    ("foreach (var (k, v) in d) ;", "ForEachDeconstruction(Declaration(var TupleDesignation([VariableDesignation(k) VariableDesignation(v)])) d Empty())"),  # noqa: E501
    ("switch (a) { case int n when n > 1: break; default: break; }", "Switch(a [SwitchSection([CaseLabel(DeclarationPattern(PredefinedType(int) VariableDesignation(n)) Binary(n > 1))] [Break()]) SwitchSection([DefaultLabel()] [Break()])])"),  # noqa: E501
    ("try { } catch (E e) when (e.A) { } finally { }", "Try(Block([]) [Catch(E e MemberAccess(e A) Block([]))] Block([]))"),  # noqa: E501
    ("f(out var x, out int y);", "ExpressionStatement(Invocation(f [Argument(Declaration(var VariableDesignation(x)) out) Argument(Declaration(PredefinedType(int) VariableDesignation(y)) out)]))"),  # noqa: E501
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), STATEMENTS)
def test_a_statement_has_the_tree_of_csharp(text: str, tree: str) -> None:
    """Declarations are told from expressions as C# tells them."""
    found = parse(f"@{{{text}}}")
    assert found.diagnostics == ()
    assert sketch(found.node) == f"Block([{tree}])"


def test_what_csharp_takes_is_taken() -> None:
    """No recorded expression that evaluates, throws or fails later gives a syntax error."""
    wrong = [
        row["id"]
        for row in ROWS
        if ("compile" not in row or row["compile"][0]["code"] not in SYNTAX | {"CS8370"})
        and parse(row["expr"]).diagnostics
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "compile" in row and row["compile"][0]["code"] in SYNTAX], ids=lambda row: row["id"]
)
def test_the_first_syntax_error_is_that_of_csharp(row: dict[str, Any]) -> None:
    """Code, words and place agree with the recorded compiler."""
    expected = row["compile"][0]
    found = parse(row["expr"]).diagnostics[0]
    place = offset(row["expr"], expected["line"], expected["column"])
    assert (found.code, found.message, found.start) == (expected["code"], expected["message"], place)


@pytest.mark.parametrize(
    ("text", "code", "start"),
    [
        ("@(a ??= b)", "CS8370", 4),
        ("@(x is not null)", "CS8370", 7),
        ("@(x switch { 1 => 2 })", "CS8370", 4),
        ("@(new())", "CS8370", 2),
        ("@(x[^1])", "CS8370", 4),
        ("@(x!.y)", "CS8370", 3),
        ('@($"{a ? b : c}")', "CS8361", 5),
        ('@($"{}")', "CS1733", 5),
        ('@($"{a b}")', "CS1073", 5),
        ("@(int)", "CS1525", 6),
        ("@(1 + 2;", "CS1026", 8),
        ("@(1 2", "CS1026", 5),
        ("@{ return 1; } }", "CS1022", 16),
        ("@(1) + (2)", "CS1073", 3),
    ],
)
def test_other_syntax_errors(text: str, code: str, start: int) -> None:
    """Newer syntax, holes, and brackets that do not match."""
    found = parse(text).diagnostics[0]
    assert (found.code, found.start) == (code, start)


@pytest.mark.parametrize(
    "text",
    [
        "@(" + "(" * 9_000 + "1" + ")" * 9_000 + ")",
        "@(" + "!" * 10_000 + "a)",
        "@(" + "x => " * 10_000 + "1)",
        "@(" + "f(" * 9_000 + ")" * 9_000 + ")",
        "@(1" + " + 1" * 10_000 + ")",
        "@(a" + ".b" * 10_000 + ")",
        "@(a" + "?.b" * 10_000 + ")",
        "@(" + "a ? b : " * 10_000 + "c)",
        "@(" + '$"{' * 10_000 + "1" + '}"' * 10_000 + ")",
        "@(typeof(" + "A<" * 10_000 + "B" + ">" * 10_000 + "))",
        "@{" + "{" * 9_000 + "}" * 9_000 + "}",
        "@{" + "if (a) ; else " * 10_000 + ";}",
    ],
    ids=lambda text: text[:12],
)
def test_a_text_that_nests_too_deep_is_no_error_of_csharps(text: str) -> None:
    """One limit for every kind of nesting, reached in time and without a traceback; C# may follow where it does not."""
    started = time.perf_counter()
    parsed = parse(text)
    assert (parsed.too_deep, parsed.node, parsed.diagnostics) == (True, None, ())
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("@(f(.::b))", "CS1525"),
        ("@(f(a.::b, 1))", "CS1001"),
        ("@([static])", "CS8370"),
        ("@{ catch { } }", "CS1003"),
        ("@{ finally { } return 1; }", "CS1003"),
        ("@(new[] { ::a ::b })", "CS1525"),
    ],
)
def test_what_begins_nothing_ends(text: str, code: str) -> None:
    """SECURITY: a token that seems to begin an argument, an element or a statement and does not is not waited for."""
    assert parse(text).diagnostics[0].code == code


def test_a_long_chain_within_the_limit_is_parsed() -> None:
    """What people write stays well within the limit."""
    assert parse("@(1" + " + 1" * (MAX_HEIGHT - 20) + ")").diagnostics == ()


def test_every_node_lies_within_its_parent() -> None:
    """Offsets are of the whole text, and a node covers its parts."""
    for row in ROWS:
        waiting: list[Any] = [parse(row["expr"]).node]
        while waiting and "compile" not in row:
            node = waiting.pop()
            assert 1 <= node.start <= node.end <= len(row["expr"])
            for field in type(node).__match_args__[2:]:
                value = getattr(node, field)
                parts = [part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, Node)]
                assert all(node.start <= part.start and part.end <= node.end for part in parts), (row["id"], node)
                waiting += parts


def test_a_node_cannot_be_changed() -> None:
    """Trees are shared between binding, explaining and reporting."""
    node = parse("@(a)").node
    with pytest.raises(AttributeError, match="read-only"):
        node.text = "b"  # type: ignore[union-attr,misc]


def test_a_text_without_its_opening_is_refused() -> None:
    """Only the policy reader decides what is an expression."""
    with pytest.raises(ValueError, match="begins with"):
        parse("1 + 1")
