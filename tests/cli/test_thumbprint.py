"""``certgate thumbprint``: nothing but the thumbprint, or why a pasted one does not match."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.conftest import Certgate

SAMPLES = Path("sample-certs")
DER = (Path(__file__).parents[2] / SAMPLES / "partner-a.cer").read_bytes()
THUMBPRINT = hashlib.sha1(DER).hexdigest().upper()


@pytest.mark.parametrize(
    "name",
    [
        "partner-a.cer",
        "partner-a.pem",
        "partner-a.p7b",
        "partner-a.pfx",
        "partner-a-legacy.pfx",
        "partner-a-no-password.pfx",
        "partner-a-key-vault.json",
    ],
)
def test_every_format_gives_the_same_thumbprint(certgate: Certgate, name: str) -> None:
    """The leaf's SHA-1 in upper-case hex and a line end, whatever the file is."""
    password = [] if name in {"partner-a-no-password.pfx", "partner-a-key-vault.json"} else ["--password", "certgate"]
    ran = certgate("thumbprint", SAMPLES / name, *password)
    assert (ran.code, ran.out, ran.err) == (0, f"{THUMBPRINT}\n", "")


@pytest.mark.parametrize("algorithm", ["sha256", "SHA-384", "sha512"])
def test_other_digests(certgate: Certgate, algorithm: str) -> None:
    """``--algorithm`` takes any usual spelling."""
    expected = hashlib.new(algorithm.lower().replace("-", ""), DER).hexdigest().upper()
    assert certgate("thumbprint", SAMPLES / "partner-a.cer", "--algorithm", algorithm).out == f"{expected}\n"


def test_several_files_name_themselves(certgate: Certgate) -> None:
    """A line a file: thumbprint, two spaces, file."""
    ran = certgate("thumbprint", SAMPLES / "partner-a.cer", SAMPLES / "partner-b.cer")
    lines = ran.out.splitlines()
    assert lines[0] == f"{THUMBPRINT}  sample-certs/partner-a.cer"
    assert lines[1].endswith("  sample-certs/partner-b.cer")


def test_all_lists_what_came_with_the_leaf(certgate: Certgate) -> None:
    """``--all``: the leaf first, then the others."""
    ran = certgate("thumbprint", SAMPLES / "partner-a.pem", "--all")
    assert ran.out.splitlines()[0] == f"{THUMBPRINT}  sample-certs/partner-a.pem"
    assert len(ran.out.splitlines()) == 2


def test_json_by_contract(certgate: Certgate) -> None:
    """One entry a file."""
    assert certgate("thumbprint", SAMPLES / "partner-a.cer", "--format", "json").json == {
        "schema": "certgate/thumbprint/1",
        "certificates": [{"source": "sample-certs/partner-a.cer", "algorithm": "sha1", "thumbprint": THUMBPRINT}],
    }


def test_check_explains_a_pasted_thumbprint(certgate: Certgate) -> None:
    """The invisible mark of the Windows dialog, spaces and case are named; the exit code says no."""
    pasted = "\u200e" + " ".join(THUMBPRINT[i : i + 2] for i in range(0, 40, 2)).lower()
    ran = certgate("thumbprint", SAMPLES / "partner-a.cer", "--check", pasted)
    assert ran.code == 1
    assert ran.out.startswith("no: the same certificate, but not the same text\n")
    for words in ("U+200E", "19 spaces", "lower case"):
        assert words in ran.out


def test_check_says_yes(certgate: Certgate) -> None:
    """Equal text is exit code 0."""
    ran = certgate("thumbprint", SAMPLES / "partner-a.cer", "--check", THUMBPRINT)
    assert ran.code == 0
    assert ran.out.startswith("yes")


def test_two_broken_files_are_reported_together(certgate: Certgate, tmp_path: Path) -> None:
    """Each with its own line; nothing on stdout; exit code 3."""
    empty, text = tmp_path / "empty.cer", tmp_path / "text.cer"
    empty.write_bytes(b"")
    text.write_text("<policies />", encoding="utf-8")
    ran = certgate("thumbprint", empty, text, SAMPLES / "partner-a.cer")
    assert ran.code == 3
    assert ran.out == ""
    assert f"{empty}: " in ran.err
    assert f"{text}: " in ran.err


def test_errors_are_json_too(certgate: Certgate) -> None:
    """With ``--format json`` the problems stand on stdout by contract, and the lines still on stderr."""
    ran = certgate("thumbprint", "no-such.cer", "--format", "json")
    assert ran.code == 3
    assert ran.json["schema"] == "certgate/errors/1"
    assert [(row["code"], row["file"]) for row in ran.json["problems"]] == [("file-missing", "no-such.cer")]
    assert ran.err.startswith("no-such.cer: ")


def test_a_wrong_password_is_never_shown(certgate: Certgate) -> None:
    """It is said that it is wrong, not what it was."""
    ran = certgate("thumbprint", SAMPLES / "partner-a.pfx", "--password", "hunter2-secret")
    assert ran.code == 3
    assert "password" in ran.err
    assert "hunter2" not in ran.err + ran.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["thumbprint"], "CERT"),
        (["thumbprint", "a.cer", "--algorithm", "sha-1024"], "sha-1024"),
        (["thumbprint", "a.cer", "--format", "yaml"], "yaml"),
        (["thumbprint", "a.cer", "--nope"], "--nope"),
        (["thumbprnt"], "did you mean thumbprint?"),
        (["thumbprint", "a.pfx", "--password-env", "CERTGATE_NOT_SET"], "CERTGATE_NOT_SET"),
        (["thumbprint", "a.pfx", "--password", "x", "--password-file", "y"], "one of"),
    ],
)
def test_usage_errors(certgate: Certgate, arguments: list[str], words: str) -> None:
    """Exit code 2, nothing on stdout, and the culprit is named."""
    ran = certgate(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
