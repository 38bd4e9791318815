"""Recorded answers: what is read, what is refused and where, how they are found and written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from certgate.core.errors import InputError
from certgate.core.source import Source
from certgate.net.reply import Reply, Silence
from certgate.net.responses import Responses, read, write

URL = "http://pki.example/a.crl"


def parse(text: str) -> Responses:
    return Responses.parse(Source("answers.json", text.encode()))


def test_all_members() -> None:
    """Status, reason, headers with one value or several, body; and the two ways of giving no answer."""
    found = parse(
        '{"http://pki.example/a": {"status": 302, "reason": "Found", "headers": {"Location": "/b", "X": ["1", "2"]},'
        ' "body": "MAMCAQE="}, "https://pki.example/b": {"error": "timeout"}, "http://c": {"error": "connection"}}'
    )
    reply = Reply(302, "Found", {"Location": ("/b",), "X": ("1", "2")}, b"\x30\x03\x02\x01\x01")
    assert found["http://pki.example/a"] == reply
    assert reply.header("location") == "/b"
    silences = [one for one in found.values() if isinstance(one, Silence)]
    assert [(silence.error, silence.known) for silence in silences] == [("timeout", True), ("connection", True)]


def test_a_mapping_is_read_alike() -> None:
    """The same shape in Python; a body may be bytes, and what was read already stays."""
    found = Responses.parse({URL: {"status": 200, "body": b"abc"}, "http://b": {"status": 404}})
    assert found == {URL: Reply(200, body=b"abc"), "http://b": Reply(404)}
    assert Responses.parse(found) is found
    assert Responses.parse({}) == {}
    with pytest.raises(InputError) as error:
        Responses.parse({URL: {"status": 200, "body": "?"}})
    assert (error.value.code, error.value.place and error.value.place.file) == ("responses-body", "responses")


FAULTS = {
    "": ("responses-syntax", 1, 1),
    "[]": ("responses-syntax", 1, 1),
    "{": ("responses-syntax", 1, 2),
    '{"http://a": }': ("responses-syntax", 1, 14),
    '{"http://a": {"status": 200,}}': ("responses-syntax", 1, 29),
    '{"http://a": {"status": 200}} x': ("responses-syntax", 1, 31),
    '{"http://a" {}}': ("responses-syntax", 1, 13),
    '{"http://a": {"status": ' + "1" * 5000 + "}}": ("responses-syntax", 1, 25),
    '{"http://a": {"headers": ' + "[" * 100_000 + "}}": ("responses-syntax", 1, 26),
    '{"http://a": []}': ("responses-shape", 1, 2),
    '{"http://a": "MA=="}': ("responses-shape", 1, 2),
    '{\n "http://a": null}': ("responses-shape", 2, 2),
    '{"pki.example/a": {"status": 200}}': ("responses-url", 1, 2),
    '{"ftp://a": {"status": 200}}': ("responses-url", 1, 2),
    '{"http://": {"status": 200}}': ("responses-url", 1, 2),
    '{"http://a\\u0001": {"status": 200}}': ("responses-url", 1, 2),
    '{"http://a": {"status": 200},\n  "http://a": {"status": 404}}': ("responses-duplicate", 2, 3),
    '{"http://a": {"status": 200, "status": 404}}': ("responses-duplicate", 1, 30),
    '{"http://a": {"status": 200, "headers": {"a": "b", "a": "c"}}}': ("responses-duplicate", 1, 41),
    '{"http://a": {\n "status": 200,\n "bodi": ""}}': ("responses-key", 3, 2),
    '{"http://a": {}}': ("responses-status", 1, 2),
    '{"http://a": {"status": "200"}}': ("responses-status", 1, 15),
    '{"http://a": {"status": true}}': ("responses-status", 1, 15),
    '{"http://a": {"status": 99}}': ("responses-status", 1, 15),
    '{"http://a": {"status": 200, "reason": 1}}': ("responses-reason", 1, 30),
    '{"http://a": {"status": 200, "reason": "a\\nb"}}': ("responses-reason", 1, 30),
    '{"http://a": {"status": 200, "headers": []}}': ("responses-headers", 1, 30),
    '{"http://a": {"status": 200, "headers": {"a b": "c"}}}': ("responses-headers", 1, 30),
    '{"http://a": {"status": 200, "headers": {"a": 1}}}': ("responses-headers", 1, 30),
    '{"http://a": {"status": 200, "headers": {"a": "b\\r\\nc"}}}': ("responses-headers", 1, 30),
    '{"http://a": {"status": 200, "body": "no base64!"}}': ("responses-body", 1, 30),
    '{"http://a": {"status": 200, "body": "MAMCAQ"}}': ("responses-body", 1, 30),
    '{"http://a": {"status": 200, "body": "Mü=="}}': ("responses-body", 1, 30),
    '{"http://a": {"status": 200, "body": 1}}': ("responses-body", 1, 30),
    '{"http://a": {"error": "refused"}}': ("responses-error", 1, 15),
    '{"http://a": {"error": ["timeout"]}}': ("responses-error", 1, 15),
    '{"http://a": {"status": 200, "error": "timeout"}}': ("responses-error", 1, 30),
}


@pytest.mark.parametrize("text", FAULTS, ids=lambda text: text[:60])
def test_faults(text: str) -> None:
    """Each has its code, file, line and column."""
    with pytest.raises(InputError) as error:
        parse(text)
    place = error.value.place
    assert place is not None
    assert (error.value.code, place.line, place.column) == FAULTS[text]
    assert place.file == "answers.json"


def test_what_is_no_mapping(tmp_path: Path) -> None:
    """From Python, where nothing else checks it."""
    with pytest.raises(InputError) as caught:
        Responses.parse([str(tmp_path)])  # type: ignore[arg-type]
    assert caught.value.code == "responses-shape"


def test_a_long_address_is_shown_in_part() -> None:
    """A message stays one that can be read."""
    with pytest.raises(InputError) as error:
        parse('{"http://' + "a" * 1_000_000 + '": {"status": 99}}')
    assert len(error.value.message) < 300


def test_what_was_meant() -> None:
    """A key that is nearly right is told."""
    with pytest.raises(InputError) as error:
        parse('{"http://a": {"status": 200, "bodi": ""}}')
    assert error.value.hint == "did you mean body?"


def test_exact_and_equal_addresses() -> None:
    """The address as it is written wins; one that is asked alike is found too."""
    found = parse('{"http://PKI.example:80/a": {"status": 201}, "http://pki.example/a": {"status": 202},'
                  ' "http://b.example": {"status": 203}}')  # fmt: skip
    assert _status(found, "http://PKI.example:80/a") == 201
    assert _status(found, "http://pki.example/a") == 202
    assert _status(found, "http://b.example/") == 203
    assert _status(found, "HTTP://B.EXAMPLE:80#x") == 203
    assert _status(found, "http://b.example/B") is None
    assert _status(found, "https://b.example/") is None
    assert _status(found, "http://b.example:81/") is None
    assert _status(found, "http://[::1") is None


def test_a_responder_by_its_plain_address() -> None:
    """With and without a slash at the end, never for anything above it, and only for a responder."""
    plain = parse('{"http://a/ocsp": {"status": 201}, "http://b/ocsp/": {"status": 202}, "http://c": {"status": 203}}')
    assert _status(plain, "http://a/ocsp/MEIw%2B", responder=True) == 201
    assert _status(plain, "http://b/ocsp/MEIw%2B", responder=True) == 202
    assert _status(plain, "http://c/MEIw%2B", responder=True) == 203
    assert _status(plain, "http://c/other/MEIw%2B", responder=True) is None
    assert _status(plain, "http://a/ocsp/MEIw%2B") is None
    both = parse('{"http://a/ocsp/MEIw": {"status": 201}, "http://a/ocsp/": {"status": 202}}')
    assert _status(both, "http://a/ocsp/MEIw", responder=True) == 201
    assert _status(both, "http://a/ocsp/MEIx", responder=True) == 202


def _status(found: Responses, url: str, *, responder: bool = False) -> int | None:
    reply = found.find(url, responder=responder)
    assert not isinstance(reply, Silence)
    return reply.status if reply else None


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """In the order of the addresses, with no header that a replay does not need."""
    replies: dict[str, Reply | Silence] = {
        "http://b/": Silence("timeout", "gives no whole answer within 15 s"),
        "http://a/": Reply(302, "Found", {"location": ("/b",), "Set-Cookie": ("a=b",), "Date": ("today",)}),
        "http://c/": Reply(200, "a\x00b", {"Location": ("a\nb",)}, b"\x30\x00"),
    }
    text = write(replies.items())
    assert text == write(reversed(replies.items()))
    assert json.loads(text) == {
        "http://a/": {"status": 302, "reason": "Found", "headers": {"location": "/b"}},
        "http://b/": {"error": "timeout"},
        "http://c/": {"status": 200, "body": "MAA="},
    }
    file = tmp_path / "answers.json"
    file.write_text(text)
    again = read(file)
    assert list(again) == sorted(replies)
    assert again["http://c/"] == Reply(200, body=b"\x30\x00")
