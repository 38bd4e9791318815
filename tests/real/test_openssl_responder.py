"""``openssl ocsp`` as the responder: who may sign for an authority, and what its answers come to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Certgate
from tests.real.workshop import Office, Site, openssl

UNKNOWN = ["OfflineRevocation", "RevocationStatusUnknown"]
FRESH = ("-nmin", "5")
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def trust(root: Office, issuing: Office, site: Site) -> list[str | Path]:
    return ["--root", root.certificate, "--intermediate", issuing.certificate, "--online"]


@pytest.fixture(scope="module")
def delegate(issuing: Office) -> Path:
    return issuing.issue("Responder", "responder")


@pytest.fixture(scope="module")
def stranger(issuing: Office) -> Path:
    """A certificate of the authority that is not meant for signing answers."""
    return issuing.issue("Stranger", "stranger")


@pytest.fixture(scope="module")
def responder(issuing: Office) -> Iterator[str]:
    with issuing.responder(*FRESH) as url:
        yield url


def client(office: Office, name: str, url: str, more: str = "") -> Path:
    return office.issue(name, extensions=f"authorityInfoAccess = OCSP;URI:{url}\n{more}")


def verdict(certgate: Certgate, *arguments: str | Path) -> tuple[int, Any]:
    ran = certgate("verify", *arguments, "--format", "json")
    assert ran.code in (0, 1, 4), ran.err
    return ran.code, ran.json["certificates"][0]


def test_an_authority_that_answers_itself(
    certgate: Certgate, issuing: Office, trust: list[str | Path], responder: str
) -> None:
    """Good, and revoked once it is; the answer is kept until the cache is cleared."""
    leaf = client(issuing, "answered", responder)
    assert verdict(certgate, leaf, *trust)[0] == 0
    issuing.revoke(leaf)
    assert verdict(certgate, leaf, *trust)[0] == 0
    certgate("cache", "clear")
    code, found = verdict(certgate, leaf, *trust)
    assert (code, found["status"], found["elements"][0]["status"]) == (1, ["Revoked"], ["Revoked"])


def test_a_certificate_that_the_responder_does_not_know(
    certgate: Certgate, root: Office, issuing: Office, trust: list[str | Path], responder: str
) -> None:
    """*unknown* is no pass."""
    leaf = client(issuing, "forgotten", responder)
    issuing.forget("forgotten")
    assert verdict(certgate, leaf, *trust)[1]["status"] == UNKNOWN


@pytest.mark.parametrize("options", [(), ("-resp_key_id",)], ids=["by name", "by key"])
def test_a_delegate_answers_for_the_authority(
    certgate: Certgate, issuing: Office, trust: list[str | Path], delegate: Path, options: tuple[str, ...]
) -> None:
    """Its certificate has the purpose and comes with the answer."""
    with issuing.responder(*FRESH, *options, signer=delegate, key=delegate.with_suffix(".key")) as url:
        good, bad = (client(issuing, f"delegated {word} {len(options)}", url) for word in ("good", "bad"))
        issuing.revoke(bad)
        assert verdict(certgate, good, *trust)[0] == 0
        assert verdict(certgate, bad, *trust)[1]["status"] == ["Revoked"]


@pytest.mark.parametrize("options", [(), ("-resp_key_id",)], ids=["by name", "by key"])
def test_an_authority_needs_no_certificate_in_its_answer(
    certgate: Certgate, issuing: Office, trust: list[str | Path], options: tuple[str, ...]
) -> None:
    """It stands in the chain; a delegate's certificate is nowhere else."""
    with issuing.responder(*FRESH, "-resp_no_certs", *options) as url:
        assert verdict(certgate, client(issuing, f"bare {len(options)}", url), *trust)[0] == 0


def test_who_may_not_sign(
    certgate: Certgate, issuing: Office, trust: list[str | Path], delegate: Path, stranger: Path, tmp_path: Path
) -> None:
    """A certificate of the authority without the purpose, a delegate whose certificate is missing, another authority,
    and a signature that is broken."""
    other = Office(tmp_path / "other", "Other Root")
    by_delegate = {"signer": delegate, "key": delegate.with_suffix(".key")}
    for name, options, signing in (
        ("no purpose", (), {"signer": stranger, "key": stranger.with_suffix(".key")}),
        ("delegate missing", ("-resp_no_certs",), by_delegate),
        ("other authority", (), {"signer": other.certificate, "key": other.key}),
        ("broken", ("-badsig",), by_delegate),
    ):
        with issuing.responder(*FRESH, *options, **signing) as url:
            code, found = verdict(certgate, client(issuing, name, url), *trust)
            assert (name, code, found["status"]) == (name, 1, UNKNOWN)


def test_an_answer_without_an_end_is_good_once(
    certgate: Certgate, issuing: Office, trust: list[str | Path], site: Site
) -> None:
    """Without nextUpdate .NET believes it when it hears it, but does not keep it: offline it counts for nothing."""
    with issuing.responder() as url:
        leaf = client(issuing, "endless", url)
        assert verdict(certgate, leaf, *trust)[0] == 0
        assert verdict(certgate, leaf, *trust, "--revocation", "offline")[1]["status"] == UNKNOWN


def test_a_responder_steps_in_where_the_list_does_not_help(
    certgate: Certgate, issuing: Office, trust: list[str | Path], responder: str, site: Site
) -> None:
    """The list first: expired, so the responder is asked. Where the list is good, nobody asks it."""
    site.pages["/late.crl"] = issuing.revocation_list(
        "-crl_lastupdate", "20250101000000Z", "-crl_nextupdate", "20250108000000Z"
    )
    late = client(issuing, "late list", responder, f"crlDistributionPoints = URI:{site.url('/late.crl')}")
    assert verdict(certgate, late, *trust)[0] == 0
    site.pages["/fine.crl"] = issuing.revocation_list()
    fine = client(issuing, "fine list", NOBODY, f"crlDistributionPoints = URI:{site.url('/fine.crl')}")
    assert verdict(certgate, fine, *trust)[0] == 0


def test_a_responder_that_is_gone(certgate: Certgate, issuing: Office, trust: list[str | Path], tmp_path: Path) -> None:
    """Unknown; but what was recorded while it was there still answers."""
    answers = tmp_path / "answers.json"
    with issuing.responder(*FRESH) as url:
        leaf = client(issuing, "gone", url)
        assert verdict(certgate, leaf, *trust, "--record", answers)[0] == 0
    certgate("cache", "clear")
    assert verdict(certgate, leaf, *trust)[1]["status"] == UNKNOWN
    assert verdict(certgate, leaf, *trust[:-1], "--responses", answers)[0] == 0


def test_openssl_hears_the_same(certgate: Certgate, issuing: Office, trust: list[str | Path], responder: str) -> None:
    """The command as a client asks by POST, certgate by GET: good for both, then revoked for both."""
    leaf = client(issuing, "asked by both", responder)
    line = ("-issuer", issuing.certificate, "-cert", leaf, "-url", responder, "-no_nonce", "-partial_chain")
    asking = ("ocsp", *line, "-CAfile", issuing.certificate)
    assert f"{leaf}: good" in openssl(*asking)
    assert verdict(certgate, leaf, *trust)[0] == 0
    issuing.revoke(leaf)
    certgate("cache", "clear")
    assert f"{leaf}: revoked" in openssl(*asking)
    assert verdict(certgate, leaf, *trust)[1]["status"] == ["Revoked"]
