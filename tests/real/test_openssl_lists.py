"""Lists that ``openssl ca`` makes, fetched from a web server: the whole way from the command line to the verdict."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Certgate
from tests.real.workshop import Office, Site, der

UNKNOWN = ["OfflineRevocation", "RevocationStatusUnknown"]


@pytest.fixture
def trust(root: Office, issuing: Office) -> list[str | Path]:
    return ["--root", root.certificate, "--intermediate", issuing.certificate]


def client(office: Office, site: Site, name: str, path: str = "/issuing.crl", more: str = "") -> Path:
    return office.issue(name, extensions=f"crlDistributionPoints = URI:{site.url(path)}\n{more}")


def verdict(certgate: Certgate, *arguments: str | Path) -> tuple[int, Any]:
    ran = certgate("verify", *arguments, "--format", "json")
    assert ran.code in (0, 1, 4), ran.err
    return ran.code, ran.json["certificates"][0]


def test_a_list_says_good_and_after_a_revocation_revoked(
    certgate: Certgate, root: Office, issuing: Office, site: Site, trust: list[str | Path], tmp_path: Path
) -> None:
    """One certificate and another; the newer list is fetched once the cache is empty."""
    good, bad = client(issuing, site, "listed good"), client(issuing, site, "listed bad")
    site.pages["/issuing.crl"] = issuing.revocation_list()
    assert verdict(certgate, good, *trust, "--online")[0] == 0
    issuing.revoke(bad)
    site.pages["/issuing.crl"] = issuing.revocation_list()
    assert verdict(certgate, bad, *trust, "--online")[0] == 0
    assert certgate("cache", "clear").code == 0
    code, found = verdict(certgate, bad, *trust, "--online")
    assert (code, found["build"], found["status"]) == (1, False, ["Revoked"])
    assert found["elements"][0]["status"] == ["Revoked"]
    assert verdict(certgate, good, *trust, "--online")[0] == 0


@pytest.mark.parametrize("encoding", ["PEM", "DER"])
def test_both_encodings_of_a_list_are_read(
    certgate: Certgate, issuing: Office, site: Site, trust: list[str | Path], encoding: str
) -> None:
    """The command writes PEM, most web servers give DER."""
    leaf = client(issuing, site, f"encoded {encoding}", f"/{encoding}.crl")
    made = issuing.revocation_list()
    site.pages[f"/{encoding}.crl"] = made if encoding == "PEM" else der(made, "crl")
    assert verdict(certgate, leaf, *trust, "--online")[0] == 0


@pytest.mark.parametrize("reason", ["unspecified", "cessationOfOperation", "certificateHold"])
def test_every_reason_is_a_revocation(
    certgate: Certgate, issuing: Office, site: Site, trust: list[str | Path], reason: str
) -> None:
    """Whatever the list says why."""
    leaf = client(issuing, site, f"revoked for {reason}", f"/{reason}.crl")
    issuing.revoke(leaf, reason)
    site.pages[f"/{reason}.crl"] = issuing.revocation_list()
    assert verdict(certgate, leaf, *trust, "--online")[1]["status"] == ["Revoked"]


@pytest.mark.parametrize(
    ("scope", "status"), [("users", []), ("authorities", UNKNOWN), ("reasons", UNKNOWN), ("indirect", UNKNOWN)]
)
def test_a_list_of_a_part_answers_for_that_part(
    certgate: Certgate, issuing: Office, site: Site, trust: list[str | Path], scope: str, status: list[str]
) -> None:
    """.NET takes lists of end certificates for these; lists of some reasons, and indirect ones, not at all."""
    leaf = client(issuing, site, f"part {scope}", f"/{scope}.crl")
    site.pages[f"/{scope}.crl"] = issuing.revocation_list("-crlexts", scope)
    assert verdict(certgate, leaf, *trust, "--online")[1]["status"] == status


def test_an_expired_list_leaves_the_status_unknown(
    certgate: Certgate, issuing: Office, site: Site, trust: list[str | Path]
) -> None:
    """As does an address that answers 404, or one where nobody listens."""
    old = issuing.revocation_list("-crl_lastupdate", "20250101000000Z", "-crl_nextupdate", "20250108000000Z")
    site.pages["/old.crl"] = old
    for path in ("/old.crl", "/nowhere.crl"):
        leaf = client(issuing, site, f"unknown at {path[1:4]}", path)
        code, found = verdict(certgate, leaf, *trust, "--online")
        assert (code, found["status"]) == (1, UNKNOWN)
    leaf = issuing.issue("nobody listens", extensions="crlDistributionPoints = URI:http://127.0.0.1:9/issuing.crl")
    assert verdict(certgate, leaf, *trust, "--online")[1]["status"] == UNKNOWN


def test_a_list_of_another_authority_is_no_answer(
    certgate: Certgate, root: Office, issuing: Office, site: Site, trust: list[str | Path]
) -> None:
    """The root's list says nothing of what the issuing authority has issued."""
    site.pages["/foreign.crl"] = root.revocation_list()
    leaf = client(issuing, site, "foreign list", "/foreign.crl")
    assert verdict(certgate, leaf, *trust, "--online")[1]["status"] == UNKNOWN


def test_a_revoked_authority_spoils_what_it_issued(
    certgate: Certgate, root: Office, site: Site, tmp_path: Path
) -> None:
    """Revoked is the authority, and unknown the certificate below it; with the end certificate only it does not
    matter."""
    points = f"crlDistributionPoints = URI:{site.url('/after.crl')}"
    doomed = Office(tmp_path / "doomed", "Doomed CA", root, points)
    leaf = client(doomed, site, "below", "/doomed.crl")
    site.pages["/doomed.crl"] = doomed.revocation_list()
    root.revoke(doomed.certificate, "CACompromise")
    site.pages["/after.crl"] = root.revocation_list()
    trust = ["--root", root.certificate, "--intermediate", doomed.certificate]
    code, found = verdict(certgate, leaf, *trust, "--online")
    assert code == 1
    assert [element["status"] for element in found["elements"]] == [UNKNOWN, ["Revoked"], []]
    only = ("--revocation-scope", "end-certificate-only")
    assert verdict(certgate, leaf, *trust, "--online", *only)[0] == 0


def test_a_missing_issuer_is_fetched_from_where_the_certificate_says(
    certgate: Certgate, root: Office, issuing: Office, site: Site
) -> None:
    """Offline nobody knows; online the chain is whole. What does not chain to the trust store may not have addresses of
    this machine asked without leave."""
    leaf = client(issuing, site, "fetched", more=f"authorityInfoAccess = caIssuers;URI:{site.url('/issuing.cer')}")
    site.pages["/issuing.crl"] = issuing.revocation_list()
    offline = verdict(certgate, leaf, "--root", root.certificate)
    assert (offline[0], offline[1]["build"]) == (4, None)
    refused = verdict(certgate, leaf, "--root", root.certificate, "--online")
    assert refused[0] == 4
    assert "/issuing.cer" not in site.asked
    code, found = verdict(certgate, leaf, "--root", root.certificate, "--online", "--allow-private-network")
    assert (code, len(found["elements"])) == (0, 3)


def test_what_was_recorded_is_replayed_to_the_same_verdict(
    certgate: Certgate, root: Office, issuing: Office, site: Site, trust: list[str | Path], tmp_path: Path
) -> None:
    """--record writes what --responses reads: a good, a revoked and an unknown certificate."""
    good, bad = client(issuing, site, "recorded good"), client(issuing, site, "recorded bad")
    lost = client(issuing, site, "recorded lost", "/lost.crl")
    issuing.revoke(bad)
    site.pages["/issuing.crl"] = issuing.revocation_list()
    answers = tmp_path / "answers.json"
    for leaf, code in ((good, 0), (bad, 1), (lost, 1)):
        live = verdict(certgate, leaf, *trust, "--online", "--record", answers)
        assert live[0] == code
        asked = len(site.asked)
        replayed = verdict(certgate, leaf, *trust, "--responses", answers)
        assert len(site.asked) == asked
        assert (replayed[0], replayed[1]["build"], replayed[1]["status"]) == (
            live[0],
            live[1]["build"],
            live[1]["status"],
        )
        assert site.url("/root.crl") in json.loads(answers.read_text())


def test_a_warm_cache_answers_offline_and_a_cold_one_does_not(
    certgate: Certgate, issuing: Office, site: Site, trust: list[str | Path], cache: Path
) -> None:
    """What was fetched online stays: certgate offline reads it, and so does a gateway without a network."""
    leaf = client(issuing, site, "cached", "/cached.crl")
    site.pages["/cached.crl"] = issuing.revocation_list()
    assert verdict(certgate, leaf, *trust)[0] == 4
    cold = verdict(certgate, leaf, *trust, "--revocation", "offline")
    assert (cold[0], cold[1]["status"]) == (1, UNKNOWN)
    assert verdict(certgate, leaf, *trust, "--online")[0] == 0
    asked = len(site.asked)
    assert verdict(certgate, leaf, *trust)[0] == 0
    assert verdict(certgate, leaf, *trust, "--online")[0] == 0
    assert verdict(certgate, leaf, *trust, "--revocation", "offline")[0] == 0
    assert len(site.asked) == asked
    assert "/cached.crl" in certgate("cache", "list").out
    certgate("cache", "clear")
    assert verdict(certgate, leaf, *trust)[0] == 4


def test_a_list_from_a_file_says_the_same_without_the_network(
    certgate: Certgate, root: Office, issuing: Office, site: Site, trust: list[str | Path], tmp_path: Path
) -> None:
    """Lists of the trust store come before everything else."""
    good, bad = client(issuing, site, "filed good"), client(issuing, site, "filed bad")
    issuing.revoke(bad)
    for name, office in (("issuing", issuing), ("root", root)):
        (tmp_path / f"{name}.crl").write_bytes(office.revocation_list())
    lists = ["--crl", tmp_path / "issuing.crl", "--crl", tmp_path / "root.crl"]
    assert verdict(certgate, good, *trust, *lists)[0] == 0
    assert verdict(certgate, bad, *trust, *lists)[1]["status"] == ["Revoked"]


def test_all_paths_show_the_way_that_was_not_taken(
    certgate: Certgate, root: Office, issuing: Office, site: Site, tmp_path: Path
) -> None:
    """Another root has certified the same authority, and its certificate comes first."""
    other = Office(tmp_path / "other", "Other Root")
    crossed = other.issue("Real Issuing CA", "authority", key=issuing.key, out=tmp_path / "a.pem")
    direct = tmp_path / "b.pem"
    direct.write_bytes(issuing.certificate.read_bytes())
    leaf = client(issuing, site, "two ways")
    store = ["--root", root.certificate]
    for one in (crossed, direct, other.certificate):
        store += ["--intermediate", one]
    ran = certgate("verify", leaf, *store, "--no-revocation", "--all-paths")
    assert ran.code == 1
    text = " ".join(ran.out.split())
    assert "would be trusted, but .NET takes the first fitting candidate" in text
    assert "a.pem" in text
    code, found = verdict(certgate, leaf, *store, "--no-revocation", "--all-paths")
    assert (code, [path["build"] for path in found["paths"]["paths"]]) == (1, [False, True])
    assert verdict(certgate, leaf, *store[:2], "--intermediate", direct, "--no-revocation")[0] == 0


def test_a_policy_that_asks_verify_hears_the_same(
    certgate: Certgate, issuing: Office, site: Site, trust: list[str | Path], tmp_path: Path
) -> None:
    """`Verify()` in a condition: accepted, rejected, and undecided where certgate may not ask."""
    good, bad = client(issuing, site, "asked good", "/policy.crl"), client(issuing, site, "asked bad", "/policy.crl")
    issuing.revoke(bad)
    site.pages["/policy.crl"] = issuing.revocation_list()
    policy = tmp_path / "policy.xml"
    policy.write_text(
        "<policies><inbound><base /><choose>"
        '<when condition="@(!context.Request.Certificate.Verify())">'
        '<return-response><set-status code="403" reason="Invalid client certificate" /></return-response>'
        "</when></choose></inbound><backend><base /></backend><outbound><base /></outbound>"
        "<on-error><base /></on-error></policies>"
    )
    run = ["--policy", policy, *trust, "--format", "json"]
    assert certgate("validate", good, *run).code == 4
    assert certgate("validate", good, *run, "--online").code == 0
    rejected = certgate("validate", bad, *run, "--online")
    assert rejected.code == 1
    assert rejected.json["cases"][0]["reason"] == "Invalid client certificate"


def test_the_installed_command_does_it_too(issuing: Office, site: Site, trust: list[str | Path], cache: Path) -> None:
    """In a process of its own, as a user runs it."""
    leaf = client(issuing, site, "process", "/process.crl")
    site.pages["/process.crl"] = issuing.revocation_list()
    done = subprocess.run(
        [sys.executable, "-m", "certgate", "verify", leaf, *trust, "--online"],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Verify() is true" in done.stdout
