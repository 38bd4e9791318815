"""JSON as Newtonsoft reads, writes, queries and refuses it."""

from __future__ import annotations

from datetime import UTC

import pytest

from certgate.csharp import types
from certgate.csharp.dotnet.json import newtonsoft as json_  # noqa: F401 - declares the types
from certgate.csharp.dotnet.json.casts import to_bytes, to_string
from certgate.csharp.dotnet.json.containers import ArrayToken, ObjectToken, PropertyToken
from certgate.csharp.dotnet.json.deserialize import from_token
from certgate.csharp.dotnet.json.path import select, select_one
from certgate.csharp.dotnet.json.reader import parse, read_date
from certgate.csharp.dotnet.json.serialize import to_token
from certgate.csharp.dotnet.json.tokens import ValueToken
from certgate.csharp.dotnet.json.writer import write
from certgate.csharp.runtime import BudgetExceeded, ThrownException, UnsupportedReached
from certgate.csharp.values import AnonymousValue, ByteArray, Long, array


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('{"b":1,"a":[true,null,"x"]}', '{"b":1,"a":[true,null,"x"]}'),
        ("{a:1,'b':2,}", '{"a":1,"b":2}'),
        ('{"p":1e3,"q":1E-7,"r":-0.0}', '{"p":1000.0,"q":1E-07,"r":-0.0}'),
        ("[010,0x10,12345678901234567890]", "[8,16,12345678901234567890]"),
        ('"2026-03-01T10:20:30.100Z"', '"2026-03-01T10:20:30.1Z"'),
        ('"2026-03-01T10:20:30+05:30"', '"2026-03-01T04:50:30+00:00"'),
        ('"2026-03-01"', '"2026-03-01"'),
        ("[1, /* a */ 2 // b\n]", "[1,2]"),
        ('"\\u0041\\ud83d\\ude00\\u2028"', '"A\ud83d\ude00\\u2028"'),
        ("[NaN,Infinity]", '["NaN","Infinity"]'),
        ('{"a":1,"a":2}', '{"a":2}'),
    ],
)
def test_text_is_read_and_written_as_newtonsoft_does(text: str, written: str) -> None:
    """More than JSON is read; what is written is JSON."""
    assert write(parse(text), indented=False) == written


@pytest.mark.parametrize(
    ("text", "wanted", "message"),
    [
        ("", "Object", "Error reading JObject from JsonReader. Path '', line 0, position 0."),
        (
            "[1]",
            "Object",
            "Error reading JObject from JsonReader. Current JsonReader item is not an object: StartArray. "
            "Path '', line 1, position 1.",
        ),
        ('{"a":abc}', "", "Unexpected character encountered while parsing value: a. Path 'a', line 1, position 5."),
        ('{"a":"\\x"}', "", "Bad JSON escape sequence: \\x. Path 'a', line 1, position 8."),
        (
            "{} x",
            "",
            "Additional text encountered after finished reading JSON content: x. Path '', line 1, position 3.",
        ),
        ("{oops", "", "Unexpected end while parsing unquoted property name. Path '', line 1, position 5."),
        ('{"a":\n[1', "", "Unexpected end of content while loading JObject. Path 'a[0]', line 2, position 2."),
    ],
)
def test_broken_text_is_refused_with_its_place(text: str, wanted: str, message: str) -> None:
    """The message names what was being read, the path, the line and the position."""
    with pytest.raises(ThrownException) as refused:
        parse(text, wanted)
    assert refused.value.type_name == "Newtonsoft.Json.JsonReaderException"
    assert refused.value.message == message


def test_text_that_nests_too_deep_is_refused() -> None:
    """Newtonsoft's own limit."""
    with pytest.raises(ThrownException, match="MaxDepth of 64"):
        parse("[" * 100_000)


def test_a_program_cannot_nest_tokens_without_end() -> None:
    """What walks a tree stays below Python's limit."""
    holder = ArrayToken()
    with pytest.raises(BudgetExceeded):
        for _ in range(1000):
            outer = ArrayToken()
            outer.add(holder)
            holder = outer


DOCUMENT = '{"l":[{"s":"A","q":1},{"s":"B","q":2,"n":null}],"a b":{"c.d":3},"id":9}'


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("l[1].s", ["B"]),
        ("$.l[*].q", ["1", "2"]),
        ("['a b']['c.d']", ["3"]),
        ("$..q", ["1", "2"]),
        ("$.l[?(@.q == 2)].s", ["B"]),
        ("l[?(@.s=='A' || @.q > 1)].q", ["1", "2"]),
        ("l[?(@.n)].s", ["B"]),
        ("l[?(@.s =~ /^a/i)].q", ["1"]),
        ("l[0,1].s", ["A", "B"]),
        ("l[-1:].s", ["B"]),
        ("nothing.here", []),
    ],
)
def test_a_path_leads_where_newtonsoft_goes(path: str, found: list[str]) -> None:
    """Names, indexes, slices, wildcards, descent and filters."""
    assert [token.to_text() for token in select(parse(DOCUMENT), path)] == found


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("l[*]", "Path returned multiple tokens."),
        ("x.y", "Property 'x' does not exist on JObject."),
        ("l[", "Path ended with open indexer."),
    ],
)
def test_a_wrong_path_is_refused(path: str, message: str) -> None:
    """One token was asked for and must be there."""
    with pytest.raises(ThrownException) as refused:
        select_one(parse(DOCUMENT), path, required=True)
    assert (refused.value.type_name, refused.value.message) == ("Newtonsoft.Json.JsonException", message)


def test_a_token_knows_its_path() -> None:
    """Names that a path would take apart are quoted."""
    token = select_one(parse(DOCUMENT), "['a b']['c.d']", required=True)
    assert token is not None
    assert token.path() == "['a b']['c.d']"


def test_tokens_convert_as_their_kind_allows() -> None:
    """Simple values become text; objects do not; Base64 becomes bytes."""
    assert to_string(ValueToken(Long(5))) == "5"
    assert to_string(ValueToken(None)) is None
    assert bytes(to_bytes(ValueToken("aGk=")) or b"") == b"hi"
    with pytest.raises(ThrownException, match="Can not convert Object to String"):
        to_string(ObjectToken())


def test_a_token_in_a_second_place_is_copied() -> None:
    """A token has one parent."""
    inner = ArrayToken()
    first, second = PropertyToken("a", inner), PropertyToken("b", inner)
    assert first.content is inner
    assert second.content is not inner


def test_values_are_serialized_by_their_members() -> None:
    """Anonymous objects become objects, sequences arrays, bytes Base64."""
    kind = types.anonymous_type(("a", "b"), (types.INT32, types.BYTE.array()))
    value = AnonymousValue(kind, (1, ByteArray(b"\1\2\xff")))
    assert write(to_token(array(types.OBJECT, [value, None])), indented=False) == '[{"a":1,"b":"AQL/"},null]'


def test_tokens_are_read_as_lists() -> None:
    """Texts become numbers where the type asks for them."""
    kind = types.named("System.Collections.Generic.List", types.INT32)
    assert from_token(parse('[1,"2"]'), kind).items == [1, 2]
    with pytest.raises(ThrownException, match="Could not convert string to integer: x"):
        from_token(parse('["x"]'), kind)


@pytest.mark.parametrize("text", ["2026-03-01", "2026-13-01T00:00:00Z", "2026-03-01 10:20:30", "1"])
def test_other_texts_are_no_dates(text: str) -> None:
    """Only ISO 8601 with a time counts."""
    assert read_date(text, UTC) is None


def test_a_path_of_many_steps_is_said_and_not_followed() -> None:
    """Each step waits for the one before it; a hostile path could nest them without end."""
    with pytest.raises(UnsupportedReached, match="so many steps"):
        select(parse("{}"), ".a" * 5000)
