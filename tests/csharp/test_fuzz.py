"""Expressions that nobody wrote: whatever a text is, it ends within its budget, the same way each time, with an answer.

Grown from the grammar with types that fit, from its tokens without, from recorded expressions with tokens changed, and
from bytes. `FUZZ_EXAMPLES` in the environment asks for more of them than the usual few hundred.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certgate.csharp import compile
from certgate.csharp.depth import make_room
from certgate.csharp.display import shown
from certgate.csharp.lexer import Tokens
from certgate.gateway.context.context import environment
from tests.csharp import recorded
from tests.csharp.bounded import end, evaluation

make_room()

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "250"))
FUZZED = settings(
    max_examples=EXAMPLES,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def check(text: str) -> None:
    """It compiles or not; what compiles ends as often as it runs in the same way, and its tree tells the same."""
    compilation = compile(text, environment(unrestricted=True))
    for one in compilation.diagnostics:
        assert 0 <= one.start <= one.end <= len(text)
        assert one.message
    expression = compilation.expression
    if expression is None:
        assert compilation.diagnostics
        return
    first = end(expression, evaluation())
    assert end(expression, evaluation()) == first
    found = expression.explain(evaluation())
    if found is None:
        return
    if found.error is None:
        assert ("value", shown(found.value)) == first
    else:
        assert found.error.message == first[1]
    assert found.trace is not None
    assert 0 <= found.trace.start <= found.trace.end <= len(text)


def _any_of(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words.split())


NAMES = st.sampled_from(
    ["s", "n", "b", "x", "l", "context", "string", "Math", "Regex", "Convert", "JObject", "é", "@if"]
)
INTEGERS = _any_of(
    """0 1 2 7 255 65536 int.MaxValue int.MinValue 2147483648 4294967295u 9223372036854775807L 0xFF 0b101 1_000 'a'"""
)
REALS = _any_of("0.0 1.5 -0.0 1e10 1e308 double.NaN double.Epsilon 1.5f 2.50m decimal.MaxValue 1e-28m")
STRINGS = st.sampled_from(
    [
        '""',
        '"a"',
        '"A,b;c"',
        '"12"',
        '"1.5"',
        '"2024-01-02"',
        '@"\\d"',
        '"\\u00e9\\ud83d"',
        "null",
        '"[1,{\\"a\\":2}]"',
        '"(a+)+"',
    ]
)


def _join(*parts: Any) -> Any:
    """Texts in a row, given as texts or strategies."""
    return st.tuples(*(part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts)).map("".join)


def typed(depth: int) -> dict[str, Any]:
    """For each type a strategy of expressions of that type, `depth` levels deep."""
    if depth == 0:
        return {
            "int": INTEGERS,
            "real": REALS,
            "string": STRINGS,
            "bool": st.sampled_from(["true", "false"]),
            "list": st.sampled_from(["new[] { 3, 1, 2 }", "new List<int>()", "Enumerable.Range(0, 5)"]),
            "date": st.sampled_from(["DateTime.MinValue", "new DateTime(2024, 2, 29)", "context.Timestamp"]),
            "object": st.sampled_from(["(object)1", "new object()", "null", "new { a = 1 }", "(1, 2)"]),
        }
    inner = typed(depth - 1)
    number, real, text, truth, row, date, thing = (inner[key] for key in typed(0))
    return {
        "int": st.one_of(
            number,
            _join(
                "(",
                number,
                st.sampled_from([" + ", " - ", " * ", " / ", " % ", " << ", " >> ", " & ", " | ", " ^ "]),
                number,
                ")",
            ),
            _join(
                st.sampled_from(["-", "~", "+", "checked", "unchecked", "(byte)", "(int)", "(long)", "(char)"]),
                "(",
                number,
                ")",
            ),
            _join("(", text, ").Length"),
            _join("(", text, ").IndexOf(", text, ")"),
            _join("(", truth, " ? ", number, " : ", number, ")"),
            _join(row, ".", st.sampled_from(["Sum()", "Count()", "First()", "Max()", "Aggregate((p, q) => p - q)"])),
            _join("int.Parse(", text, ")"),
            _join("Math.", st.sampled_from(["Abs", "Sign"]), "(", number, ")"),
            _join("((int)", real, ")"),
            _join("(", date, ").", st.sampled_from(["Year", "DayOfYear", "Millisecond"])),
            _join("((", thing, ") as int? ?? ", number, ")"),
        ),
        "real": st.one_of(
            real,
            _join("(", real, st.sampled_from([" + ", " - ", " * ", " / ", " % "]), number, ")"),
            _join("Math.", st.sampled_from(["Round", "Floor", "Sqrt", "Log", "Exp"]), "((double)(", number, "))"),
            _join("Convert.ToDouble(", text, ")"),
            _join("(decimal)(", number, ")"),
        ),
        "string": st.one_of(
            text,
            _join("(", text, " + ", st.one_of(number, real, text, truth, row, date, thing), ")"),
            _join(
                "(",
                text,
                ").",
                st.sampled_from(
                    ["Trim()", "ToUpper()", "Substring(1)", "PadLeft(5)", 'Replace("a", null)', "Split(',')[0]"]
                ),
            ),
            _join(
                "(", number, ").ToString(", st.sampled_from(['""', '"D4"', '"X"', '"#,0.0"', '"E3"', '"Q"', '"P"']), ")"
            ),
            _join("(", date, ").ToString(", st.sampled_from(['"o"', '"yyyy-MM"', '"R"', '"%"', '"fff"']), ")"),
            _join(
                '$"{',
                number,
                st.sampled_from(["", ",5", ",-5", ":X2", ":0.0"]),
                "}{",
                text.filter(lambda one: "\\" not in one),
                '}"',
            ),
            _join("string.Join(", text, ", ", row, ")"),
            _join('string.Format("{0}|{1,4}|{2:F2}", ', number, ", ", text, ", ", real, ")"),
            _join("Regex.Replace(", text, ' ?? "", ', text, ' ?? "", "<$0>")'),
            _join("(", text, " ?? ", text, ")"),
            _join("(", thing, ")?.ToString()"),
            _join("JToken.Parse(", text, ").ToString()"),
            _join("Convert.ToBase64String(Encoding.UTF8.GetBytes(", text, "))"),
        ),
        "bool": st.one_of(
            truth,
            _join("(", number, st.sampled_from([" < ", " >= ", " == ", " != "]), number, ")"),
            _join("(", real, " <= ", number, ")"),
            _join("(", text, " == ", text, ")"),
            _join("(", truth, st.sampled_from([" && ", " || ", " ^ ", " == ", " & "]), truth, ")"),
            _join("!", "(", truth, ")"),
            _join("(", thing, " is ", st.sampled_from(["int", "string z && z.Length > 0", "null", "int?", "1"]), ")"),
            _join("(", text, ").Contains(", text, ")"),
            _join(row, ".Any(e => e > ", number, ")"),
            _join("Equals(", thing, ", ", thing, ")"),
        ),
        "list": st.one_of(
            row,
            _join("new[] { ", number, ", ", number, " }"),
            _join("new List<int> { ", number, " }"),
            _join(
                row,
                st.sampled_from(
                    [
                        ".Where(e => e % 2 == 0)",
                        ".Select(e => e * 2)",
                        ".Reverse()",
                        ".OrderBy(e => -e)",
                        ".ToList()",
                        ".Distinct()",
                        ".Skip(1)",
                    ]
                ),
            ),
            _join("(from e in ", row, " where e > ", number, " orderby e descending select e)"),
            _join("(", text, ").Select(c => (int)c)"),
        ),
        "date": st.one_of(
            date,
            _join("(", date, ").Add", st.sampled_from(["Days", "Months", "Ticks", "Years"]), "(", number, ")"),
            _join("DateTime.Parse(", text, ")"),
        ),
        "object": st.one_of(
            thing,
            *(_join("(object)(", one, ")") for one in (number, real, text, truth, date)),
            _join("new { a = ", number, ", b = ", text.map(lambda one: one if one != "null" else '""'), " }"),
            _join("Tuple.Create(", number, ", ", number, ")"),
            _join("((Func<int, int>)(k => k + ", number, "))(", number, ")"),
        ),
    }


TYPED = typed(2)
EXPRESSIONS = st.one_of(*TYPED.values())
STATEMENTS = st.one_of(
    _join("n = ", TYPED["int"], ";"),
    _join("s = ", TYPED["string"], ";"),
    _join("if (", TYPED["bool"], ") { n++; } else s += n;"),
    _join("while (", TYPED["bool"], ") { if (n++ > 3) break; }"),
    _join("foreach (var e in ", TYPED["list"], ") n += e;"),
    _join(
        "try { n = ",
        TYPED["int"],
        "; } catch (",
        st.sampled_from(["FormatException", "Exception", "OverflowException"]),
        " e) { s = e.Message; }",
    ),
    _join(
        "switch (",
        TYPED["object"],
        ") { case int i when i > 0: n = i; break; case string t: s = t; break; default: n--; break; }",
    ),
    _join("int F(int k) { return k > 3 ? k : F(k + ", INTEGERS, "); } n = F(n);"),
    _join("throw new Exception(", TYPED["string"], ");"),
    _join("return ", EXPRESSIONS, ";"),
)
BLOCKS = st.lists(STATEMENTS, max_size=5).map(
    lambda some: f'@{{ int n = 0; string s = ""; {" ".join(some)} return n + s; }}'
)

WORDS = st.one_of(
    NAMES,
    INTEGERS,
    REALS,
    STRINGS,
    _any_of(
        """( ) [ ] { } < > , ; : . ?. ?[ ?? => = == != + - * / % ! ~ & | ^ && || ++ -- += ??= .. @ # $ \\ " '
        $" $@" @" // /* */"""
    ),
    _any_of(
        """new var int string object List<int> if else for foreach while do switch case default break continue return
        goto throw try catch finally when using is as in out ref params typeof nameof checked delegate from select where
        orderby group by join let into yield await async static const lock fixed unsafe stackalloc sizeof base this null
        true dynamic"""
    ),
)
SOUP = st.lists(WORDS, max_size=25).map(" ".join)

ROWS = st.sampled_from([row["expr"] for row in recorded.rows()])


@st.composite
def mutated(draw: Any) -> str:
    """A recorded expression with a few tokens left out, doubled, changed over, or replaced."""
    text: str = draw(ROWS)
    tokens = Tokens(text, 2, len(text) - 1)
    parts = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True) if end > start]
    for _ in range(draw(st.integers(1, 3))):
        if not parts:
            break
        at, other = (draw(st.integers(0, len(parts) - 1)) for _ in range(2))
        match draw(st.integers(0, 4)):
            case 0:
                del parts[at]
            case 1:
                parts.insert(at, parts[other])
            case 2:
                parts[at], parts[other] = parts[other], parts[at]
            case 3:
                parts[at] = draw(WORDS)
            case 4:
                parts[at:other] = []
    return f"{text[:2]}{' '.join(parts)}{text[-1]}"


@FUZZED
@given(EXPRESSIONS)
def test_typed_expressions(text: str) -> None:
    """Expressions whose types fit."""
    check(f"@({text})")


@FUZZED
@given(BLOCKS)
def test_typed_blocks(text: str) -> None:
    """Blocks of statements."""
    check(text)


@FUZZED
@given(SOUP, st.booleans())
def test_tokens_in_any_order(text: str, is_block: bool) -> None:
    """Tokens without a grammar."""
    check(f"@{{{text}}}" if is_block else f"@({text})")


@FUZZED
@given(mutated())
def test_recorded_expressions_with_tokens_changed(text: str) -> None:
    """Nearly what people write."""
    check(text)


@FUZZED
@given(st.binary(max_size=60), st.booleans())
def test_bytes(data: bytes, is_block: bool) -> None:
    """Anything at all."""
    text = data.decode("utf-8", "replace")
    check(f"@{{{text}}}" if is_block else f"@({text})")
