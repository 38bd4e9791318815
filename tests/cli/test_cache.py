"""``certgate cache``: what it prints, deletes and answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from certgate.core.world import clock
from certgate.net.cache import Cache, Kept
from tests.conftest import Certgate
from tests.pki.authority import NOW, Authority, Dates

WHEN = datetime(2026, 6, 1, 12, tzinfo=UTC)
CRL, OCSP, ISSUER = (f"http://pki.example/{name}" for name in ("a.crl", "ocsp/MEIw", "ca.cer"))


_EMPTY_OCSP = bytes.fromhex("3016 0a0100 a011 300f 06092b0601050507300101 0402 3000")
"""The form of an answer, whose basic response has nothing in it."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CERTGATE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def filled(folder: Path) -> Path:
    """A list that ran out, an OCSP answer of today that holds for long, a certificate; and what none of them is."""
    root = Authority("root")
    cache = Cache(folder)
    cache.keep(Kept(CRL, "crl", WHEN, 200, root.revocation_list(dates=Dates(NOW, NOW + timedelta(days=1)))))
    cache.keep(Kept(OCSP, "ocsp", clock(), 200, _ocsp(root)))
    cache.keep(Kept(ISSUER, "issuer", WHEN, 404, root.certificate.der))
    cache.keep(Kept(f"{CRL}x", "crl", WHEN, 200, b"\x30nonsense"))
    cache.keep(Kept(f"{OCSP}x", "ocsp", WHEN, 200, b"\x30nonsense"))
    cache.keep(Kept(f"{OCSP}y", "ocsp", WHEN, 200, _EMPTY_OCSP))
    (folder / "notes.txt").write_text("mine")
    return folder


def _ocsp(root: Authority) -> bytes:
    certificate = x509.load_der_x509_certificate(root.certificate.der)
    builder = ocsp.OCSPResponseBuilder().add_response(
        certificate,
        certificate,
        hashes.SHA1(),
        ocsp.OCSPCertStatus.GOOD,
        NOW,
        datetime(2099, 1, 1, tzinfo=UTC),
        None,
        None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, certificate)
    return builder.sign(root.key, hashes.SHA256()).public_bytes(Encoding.DER)


def test_list(certgate: Certgate, filled: Path) -> None:
    """By address; what its own bytes say of the next update."""
    ran = certgate("cache", "list", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    rows = {row.pop("url"): row for row in ran.json["entries"]}
    assert ran.json["folder"] == str(filled)
    assert list(rows) == sorted([CRL, f"{CRL}x", ISSUER, OCSP, f"{OCSP}x", f"{OCSP}y"])
    assert rows[CRL]["next_update"] == "2026-06-02T12:00:00Z"
    assert rows[OCSP]["next_update"] == "2099-01-01T00:00:00Z"
    assert [rows[url]["next_update"] for url in (ISSUER, f"{CRL}x", f"{OCSP}x", f"{OCSP}y")] == [None] * 4
    assert rows[ISSUER].items() >= {"kind": "issuer", "status": 404, "fetched": "2026-06-01T12:00:00Z"}.items()


def test_list_as_text(certgate: Certgate, filled: Path) -> None:
    """The address of each and what is known of it, and their number and size."""
    lines = certgate("cache", "list").out.splitlines()
    assert lines[0:12:2] == sorted([CRL, f"{CRL}x", ISSUER, OCSP, f"{OCSP}x", f"{OCSP}y"])
    assert lines[1].split()[0] == "crl"
    assert lines[1].endswith("fetched 2026-06-01 12:00  ran out 2026-06-02 12:00")
    assert lines[7].endswith("until 2099-01-01 00:00")
    assert lines[-1].startswith("6 entries, ")


def test_clear(certgate: Certgate, filled: Path) -> None:
    """What is older, then all of it, and nothing else that lies there."""
    assert certgate("cache", "clear", "--older-than", "1d").out == f"deleted 5 entries from {filled}\n"
    assert certgate("cache", "clear").out == f"deleted 1 entry from {filled}\n"
    assert certgate("cache", "clear").out == f"deleted 0 entries from {filled}\n"
    assert [file.name for file in filled.iterdir()] == ["notes.txt"]


def test_path_and_an_empty_cache(certgate: Certgate, folder: Path) -> None:
    """Nothing is made by looking."""
    assert certgate("cache", "path").out == f"{folder}\n"
    assert certgate("cache", "list").out == f"nothing is kept in {folder}\n"
    assert certgate("cache", "list", "--format", "json").json["entries"] == []
    assert not folder.exists()


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("value-unknown", ["list", "--format", "xml"]),
        ("time-invalid", ["clear", "--older-than", "soon"]),
        ("time-invalid", ["clear", "--older-than", "-7d"]),
        ("time-invalid", ["clear", "--older-than", "99999y"]),
    ],
)
def test_usage(certgate: Certgate, filled: Path, code: str, arguments: list[str]) -> None:
    """What is wrong is said, and nothing is deleted."""
    before = len(list(filled.iterdir()))
    ran = certgate("cache", *arguments)
    assert (ran.code, f"[{code}]" in ran.err) == (2, True)
    assert len(list(filled.iterdir())) == before


def test_no_home(certgate: Certgate, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without a home has no cache, and is told how to have one; a run goes without."""
    monkeypatch.delenv("CERTGATE_CACHE", raising=False)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *arguments, **named: Path("~/.cache/certgate"))
    for name in ("list", "clear", "path"):
        ran = certgate("cache", name)
        assert (ran.code, ran.out, "[cache-nowhere]" in ran.err) == (2, "", True)
        assert "CERTGATE_CACHE" in ran.err
    certificate = "sample-certs/partner-a.cer"
    assert certgate("verify", certificate, "--root", certificate).code in (0, 1, 4)
    assert not Path("~").exists()


def test_help(certgate: Certgate) -> None:
    """Examples and exit codes, as every command has them."""
    for name in ("list", "clear", "path"):
        text = certgate("cache", name, "--help").out
        assert "Examples:" in text
        assert "Exit codes:" in text
    assert "CERTGATE_CACHE" in certgate("cache", "--help").out
