"""Files of requests in every form: what they come to, and what is said of those that are none."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from certgate.core.errors import InputError
from certgate.core.source import Source
from certgate.gateway.requests.load import read
from certgate.gateway.requests.named import MAX_REQUESTS, NamedRequest

NOW = datetime(2026, 6, 1, tzinfo=UTC)
CASES = tomllib.loads((Path(__file__).parent / "forms.toml").read_text(encoding="utf-8"))["case"]


def requests(text: str | bytes, name: str = "requests") -> tuple[NamedRequest, ...]:
    return read(Source(name, text.encode() if isinstance(text, str) else text), NOW)


def shown(named: NamedRequest) -> dict[str, Any]:
    """The members of a request that are given."""
    request, body = named.request, named.request.body
    members = {
        "method": request.method,
        "url": request.url,
        "headers": {name: list(values) for name, values in request.headers.items()},
        "body": body.decode() if isinstance(body, bytes) else body,
        "ip": request.ip,
        "at": request.at,
        "name": named.name,
    }
    return {name: value for name, value in members.items() if value}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_file_is_read_or_refused_at_its_place(case: Mapping[str, Any]) -> None:
    """A file comes to these requests, or is refused with one fault."""
    if "fault" not in case:
        assert [shown(each) for each in requests(case["file"])] == case["requests"]
        return
    with pytest.raises(InputError) as refused:
        requests(case["file"])
    (problem,) = refused.value.problems
    assert problem.code == "request-invalid"
    assert case["fault"] in problem.message
    assert problem.place is not None
    if "at" in case:
        assert f"{problem.place.line}:{problem.place.column}" == case["at"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["GET https://a.example/", '{"url": "https://a.example/"}'])
def test_other_encodings_of_text(encoding: str, text: str) -> None:
    """A file is text in any encoding that certgate knows."""
    assert requests(text.encode(encoding))[0].request.url == "https://a.example/"


def test_a_body_of_a_file_lies_beside_the_requests(tmp_path: Path) -> None:
    """A file that a body names is looked for beside the request file, and with <@ its variables are filled in."""
    (tmp_path / "data.bin").write_bytes(b"\x00\xff{{a}}")
    (tmp_path / "text.txt").write_bytes("é {{a}}".encode("latin-1"))
    one = "POST https://a.example/\n\n< ./data.bin"
    other = "POST https://a.example/\n\nbefore\n<@latin1 text.txt\nafter"
    file = str(tmp_path / "r.http")
    bodies = [each.request.body for each in requests(f"@a=1\n{one}\n###\n{other}", file)]
    assert bodies == [b"\x00\xff{{a}}", "before\né 1\nafter".encode()]


def test_a_codec_that_is_none_of_text(tmp_path: Path) -> None:
    """What an included file is read as must be an encoding of text."""
    (tmp_path / "text.txt").write_bytes(b"x")
    for codec in ("base64", "nobody", "undefined"):
        with pytest.raises(InputError, match="is not text"):
            requests(f"POST https://a.example/\n\n<@{codec} text.txt", str(tmp_path / "r.http"))


@pytest.mark.parametrize(
    "text",
    [
        "[" + ",".join(["{}"] * (MAX_REQUESTS + 1)) + "]",
        "\n###\n".join(["GET https://a.example/"] * (MAX_REQUESTS + 2)),
        '{"log": {"entries": [' + ",".join(['{"request": {}}'] * (MAX_REQUESTS + 1)) + "]}}",
    ],
    ids=["json", "http", "har"],
)
def test_too_many_requests(text: str) -> None:
    """The number of requests has a bound."""
    with pytest.raises(InputError, match=f"more than {MAX_REQUESTS} requests"):
        requests(text)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join([f"@v{n}={{{{v{n + 1}}}}}{{{{v{n + 1}}}}}" for n in range(15)]) + "\nGET https://a.example/{{v0}}\n",
        "@v15=" + "x" * 5000 + "\n@v0=" + "{{v15}}" * 5000 + "\nGET https://a.example/{{v0}}",
        "GET https://a.example/\n" + "A: 1\n" * 2000,
        "[" * 100_000,
        '{"at": "+999999y"}',
        "GET https://a.example/{{$timestamp 999999 y}}",
        "GET https://a.example/{{$randomInt 5 5}}",
    ],
    ids=["doubling", "long", "headers", "nested", "far-moment", "far-timestamp", "no-number"],
)
def test_hostile_files_are_refused(text: str) -> None:
    """What grows without end, or is out of reach, is refused in little time."""
    with pytest.raises(InputError):
        requests(text)


def test_a_large_recording_is_read_in_one_go() -> None:
    """Places are only looked for once something is wrong: each of them goes through the whole text."""
    fields = ",".join(f'{{"name": "X-{n}", "value": "{n}"}}' for n in range(50))
    entry = f'{{"request": {{"method": "GET", "url": "https://a.example/", "headers": [{fields}]}}}}'
    body = '{"log": {"entries": [' + ",".join([entry] * MAX_REQUESTS) + "]}}"
    assert len(requests(body)) == MAX_REQUESTS


def test_made_up_values_are_the_same_each_time() -> None:
    """Random values of a file are made of the moment, each another one."""
    text = "GET https://a.example/{{$guid}}/{{$guid}}/{{$randomInt 1 9}}"
    first, again = requests(text)[0].request.url, requests(text)[0].request.url
    assert first is not None
    assert first == again
    one, other, number = first.split("/")[3:]
    assert one != other
    assert 1 <= int(number) < 9
