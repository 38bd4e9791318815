"""``certgate eval``: one expression, files, JSON lines and the prompt: what is printed, and which exit code it has."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from certgate.cli import lines
from certgate.cli.app import run
from tests.cli.test_schemas import faults
from tests.conftest import Certgate, Ran
from tests.csharp import recorded

CLIENT = ["--client", "sample-certs/partner-a.cer"]
SUBJECT = "CN=partner-a, OU=Partners, O=Contoso, C=US"
CONTEXT = ["--context", "tests/golden/context.json", "--unrestricted"]
BEYOND = {"compile-errors/string-interp-nested-quotes-backslash"}
"""Recorded errors behind the end of the text, of which certgate says that they are at the end."""


class Terminal(io.TextIOWrapper):
    """Standard input as a program finds it."""

    def __init__(self, text: str | bytes) -> None:
        super().__init__(io.BytesIO(text.encode() if isinstance(text, str) else text), encoding="utf-8")


@pytest.fixture
def piped(certgate: Certgate, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs ``certgate eval`` with a text on standard input."""

    def call(text: str | bytes, *arguments: str) -> Ran:
        monkeypatch.setattr(sys, "stdin", Terminal(text))
        return certgate("eval", *arguments)

    return call


def answers(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.out.splitlines()]


# -- one expression --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "value", "kind"),
    [
        ("@(1 + 1)", "2", "int"),
        ("1 + 1", "2", "int"),
        ("  @( 1 + 1 )  ", "2", "int"),
        ("@{ var x = 2; return x * 3; }", "6", "int"),
        ('"a\\n\\"b\\""', '"a\\n\\"b\\""', "string"),
        ("'x'", "'x'", "char"),
        ("1 > 2", "false", "bool"),
        ("null as string", "null", "string"),
        ('(object)"a"', '"a"', "string (as object)"),
        ("new[] { 1, 2 }", "{ 1, 2 }", "int[]"),
        ('new Dictionary<string, int> { ["a"] = 1 }', '{ ["a"] = 1 }', "Dictionary<string, int>"),
        ("new byte[] { 1, 255 }", "{ 0x01, 0xFF }", "byte[]"),
        ('(1, "a")', '(1, "a")', "(int, string)"),
        ('new { A = 1, B = "x" }', '{ A = 1, B = "x" }', "<anonymous type: int A, string B>"),
        ("new DateTime(2026, 3, 1)", "2026-03-01T00:00:00.0000000", "DateTime"),
        ("TimeSpan.FromMinutes(90)", "01:30:00", "TimeSpan"),
        ("Enumerable.Repeat(1, 300).Take(2)", "{ 1, 1 }", "IEnumerable<int>"),
    ],
)
def test_a_value_and_its_type(certgate: Certgate, expression: str, value: str, kind: str) -> None:
    """The value as C# would write it at the left, its type at the right; a block's type is that of its value."""
    ran = certgate("eval", expression)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(value)
    assert kind in ran.out.removeprefix(value)


def test_the_caller(certgate: Certgate) -> None:
    """The certificate of --client is the caller's; without one there is none."""
    assert SUBJECT in certgate("eval", "context.Request.Certificate.Subject", *CLIENT).out
    ran = certgate("eval", "context.Request.Certificate.Subject")
    assert ran.code == 1
    assert ran.out.startswith("System.NullReferenceException: Object reference not set")
    assert "because   context.Request.Certificate   is null" in ran.out


def test_the_trace(certgate: Certgate) -> None:
    """Sub-expressions below the value, what was not read, where null stood, and a division that drops its fraction."""
    expression = 'context.Request.Certificate?.Issuer == "CN=X" || context.Request.Certificate.Version / 2 > 5'
    page = certgate("eval", expression, "--trace", *CLIENT).out
    assert '│ └ "CN=X"' in page
    assert "int: the division drops the fraction" in page
    page = certgate("eval", "true || context.Request.Certificate.Version > 2", "--trace").out
    assert "not read" in page
    page = certgate("eval", "context.Request.Certificate.Version > 2", "--trace").out
    assert "throws NullReferenceException" in page


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_pages_fit(certgate: Certgate, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """A tree stays inside the width that it is given."""
    monkeypatch.setenv("COLUMNS", str(width))
    expression = 'context.Request.Certificate?.Issuer == "CN=Contoso" || context.Request.Certificate.Version > 5'
    out = certgate("eval", expression, "--trace", *CLIENT).out
    assert max(map(len, out.splitlines())) <= width


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["foo"], 3, "expression:1:1: The name 'foo' does not exist in the current context  [CS0103]"),
        (["1 +\n  foo"], 3, "expression:2:3:"),
        (["context.Request.Certificate.Thumbprnt"], 3, "did you mean Thumbprint?"),
        (["DayOfWeek.Monday"], 3, "--unrestricted"),
        (["return 1;"], 3, "@{ return ...; }"),
        (["--file", "no-such-file"], 3, "no such file"),
        (["no-such-file.txt"], 3, "no such file"),
        (["1", "--client", "no-such-file"], 3, "no such file"),
        (["1", "--client", "sample-certs/*.cer"], 2, "names 7 files"),
        ([], 2, "which expression?"),
        (["1", "--interactive"], 2, "an expression, or --interactive?"),
        (["1", "--file", "x"], 2, "which expression?"),
        (["1", "--at", "soon"], 2, "--at"),
        (["1", "--format", "xml"], 2, "none of human, json"),
    ],
)
def test_what_is_wrong(certgate: Certgate, arguments: list[str], code: int, said: str) -> None:
    """Nothing on stdout, and on stderr a line with the place, the code and the next step."""
    ran = certgate("eval", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_what_nobody_knows(certgate: Certgate) -> None:
    """Unsupported and undecided are answers of their own, each with a next step."""
    ran = certgate("eval", "context.Deployment.Sku")
    assert ran.code == 4
    assert ran.out.startswith("unsupported: ")
    assert "certgate list" in ran.out
    ran = certgate("eval", "@{ while (true) { } }")
    assert (ran.code, ran.out[:31]) == (4, "undecided: expression exceeded ")


def test_an_unknown_revocation(certgate: Certgate) -> None:
    """Verify() without evidence is undecided where it matters, and what would settle it is named."""
    issuers = ["--root", "sample-certs/trust/roots/contoso-root-ca.cer"]
    issuers += ["--intermediate", "sample-certs/trust/intermediates/contoso-issuing-ca.cer"]
    ran = certgate("eval", "context.Request.Certificate.Verify()", *CLIENT, *issuers, "--at", "2026-06-01")
    assert ran.code == 4
    assert "settle it" in ran.out
    assert "http://pki.contoso.example/" in ran.out
    settled = certgate("eval", "context.Request.Certificate.Verify()", *CLIENT, *issuers, "--revocation", "none")
    assert (settled.code, settled.out.split()) == (0, ["true", "bool"])
    assert "undecided: Verify() needs to know whether CN=partner-a, OU=Partners" in ran.out
    row = certgate("eval", "context.Request.Certificate.Verify()", *CLIENT, *issuers, "--format", "json").json
    assert faults(row, "eval") == []
    assert row["wanted"][0].startswith("http://pki.contoso.example/")
    assert "--revocation none" in row["settle"]


def test_a_list_that_no_gateway_reads(certgate: Certgate) -> None:
    """An answer that rests on a list of the store, or on an assumption, says so."""
    line = ("eval", "context.Request.Certificate.Verify()", *CLIENT, "--trust", "sample-certs/trust")
    assert "the gateway itself reads no list from a file" in " ".join(certgate(*line).out.split())
    assumed = (*line[:-2], "--root", "sample-certs/trust/roots/contoso-root-ca.cer", "--revocation", "assume-good")
    issuing = ("--intermediate", "sample-certs/trust/intermediates/contoso-issuing-ca.cer")
    assert "is assumed, as --revocation assume-good asks" in " ".join(certgate(*assumed, *issuing).out.split())


def test_files(certgate: Certgate, tmp_path: Path) -> None:
    """A file's name stands for what is in it; --file says so; @ begins an expression in any case."""
    file = tmp_path / "condition.txt"
    file.write_text('@(\n  context.Request.Method\n   + "!")\n', encoding="utf-8")
    assert certgate("eval", file).out.startswith('"GET!"')
    assert certgate("eval", "--file", file).out.startswith('"GET!"')
    file.write_text("context.Request.Methd\n", encoding="utf-8")
    ran = certgate("eval", file)
    assert f"{file.as_posix()}:1:17: " in ran.err
    file.write_bytes(b"\xff\x00\x01")
    assert certgate("eval", file).code == 3


def test_a_warning(certgate: Certgate) -> None:
    """What another gateway would answer otherwise is noted: its .NET, its time zone; a zone that is given is none."""
    assert "time zone" in certgate("eval", "DateTime.Now").out
    assert "time zone" not in certgate("eval", "DateTime.Now", "--timezone", "Europe/Berlin").out
    assert "time zone" not in certgate("eval", 'DateTime.Parse("2026-03-01").Year').out
    assert "note" in certgate("eval", '"a,b".Split(",")').out
    document = certgate("eval", "DateTime.Now", "--format", "json").json
    assert len(document["warnings"]) == 1


def test_the_moment(certgate: Certgate, tmp_path: Path) -> None:
    """--at wins over the context's time, and is relative to it."""
    file = tmp_path / "context.json"
    file.write_text('{"now": "2026-03-01T10:00:00Z"}', encoding="utf-8")
    given = ["eval", 'DateTime.UtcNow.ToString("o")', "--context", file.as_posix()]
    assert certgate(*given).out.startswith('"2026-03-01T10:00:00.0000000Z"')
    assert certgate(*given, "--at", "+1d").out.startswith('"2026-03-02T10:00:00.0000000Z"')
    assert certgate(*given, "--at", "2027-01-01").out.startswith('"2027-01-01T00:00:00.0000000Z"')


# -- named values ----------------------------------------------------------------------------------


def test_named_values_are_filled_in(certgate: Certgate) -> None:
    """Those that are given; braces that name nothing are C#'s own, and a misspelled name is noted."""
    assert certgate("eval", '"{{a}}" + {{b}}', "--named-value", "a=x", "--named-value", "b=1 + 1").out[:6] == '"x11" '
    assert certgate("eval", '$"{{x}}"').out.startswith('"{x}"')
    ran = certgate("eval", '"{{allowd}}"', "--named-value", "allowed=x")
    assert "did you mean allowed?" in " ".join(ran.out.split())


@pytest.fixture
def secret(tmp_path: Path) -> list[str]:
    """A configuration with a secret named value."""
    file = tmp_path / "certgate.toml"
    file.write_text('[named-values]\nkey = { value = "T0pSecret", secret = true }\n', encoding="utf-8")
    return ["--config", file.as_posix()]


@pytest.mark.parametrize(
    "expression",
    [
        '"{{key}}"',
        '"{{key}}".Substring(2).ToUpper()',
        '"{{key}}".ToCharArray()',
        "{{key}}",
        'int.Parse("{{key}}")',
        'throw new Exception("{{key}}")',
        '@{ throw new Exception("{{key}}".Substring(1)); }',
        '"{{key}}".NoSuchMember',
        'new JObject(new JProperty("a", "{{key}}"))',
    ],
)
@pytest.mark.parametrize("format_", ["human", "json"])
def test_secrets_stay_secret(certgate: Certgate, secret: list[str], expression: str, format_: str) -> None:
    """Neither a secret value nor what is made of it is shown, whatever becomes of the expression."""
    ran = certgate("eval", expression, "--trace", "--format", format_, *secret)
    said = (ran.out + ran.err).casefold()
    assert "0psecret" not in said
    assert "psecret" not in said
    assert ran.code in (0, 1, 3)


def test_what_a_secret_decides_may_be_seen(certgate: Certgate, secret: list[str]) -> None:
    """Booleans and numbers show."""
    assert certgate("eval", '"{{key}}" == "x"', *secret).out.startswith("false")
    assert certgate("eval", '"{{key}}".Length', *secret).out.startswith("9")


# -- JSON ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "code", "members"),
    [
        ("1 + 1", 0, {"type": "System.Int32", "value": "2"}),
        ("null as string", 0, {"type": None, "value": None}),
        ("true", 0, {"type": "System.Boolean", "value": True}),
        ("'x'", 0, {"type": "System.Char", "value": {"char": "x"}}),
        ('int.Parse("x")', 1, {"exception": "System.FormatException"}),
        ("foo", 3, {"compile": [{"code": "CS0103", "line": 1, "column": 1}]}),
        ("DayOfWeek.Monday", 3, {"refused": "Usage of type 'System.DayOfWeek' is not supported within expressions"}),
        ("context.Deployment.Sku", 4, {}),
        ("@{ while (true) { } }", 4, {}),
        ("1 == 2 || context.Request.Method.Length > 1", 0, {"value": True}),
    ],
)
def test_json(certgate: Certgate, expression: str, code: int, members: dict[str, Any]) -> None:
    """One object that its schema takes; the format changes no exit code."""
    ran = certgate("eval", expression, "--format", "json", "--trace")
    assert ran.code == code == certgate("eval", expression).code
    assert faults(ran.json, "eval") == []
    for name, value in members.items():
        if name == "compile":
            value = [{**ran.json["compile"][0], **value[0]}]
        assert ran.json[name] == value


def test_recorded_rows(piped: Any) -> None:
    """A recording is answered line by line as .NET answered it, places of errors and all; nothing else is said."""
    rows = recorded.rows()[::7]
    ran = piped("".join(f"{json.dumps(row)}\n" for row in rows), "-", *CONTEXT)
    assert (ran.code, ran.err) == (0, "")
    found = answers(ran)
    assert [each["id"] for each in found] == [row["id"] for row in rows]
    differ = []
    for row, each in zip(rows, found, strict=True):
        assert faults({"schema": "certgate/eval/1", **each}, "eval") == []
        if row["id"] not in BEYOND and not ({"unsupported", "undecided"} & set(each)) and not _agrees(row, each):
            differ.append((row, each))
    assert differ == []


def _agrees(row: dict[str, Any], each: dict[str, Any]) -> bool:
    if "compile" in row:
        wanted, got = row["compile"][0], each["compile"][0]
        return all(wanted[name] == got[name] for name in ("code", "line", "column"))
    return all(row[name] == each.get(name) for name in ("exception", "message", "type", "value") if name in row)


def test_marked_rows_are_refused(piped: Any) -> None:
    """Without --unrestricted the rows that Microsoft's analyzer marks are refused."""
    rows = [row for row in recorded.rows() if "refused" in row and "Rest" not in row["expr"]][:40]
    ran = piped("".join(f"{json.dumps(row)}\n" for row in rows), "-", *CONTEXT[:2])
    tuples = [row["id"] for row in rows if "Tuple" in str(row["refused"])]
    assert [each["id"] for each in answers(ran) if "refused" not in each and each["id"] not in tuples] == []


def test_every_line_has_an_answer(piped: Any) -> None:
    """What is wrong with a line is said with its place, here and on stderr; the others are answered all the same."""
    nested = "[" * 100_000
    text = f'{{"id": 1, "expr": "1"}}\n\nnonsense\n[1]\n{{"id": "x"}}\n{{"id": 2, "expr": NaN}}\n{nested}\n'
    text += '{"id": [3], "expr": "@(2)"}\n{"id": 4, "expr": "\\ud800"}'
    ran = piped(text, "-")
    assert ran.code == 3
    found = answers(ran)
    assert [each["id"] for each in found] == [1, None, None, "x", None, None, [3], 4]
    assert found[1]["error"] == "-:3:1: the line is not JSON: Expecting value"
    assert found[3]["error"] == "-:5:1: the line has no text 'expr'"
    assert (found[-2]["value"], found[-1]["compile"][0]["code"]) == ("2", "CS1525")
    assert "-:4:1: the line is no object" in ran.err
    assert "Traceback" not in ran.err


def test_bytes_that_are_no_text(piped: Any) -> None:
    """A byte-order mark is none of the text; what is not UTF-8 is said with its column; CR LF ends a line too."""
    ran = piped(b'\xef\xbb\xbf{"id": 1, "expr": "1"}\r\n{"id": 2, "expr": "\xff"}\r\n', "-")
    assert ran.code == 3
    assert [each.get("value") for each in answers(ran)] == ["1", None]
    assert "-:2:20: the line is not UTF-8" in ran.err


def test_long_lines(piped: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line beyond the limit is read over; the next one is answered."""
    monkeypatch.setattr(lines, "MAX_LINE", 1000)
    for size in (900, 1100, 200_000):
        ran = piped(f'{{"id": 1, "expr": "{" " * size}1"}}\n{{"id": 2, "expr": "2"}}', "-")
        assert [each["id"] for each in answers(ran)] == ([1, 2] if size < 1000 else [None, 2])
        assert ran.code == (0 if size < 1000 else 3)


def test_complaints_are_bounded(piped: Any) -> None:
    """Of many bad lines the first are named on stderr; each has its answer."""
    ran = piped("x\n" * 1000, "-")
    assert len(answers(ran)) == 1000
    assert len(ran.err.splitlines()) < 100
    assert "and 980 more lines" in ran.err


def test_a_bug_is_one_answer(piped: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What certgate fails on is said as a bug, without a traceback; the next line is answered; the exit code is 70."""
    from certgate.gateway.expression import Evaluator

    answer = Evaluator.answer

    def fails(self: Evaluator, text: str, **options: Any) -> Any:
        if "boom" in text:
            raise KeyError("secret text")
        return answer(self, text, **options)

    monkeypatch.setattr(Evaluator, "answer", fails)
    ran = piped('{"id": 1, "expr": "boom"}\n{"id": 2, "expr": "2"}\n', "-")
    assert ran.code == 70
    assert [each.get("error") for each in answers(ran)] == ["a bug in certgate", None]
    assert "secret text" not in ran.err


def test_lines_are_answered_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer is written before the next line is waited for."""
    written: list[str] = []

    class Slow(io.RawIOBase):
        """Gives a line, and the next one only when the first is answered."""

        def __init__(self) -> None:
            self.waiting = [b'{"id": 1, "expr": "1"}\n{"id"', b': 2, "expr": "2"}\n']

        def read1(self, size: int) -> bytes:
            if len(self.waiting) == 1:
                assert len(written) == 1
            return self.waiting.pop(0) if self.waiting else b""

    monkeypatch.setattr(lines.output, "write_line", written.append)
    assert lines.answer(Slow(), "-", lambda text: {"value": text}) == 0
    assert len(written) == 2


def test_each_line_has_a_fresh_context(piped: Any, tmp_path: Path) -> None:
    """Bodies are unread and variables as they were given, whatever the line before did."""
    file = tmp_path / "context.json"
    file.write_text(
        json.dumps({"request": {"body": "x"}, "variables": {"o": {"type": "JObject", "value": '{"a": 1}'}}}),
        encoding="utf-8",
    )
    body = "context.Request.Body.As<string>()"
    change = '@{ var o = (JObject)context.Variables["o"]; o["a"] = (int)o["a"] + 1; return (int)o["a"]; }'
    text = "".join(json.dumps({"id": 0, "expr": each}) + "\n" for each in (body, body, change, change))
    ran = piped(text, "-", "--context", file.as_posix())
    assert [each.get("value") for each in answers(ran)] == ["x", "x", "2", "2"]


# -- the prompt ------------------------------------------------------------------------------------


def test_the_prompt(piped: Any) -> None:
    """Expressions over several lines, commands, errors that end nothing, and the certificate at hand."""
    typed = "1 + 1\n@{\n  return 3;\n}\nfoo\n:type DateTime.UtcNow\n:tpye\n:type\n:members Guid parse\n:context\n"
    typed += ":trace context.Request.Method.Length > 1\n:help\n\n(1 +\n\n:quit\nnever\n"
    ran = piped(typed, "--interactive", *CLIENT)
    assert ran.code == 0
    for said in ("2  ", "3  ", "DateTime\n", "static Guid Parse(string input)", SUBJECT, "└ ", ":quit"):
        assert said in ran.out
    for said in ("'foo' does not exist", "did you mean :type?", "write :type EXPR", "CS1525"):
        assert said in ran.err
    assert "never" not in ran.out + ran.err


def test_the_prompt_ends_with_its_input(piped: Any) -> None:
    """So does a script that forgets to say :quit."""
    assert piped("1\n", "--interactive").code == 0


def test_completions() -> None:
    """Commands, types, members of what stands before the dot, and the names of variables."""
    from certgate.cli import options
    from certgate.cli.eval import _situation
    from certgate.cli.network import Network
    from certgate.cli.prompt import Session
    from certgate.config import Settings

    settings = Settings(context_file=recorded.GOLDEN.joinpath("context.json").as_posix())
    session = Session(_situation(settings, None, None, options.Passwords(), Network(settings, None)))

    def offered(typed: str) -> list[str]:
        return [typed[: each.start] + each.text for each in session.completions(typed)]

    assert offered(":mem") == [":members"]
    assert ":members Guid" in offered(":members gu")
    assert offered("context.Request.Cert") == ["context.Request.Certificate"]
    assert 'context.Variables["price"]' in offered('context.Variables["pr')


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    """It says that brackets may be left out, and what - does."""
    assert run(["eval", "--help"]) == 0
    printed = capsys.readouterr().out
    assert "without its @( )" in printed
    assert '{"id", "expr"}' in printed
