"""The rarer parts of the language: what C# gives for whole programs of each."""

from __future__ import annotations

import pytest

from certgate.csharp import Environment, ThrownException, UnsupportedReached, compile
from certgate.csharp.values import text_of
from tests.csharp.programs import value

FORMATTABLE = [
    ('@(FormattableString.Invariant($"{1.5}|{1234.5:N1}"))', "1.5|1,234.5"),
    ('@(((FormattableString)$"a{1}b{"x"}{{{2,5:F1}").Format)', "a{0}b{1}{{{2,5:F1}"),
    ('@{ FormattableString f = $"x{1}y{2}"; return f.ArgumentCount + f.GetArgument(1).ToString() + f; }', "22x1y2"),
]
IDENTITY = [
    ("@(object.ReferenceEquals(\"aa\", new string('a', 2)))", "False"),
    ("@((object)string.Intern(new string('q', 2)) == (object)\"qq\")", "True"),
    (
        '@{ string a = "x1", b = "x" + 1; return ReferenceEquals(a, b) + "" + ReferenceEquals(a, "x1") '
        "+ ReferenceEquals(b, b); }",
        "FalseTrueTrue",
    ),
    (
        '@{ string a = "hello", b = a.Substring(0), c = a.ToUpper().ToLower(), d = a + ""; '
        'return ReferenceEquals(a, b) + "" + ReferenceEquals(a, c) + ReferenceEquals(a, d); }',
        "TrueFalseTrue",
    ),
    ('@{ const string p = "ab"; return ReferenceEquals(p + "c", "abc"); }', "True"),
    ('@(ReferenceEquals("", string.Empty))', "True"),
    ('@((object)"a" == "a")', "True"),
    ("@{ object a = 1, b = 1; return a == b; }", "False"),
]
ITERATORS = [
    ("@{ IEnumerable<int> G() { try { yield return 1; } finally { } yield return 2; } return G().Sum(); }", "3"),
    (
        '@{ string log = ""; IEnumerable<int> G() { try { yield return 1; yield return 2; } finally { log += "f"; } } '
        "foreach (var x in G()) { log += x; break; } return log; }",
        "1f",
    ),
    (
        "@{ IEnumerable<int> G(int k) { switch (k) { case 1: yield return 7; goto case 2; case 2: yield return 8; "
        'break; default: yield break; } yield return 9; } return string.Join(",", G(1)) + "|" + '
        'string.Join(",", G(3)); }',
        "7,8,9|",
    ),
    (
        '@{ IEnumerable<string> G() { using (var r = new StringReader("ab")) yield return r.ReadLine(); } '
        'return string.Join(",", G()); }',
        "ab",
    ),
    (
        "@{ IEnumerator<int> G() { yield return 1; yield return 2; } var e = G(); int s = 0; "
        "while (e.MoveNext()) s += e.Current; return s; }",
        "3",
    ),
]
GENERIC = [
    ('@{ int F<T>(T t) => 1; return F(5) + F<string>("a"); }', "2"),
    ("@{ T F<T>() where T : new() => new T(); return F<List<int>>().Count; }", "0"),
    (
        "@{ string F<T>(T a, T b) { return typeof(T).Name + (a == null) + default(T); } "
        'return F(1, 2L) + F("a", null); }',
        "Int64False0StringFalse",
    ),
    ("@{ int F<T>(int n) => n == 0 ? typeof(T).Name.Length : F<T>(n - 1); return F<int>(3); }", "5"),
    ("@{ Func<int,int> f = G; T G<T>(T t) => t; return f(5); }", "5"),
]
TUPLES = [
    ("@((1, 2L) == (1L, 2))", "True"),
    ("@(((int?)1, null) == (null, null))", "False"),
    ("@((1, (2, 3)) != (1, (2, 4)))", "True"),
    ("@{ var t = (1, 2, 3, 4, 5, 6, 7, 8); return t.Item8 + t.Rest.Item1; }", "16"),
    ("@{ object o = (1, 2); return o is ValueTuple<int,int> t ? t.Item2 : 0; }", "2"),
    ("@{ int a = 1, b = 2; var t = (a, b); return t.a + t.b; }", "3"),
]
DYNAMIC = [
    ("@{ dynamic a = 2, b = 3.5; return a * b; }", "7"),
    ('@{ dynamic d = "abc"; return d.Substring(1) + d[0] + d.Length; }', "bca3"),
    ("@{ dynamic d = new List<int> { 1, 2 }; int s = 0; foreach (var x in d) s += x; return s + d.Count; }", "5"),
    ("@{ dynamic d = 5; d++; d += 2; return d; }", "8"),
    ('@{ dynamic d = -5; return Math.Abs(d) + string.Format("{0}", d); }', "5-5"),
    ('@{ dynamic d = JObject.Parse("{\\"a\\":{\\"b\\":5}}"); int n = d.a.b; return n + "" + (d.c == null); }', "5True"),
    ("@{ Func<int, int> f = x => x + 1; dynamic d = f; return d(5); }", "6"),
]
OPERATORS = [
    ("@(5 - DayOfWeek.Monday)", "Thursday"),
    ("@(DayOfWeek.Monday - 0)", "Monday"),
    ("@(DayOfWeek.Friday - DayOfWeek.Monday)", "4"),
    ("@(true + null)", "True"),
    ("@((object)1 + null)", "1"),
    ("@(3 == default)", "False"),
    ("@(unchecked((byte?)300))", "44"),
    ("@{ DayOfWeek d = 0.0; return d; }", "Sunday"),
    ("@((decimal)3.14159274f)", "3.141593"),
]
ORDER = [
    (
        '@{ string s = ""; string A(int i) { s += i; return "abc"; } int B(int i) { s += i; return i; } '
        "return A(0).Substring(length: B(2), startIndex: B(1)) + s; }",
        "bc021",
    ),
]
FLOW = [
    ("@{ switch (true) { case true: return 1; } }", "1"),
    ("@{ object o = 1; switch (o) { case null: return 1; case object p: return 2; } }", "2"),
    ("@{ int y; int F() { return y; } y = 1; return F(); }", "1"),
]
PROGRAMS = (
    *(*FORMATTABLE, *IDENTITY, *ITERATORS, *GENERIC, *TUPLES),
    *(*DYNAMIC, *OPERATORS, *ORDER, *FLOW),
)


@pytest.mark.parametrize(("text", "wanted"), PROGRAMS)
def test_programs(text: str, wanted: str) -> None:
    """Each gives what C# gives."""
    assert text_of(value(text)) == wanted


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@{ dynamic d = 5; return d.Foo; }", "'int' does not contain a definition for 'Foo'"),
        ("@{ dynamic d = null; return d.Foo; }", "Cannot perform runtime binding on a null reference"),
        ("@{ dynamic d = 5; string s = d; return s; }", "Cannot implicitly convert type 'int' to 'string'"),
        ("@{ dynamic d = 5; return d + true; }", "Operator '+' cannot be applied to operands of type 'int' and 'bool'"),
        ('@{ dynamic d = "a"; return d.Substring(); }', "No overload for method 'Substring' takes 0 arguments"),
    ],
)
def test_dynamic_errors(text: str, message: str) -> None:
    """What the compiler would say of a dynamic operation is thrown when it runs."""
    with pytest.raises(ThrownException) as caught:
        value(text)
    assert caught.value.type_name == "Microsoft.CSharp.RuntimeBinder.RuntimeBinderException"
    assert caught.value.message == message


@pytest.mark.parametrize(
    "text",
    [
        "@{ dynamic d = 5; return d.ToString(); }",
        "@{ dynamic d = new[] { 1 }; return d[0]; }",
        '@{ dynamic d = "PATH"; return System.Environment.GetEnvironmentVariable(d); }',
    ],
)
def test_dynamic_is_refused(text: str) -> None:
    """SECURITY: the gateway takes no member whose type is known only when it runs."""
    found = compile(text, Environment()).diagnostics
    assert "Dynamic member invocation is not supported" in [one.message for one in found]


def test_strings_of_which_nothing_is_known() -> None:
    """Whether two equal strings that the library made are one object is not guessed."""
    with pytest.raises(UnsupportedReached):
        value("@{ var a = \"x,x\".Split(','); return ReferenceEquals(a[0], a[1]); }")


def test_a_function_of_ever_larger_types() -> None:
    """SECURITY: a generic function that calls itself with another type each time is bound a limited number of times."""
    with pytest.raises(UnsupportedReached):
        value("@{ int F<T>(int n) => n == 0 ? 0 : F<List<T>>(n - 1); return F<int>(90); }")
