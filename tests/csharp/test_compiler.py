"""What compiled expressions do: closures, loops, exceptions, budgets, the explain tree."""

from __future__ import annotations

import pytest

from certgate.csharp import BudgetExceeded, ThrownException, UnsupportedReached, compile
from tests.csharp.programs import OPEN, evaluation, trace, value

PROGRAMS = [
    ("@{ int n = 0; Func<int> next = () => ++n; next(); next(); return n; }", 2),
    (
        "@{ var all = new List<Func<int>>(); foreach (var i in new[] { 1, 2 }) all.Add(() => i); "
        "return all[0]() * 10 + all[1](); }",
        12,
    ),
    (
        "@{ var all = new List<Func<int>>(); for (int i = 0; i < 2; i++) all.Add(() => i); "
        "return all[0]() * 10 + all[1](); }",
        22,
    ),
    ("@{ int F(int n) => n < 2 ? n : F(n - 1) + F(n - 2); return F(10); }", 55),
    ("@{ int x = 1; void Add(int by) { x += by; } Add(2); Add(3); return x; }", 6),
    ("@{ int s = 0; for (int i = 0; ; i++) { if (i == 3) continue; if (i > 5) break; s += i; } return s; }", 12),
    ("@{ switch (3) { case 1: return 1; case 3: goto case 5; case 5: return 7; default: return 0; } }", 7),
    (
        "@{ object o = 5; switch (o) { case string s: return 1; "
        "case int n when n > 4: return n; default: return 0; } }",
        5,
    ),
    ('@{ try { return int.Parse("x"); } catch (FormatException e) when (e.Message != null) { return -1; } }', -1),
    ("@{ int x = 0; try { x = 1; return x; } finally { x = 2; } }", 1),
    ("@{ int a = int.MaxValue; return unchecked(a + 1); }", -(2**31)),
    ("@{ var (a, b) = (1, 2); (a, b) = (b, a); return a * 10 + b; }", 21),
    ('@{ return int.TryParse("42", out var n) ? n : 0; }', 42),
    ("@{ IEnumerable<int> Up() { for (int i = 0; ; i++) yield return i; } return Up().Skip(2).First(); }", 2),
    ("@((from a in new[] { 1, 2 } from b in new[] { 10, 20 } where a + b > 12 select a * b).Sum())", 60),
    ("@{ int? n = null; return (n + 1) == null && !(n > 1); }", True),
    ('@($"{1.5:F2}|{"a",3}|{null}|{{")', "1.50|  a||{"),
]


@pytest.mark.parametrize(("text", "wanted"), PROGRAMS)
def test_programs(text: str, wanted: object) -> None:
    """Small programs give what C# gives."""
    assert value(text) == wanted


def test_exceptions_have_type_message_and_place() -> None:
    """A null receiver throws where the member is read."""
    with pytest.raises(ThrownException) as caught:
        value('@("x" + ((string)null).Length)')
    assert caught.value.type_name == "System.NullReferenceException"
    assert (caught.value.start, caught.value.end) == (8, 29)


THROWN = [
    ("@{ int z = 0; return 1 / z; }", "System.DivideByZeroException"),
    ("@{ int m = int.MaxValue; return checked(m + 1); }", "System.OverflowException"),
    ("@((string)(object)1)", "System.InvalidCastException"),
    ("@((long)(object)1)", "System.InvalidCastException"),
    ("@(new[] { 1 }[1])", "System.IndexOutOfRangeException"),
    ("@((int)(int?)null)", "System.InvalidOperationException"),
    ("@{ object[] a = new string[1]; a[0] = 1; return a; }", "System.ArrayTypeMismatchException"),
    ('@{ throw new ArgumentNullException("p"); }', "System.ArgumentNullException"),
]


@pytest.mark.parametrize(("text", "wanted"), THROWN)
def test_thrown(text: str, wanted: str) -> None:
    """Each kind of failure is .NET's exception."""
    with pytest.raises(ThrownException) as caught:
        value(text)
    assert caught.value.type_name == wanted


HOSTILE = [
    "@{ while (true) { } }",
    "@{ for (;;) { } }",
    "@{ int F(int n) => F(n + 1); return F(0); }",
    "@{ Func<int, int> f = null; f = n => f(n); return f(1); }",
    '@{ var s = "x"; while (true) { s += s; } }',
    "@(new int[2000000000])",
    "@(Enumerable.Range(0, int.MaxValue).Select(n => n + 1).Count())",
    "@{ again: goto again; }",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_budgets(text: str) -> None:
    """SECURITY: endless loops, recursion and huge values end in BudgetExceeded."""
    with pytest.raises(BudgetExceeded) as caught:
        value(text, steps=200_000, items=1_000_000)
    assert caught.value.message.startswith("expression exceeded ")


def test_time_limit() -> None:
    """The clock that is passed in ends a loop after five seconds."""
    ticks = iter(range(10_000))
    with pytest.raises(BudgetExceeded, match="time limit of 5 seconds"):
        value("@{ while (true) { } }", clock=lambda: float(next(ticks)))


def test_unsupported_only_where_reached() -> None:
    """What certgate has not got matters only when the evaluation comes to it."""
    text = "@(1 > 2 && System.Diagnostics.Process.GetCurrentProcess() == null)"
    assert value(text) is False
    with pytest.raises(UnsupportedReached) as caught:
        value(text.replace(">", "<"))
    assert caught.value.message == "certgate does not simulate 'Process.GetCurrentProcess'"


def test_an_expression_runs_many_times() -> None:
    """A compiled expression keeps nothing from one run to the next."""
    compiled = compile("@{ int n = 0; n++; return n; }", OPEN).expression
    assert compiled is not None
    assert [compiled.run(evaluation()) for _ in range(3)] == [1, 1, 1]


def test_trace_shows_values_and_what_was_skipped() -> None:
    """The tree has each operand's value, and marks those that were not evaluated."""
    tree = trace('@("a" == "b" || "x".Length > 0 || 1 / "".Length > 0)')
    assert (tree.kind, tree.value, tree.static_type) == ("||", "true", "bool")
    left, right = tree.children
    assert right.skipped and right.text == '1 / "".Length > 0'
    assert [child.value for child in left.children] == ["false", "true"]
    member = left.children[1].children[0]
    assert (member.kind, member.text, member.value) == ("member", '"x".Length', "1")


def test_trace_marks_the_null_that_was_dereferenced() -> None:
    """The operand that was null is marked, and the exception is shown up to the root."""
    tree = trace("@{ string s = null; return s.Trim().Length > 0; }")
    assert tree.exception == "System.NullReferenceException: Object reference not set to an instance of an object."
    call = tree.children[-1].children[0].children[0]
    assert (call.kind, call.children[0].text, call.children[0].null_at) == ("call", "s", True)
