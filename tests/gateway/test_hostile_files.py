"""Request files, templates, traces and folders from strangers: what they read, how long they take, what they show."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from certgate import api
from certgate.core.errors import InputError
from certgate.core.excerpt import JSON_ESCAPE, XML_ESCAPE, unseen_as
from certgate.core.source import Source
from certgate.gateway.checking import first_element
from certgate.gateway.requests.load import read
from certgate.policy.masking import Masking
from tests.gateway import authority

SLOW = 20.0
"""Seconds: what takes the square of a text's length takes minutes."""


def included(file: Path, name: str) -> bytes | str | None:
    text = f"POST https://a.example/\n\n< {name}\n"
    return read(Source(str(file), text.encode()), authority.NOW)[0].request.body


def test_a_body_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body comes from below the folder of its request file, or from below the folder that certgate runs in."""
    project, outside = tmp_path / "project", tmp_path / "outside"
    (project / "requests").mkdir(parents=True)
    (project / "bodies").mkdir()
    outside.mkdir()
    (project / "bodies" / "a.json").write_bytes(b"{}")
    (outside / "secret").write_bytes(b"TOPSECRET")
    file = project / "requests" / "a.http"
    monkeypatch.chdir(project)
    assert included(file, "../bodies/a.json") == b"{}"
    for name in ("../../outside/secret", str(outside / "secret"), "../bodies/../../outside/secret", "/dev/zero"):
        with pytest.raises(InputError, match="reads no body from there"):
            included(file, name)
    monkeypatch.chdir(project / "requests")
    with pytest.raises(InputError, match="reads no body from there"):
        included(file, "../bodies/a.json")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
def test_a_body_behind_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link in the folder leads out of it."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret").write_bytes(b"TOPSECRET")
    (folder / "body").symlink_to(tmp_path / "secret")
    (folder / "round").symlink_to(folder / "round")
    monkeypatch.chdir(folder)
    for name in ("body", "round"):
        with pytest.raises(InputError):
            included(folder / "a.http", name)


def test_half_a_character_in_a_recording() -> None:
    """It is replaced in an address, which has no way to write it."""
    rows = [{"name": "\ud800a", "value": "b"}]
    entry = {"request": {"method": "GET", "url": "https://a.example/", "headers": [], "queryString": rows}}
    found = read(Source("x.har", json.dumps(entry).encode()), authority.NOW)
    assert found[0].request.url == "https://a.example/??a=b"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.xml", "\n" * 200_000),
        ("x.yaml", "\r\n" * 100_000),
        ("x.bicep", "resource a 'b' = {\n" * 10_000),
        ("x.tf", 'resource "a" "b" {\n' * 10_000),
        ("x.tf", 'templatefile("a",{a=' * 10_000),
        ("x.bicep", "concat(" * 30_000),
        ("x.xml", "<!-- >" * 30_000),
        ("x.xml", "<![CDATA[>" * 20_000),
        ("x.json", "[" * 200_000),
        ("x.tf", "locals {\na = local.b\nb = local.a\n}\n" * 5_000),
        ("x.tftpl", "%{ if a }" * 20_000),
    ],
    ids=range(11),
)
def test_files_that_go_on(name: str, text: str) -> None:
    """A file is gone through in time that grows with its length, and without running out of stack."""
    started = time.monotonic()
    api.check([Source(name, text.encode())])
    assert time.monotonic() - started < SLOW


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<!-- <a> --> x <?p <b> ?><!DOCTYPE c><policies>", "policies"),
        ("<![CDATA[<a>]]><c>", "c"),
        ("<!--><d>", "d"),
        ("<!-- a <b>", None),
        ("hello", None),
        ("</a>", None),
    ],
)
def test_the_first_element(text: str, name: str | None) -> None:
    """What stands before it is passed over; what has no end is not."""
    assert first_element(text) == name


def test_what_is_cut_off_is_masked() -> None:
    """A message may quote the beginning of a secret, and nothing of it is shown."""
    secret = "S3cret-" + "abcdefghij" * 20
    masked = Masking([secret])
    assert masked(f"no method '{secret[:40]}' is known") == "no method '***' is known"
    assert masked(f"no {secret[:60]}… here") == "no ***… here"
    assert masked(secret[:100].upper()) == "***"
    assert masked("S3cret-abc is short") == "S3cret-abc is short"
    assert masked(secret[:30] + "-other") == secret[:30] + "-other"


@pytest.mark.parametrize(
    "written",
    [
        "T\u00f6p S3cret/+&\"\\",
        "t\u00d6P s3CRET/+&\"\\",
        'T\u00f6p S3cret/+&\\"\\\\',
        'T\\u00f6p S3cret/+&\\"\\\\',
        "T\u00f6p S3cret/+&amp;\"\\",
        "T%C3%B6p%20S3cret%2F%2B%26%22%5C",
        "T%C3%B6p+S3cret%2F%2B%26%22%5C",
        "VMO2cCBTM2NyZXQvKyYiXA",
        "VMO2cCBTM2NyZXQvKyYiXA==",
    ],
)  # fmt: skip
def test_forms_of_a_secret(written: str) -> None:
    """As XML, JSON, C#, an address or base64 write it."""
    assert Masking(['T\u00f6p S3cret/+&"\\'])(f"<{written}>").strip("=<>") == "***"


def test_characters_that_steer_a_terminal() -> None:
    """JSON and XML name them by their code points, and mean the same."""
    text = "a\u009b31m\u202eb \u00e4"
    escaped = unseen_as(JSON_ESCAPE, json.dumps(text, ensure_ascii=False))
    assert escaped == '"a\\u009b31m\\u202eb \u00e4"'
    assert json.loads(escaped) == text
    assert unseen_as(XML_ESCAPE, text) == "a&#x9B;31m&#x202E;b \u00e4"
