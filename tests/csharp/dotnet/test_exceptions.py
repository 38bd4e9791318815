"""Exceptions as values: messages, numbers, inner exceptions, and what is known of one that was thrown."""

from __future__ import annotations

import pytest

from certgate.csharp.runtime import UnsupportedReached
from tests.csharp.dotnet.evaluation import run, thrown
from tests.csharp.dotnet.programs import block, block_throws


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('new Exception("x").ToString()', "System.Exception: x"),
        ('new Exception("").ToString()', "System.Exception"),
        ("new Exception().Message", "Exception of type 'System.Exception' was thrown."),
        ("new Exception((string)null).Message", "Exception of type 'System.Exception' was thrown."),
        ("new FormatException((string)null).Message", "One of the identified items was in an invalid format."),
        ("new TimeZoneNotFoundException().Message", "Exception of type 'System.TimeZoneNotFoundException' was thrown."),
        (
            'new Exception("o", new FormatException("i")).ToString()',
            "System.Exception: o\n ---> System.FormatException: i\n   --- End of inner exception stack trace ---",
        ),
        ('new ArgumentException("bad", "p").Message', "bad (Parameter 'p')"),
        ('new ArgumentException("bad", "p").ParamName', "p"),
        ('new ArgumentNullException("p", "m").Message', "m (Parameter 'p')"),
        ('new ArgumentOutOfRangeException("p", 5, "bad").Message', "bad (Parameter 'p')\nActual value was 5."),
        ('new ArgumentOutOfRangeException("p", 5, "bad").ActualValue', 5),
        ('new ObjectDisposedException("o").Message', "Cannot access a disposed object.\nObject name: 'o'."),
        ('new ObjectDisposedException("o").ObjectName', "o"),
        ('new System.IO.FileNotFoundException("no", "f").FileName', "f"),
        ('new Exception("o", new Exception("m", new FormatException("i"))).GetBaseException().Message', "i"),
        ('new Exception("x").StackTrace == null', True),
        ('new Exception("x").Source == null && new Exception("x").HelpLink == null', True),
    ],
)
def test_made(text: str, value: object) -> None:
    """What constructors make."""
    assert run(text) == value


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Exception", 0x80131500),
        ("ArgumentException", 0x80070057),
        ("ArgumentNullException", 0x80004003),
        ("ArgumentOutOfRangeException", 0x80131502),
        ("DivideByZeroException", 0x80020012),
        ("UriFormatException", 0x80131537),
        ("AggregateException", 0x80131500),
        ("KeyNotFoundException", 0x80131577),
        ("System.IO.EndOfStreamException", 0x80070026),
        ("TaskCanceledException", 0x8013153B),
    ],
)
def test_hresult(name: str, number: int) -> None:
    """A type without a number of its own has that of its base."""
    assert run(f"new {name}().HResult") == number - (1 << 32)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('new AggregateException("many", new Exception("a"), new Exception("b")).Message', "many (a) (b)"),
        ('new AggregateException(new Exception("a"), new Exception("b")).InnerExceptions.Count', 2),
        ('new AggregateException(new Exception("a")).InnerExceptions[0].Message', "a"),
        (
            'new AggregateException(new Exception("a"), new AggregateException(new FormatException("b"))).Flatten()'
            ".Message",
            "One or more errors occurred. (a) (b)",
        ),
        ('new AggregateException(new AggregateException(new FormatException("b"))).GetBaseException().Message', "b"),
    ],
)
def test_aggregate(text: str, value: object) -> None:
    """Several inner exceptions."""
    assert run(text) == value


def test_aggregate_text() -> None:
    """The second inner exception is numbered, the first one stands where all types have it."""
    found = run('new AggregateException("m", new Exception("a"), new Exception("b")).ToString()')
    head = "System.AggregateException: m (a) (b)\n ---> System.Exception: a\n"
    assert found == (
        f"{head}   --- End of inner exception stack trace ---\n ---> (Inner Exception #1) System.Exception: b<---\n"
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('try { throw new Exception("q"); } catch (Exception e) { return e.StackTrace != null; }', True),
        ('try { throw new Exception("q"); } catch (Exception e) { return string.IsNullOrEmpty(e.Source); }', False),
        ('try { "ab".Substring(5); return ""; } catch (ArgumentException e) { return e.ParamName; }', "startIndex"),
        ("try { new List<int>()[1] = 2; return 0; } catch (Exception e) { return e.HResult; }", -2146233086),
        ('var e = new Exception(); e.Data["k"] = 5; e.Data.Add("j", 2); return e.Data.Count + "" + e.Data["z"];', "2"),
        (
            'var e = new Exception(); e.Data["k"] = 5; var s = ""; '
            'foreach (System.Collections.DictionaryEntry d in e.Data) s += d.Key + "=" + d.Value; return s;',
            "k=5",
        ),
        (
            'try { Array.Sort(new object[] { 1, "a" }); return ""; } '
            "catch (InvalidOperationException e) { return e.InnerException.Message; }",
            "Object must be of type Int32.",
        ),
    ],
)
def test_caught(text: str, value: object) -> None:
    """What a handler can ask of an exception."""
    assert block(text) == value


@pytest.mark.parametrize("member", ["StackTrace.Length", "ToString()", 'StackTrace + "x"', "Source.Trim()"])
def test_stack_trace_is_not_known(member: str) -> None:
    """The text of a stack trace is never guessed."""
    with pytest.raises(UnsupportedReached):
        block(f'try {{ throw new Exception("q"); }} catch (Exception e) {{ return e.{member}; }}')


def test_errors() -> None:
    """Exceptions about exceptions."""
    assert thrown("new AggregateException(new Exception[] { null })") == (
        "System.ArgumentException",
        "An element of innerExceptions was null.",
    )
    assert block_throws('var e = new Exception(); e.Data.Add("j", 2); e.Data.Add("j", 3); return 1;') == (
        "System.ArgumentException",
        "Item has already been added. Key in dictionary: 'j'  Key being added: 'j'",
    )
