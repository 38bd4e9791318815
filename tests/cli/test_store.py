"""``certgate store``: what it prints, writes and answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from certgate.cli.app import run
from tests.pki.minted import ISSUING, LEAF, ROOT, revocation_list


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a root, an issuing authority, a leaf and a revocation list."""
    monkeypatch.chdir(tmp_path)
    Path("root.cer").write_bytes(ROOT.der)
    Path("issuing.pem").write_text(ISSUING.pem)
    Path("leaf.cer").write_bytes(LEAF.der)
    Path("issuing.crl").write_bytes(revocation_list(ISSUING).public_bytes(Encoding.DER))
    return tmp_path


def test_add_list_check_remove(capsys: pytest.CaptureFixture[str]) -> None:
    """A store is filled, listed, judged and emptied."""
    assert run(["store", "add", "root.cer", "issuing.pem", "issuing.crl"]) == 0
    assert run(["store", "add", "leaf.cer", "--as", "certificate", "--id", "partner-a"]) == 0
    capsys.readouterr()
    assert run(["store", "list", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "certgate/store-list/1"
    assert [(row["kind"], row["id"]) for row in document["entries"]] == [
        ("root", None),
        ("intermediate", None),
        ("certificate", "partner-a"),
        ("crl", None),
    ]
    assert set(document["entries"][0]) == {"kind", "id", "file", "subject", "thumbprint", "not_after"}
    assert run(["store", "check", "--at", "2026-06-01"]) == 0
    assert run(["store", "check", "--at", "2040-01-01", "--format", "json"]) == 1
    assert "no problems" in capsys.readouterr().out
    assert run(["store", "remove", "partner-a", ROOT.thumbprint[:8]]) == 0
    capsys.readouterr()
    assert run(["store", "list", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["entries"]) == 2


def test_nothing_is_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    """What is there already is said, and its file left alone."""
    assert run(["store", "add", "root.cer"]) == 0
    [file] = Path("trust/roots").iterdir()
    before = file.stat()
    assert run(["store", "add", "root.cer"]) == 0
    assert "already there" in capsys.readouterr().out
    assert file.stat() == before


def test_a_leaf_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A leaf is no root: exit 3, nothing on stdout, nothing written, also not what stands beside it."""
    assert run(["store", "add", "root.cer", "leaf.cer", "--as", "root"]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "leaf.cer" in printed.err
    assert not Path("trust").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["list"], 3),
        (["list", "--trust", "root.cer"], 3),
        (["add", "missing.cer"], 3),
        (["add", "root.cer", "--as", "rood"], 2),
        (["add", "root.cer", "issuing.pem", "--id", "a"], 2),
        (["add", "leaf.cer", "--id", "../a"], 2),
        (["add"], 2),
        (["check", "--at", "soon"], 2),
        (["list", "--format", "xml"], 2),
        (["remove", "x"], 3),
    ],
)
def test_what_is_wrong(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong options and files end with their exit code, a line on stderr and nothing on stdout."""
    assert run(["store", *arguments]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err
