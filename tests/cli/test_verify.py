"""``certgate verify`` on recorded chains: what it shows, in every width, and what it says to machines."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_schemas import faults
from tests.conftest import ROOT, Certgate, Ran

CASES = {
    case["id"]: case
    for case in json.loads((ROOT / "tests" / "golden" / "chains.json").read_text(encoding="utf-8"))["cases"]
}


class Files:
    """A recorded case as files that a user would have."""

    def __init__(self, folder: Path, name: str) -> None:
        self.case: dict[str, Any] = CASES[name]
        self.folder = folder
        for kind in ("roots", "intermediates"):
            (folder / "trust" / kind).mkdir(parents=True)
            for number, encoded in enumerate(self.case.get(kind, [])):
                (folder / "trust" / kind / f"{number}.cer").write_bytes(base64.b64decode(encoded))
        (folder / "leaf.cer").write_bytes(base64.b64decode(self.case["leaf"]))
        (folder / "http.json").write_text(json.dumps(self.case.get("http") or {}))

    @property
    def line(self) -> list[str]:
        there = self.folder.as_posix()
        return ["verify", f"{there}/leaf.cer", "--trust", f"{there}/trust", "--at", self.case["at"]]

    @property
    def answered(self) -> list[str]:
        return [*self.line, "--responses", f"{self.folder.as_posix()}/http.json"]


@pytest.fixture
def files(tmp_path: Path, request: pytest.FixtureRequest) -> Files:
    return Files(tmp_path, request.param)


def machine(ran: Ran) -> Any:
    assert faults(ran.json, "verify") == []
    return ran.json["certificates"][0]


def widest(text: str) -> int:
    return max(map(len, text.splitlines()))


ANSWERED = [
    "crl/good",
    "crl/leaf-revoked",
    "crl/404",
    "crl/stale",
    "crl/no-cdp",
    "ocsp/good",
    "ocsp/revoked",
    "ocsp/int-revoked",
    "ocsp/good-crl-down",
    "time/expired-and-revoked",
    "trust/int-missing",
    "trust/untrusted-root",
    "trust/depth-5",
]


@pytest.mark.parametrize("files", ANSWERED, indirect=True)
def test_recorded_answers(certgate: Certgate, files: Files) -> None:
    """With the recorded answers the JSON says what .NET said online, and the exit code follows from it."""
    ran = certgate(*files.answered, "--format", "json")
    row, expected = machine(ran), files.case["expect"]["online"]
    assert (row["build"], row["status"]) == (expected["build"], expected["status"])
    assert ran.code == (0 if expected["build"] else 1)
    assert row["question"] == "Verify()"
    assert row["verify"] == {"build": row["build"], "status": row["status"]}
    assert row["without_revocation"]["build"] is files.case["expect"]["nocheck"]["build"]
    assert {each["given"] for each in row["evidence"] if each["url"]} <= {"responses"}
    if expected["build"]:
        assert {each["revocation"] for each in row["elements"][:-1]} <= {"good"}
        assert row["validate_client_certificate"]["passes"] is True


@pytest.mark.parametrize("columns", ["40", "60", "80", "200"])
@pytest.mark.parametrize("files", [*ANSWERED, "trust/depth-30", "constraint/nc-dns-bad"], indirect=True)
def test_every_width(certgate: Certgate, monkeypatch: pytest.MonkeyPatch, files: Files, columns: str) -> None:
    """No line is wider than the terminal, with recorded answers and without, with every path and without."""
    monkeypatch.setenv("COLUMNS", columns)
    for line in (files.answered, [*files.line, "--all-paths"]):
        ran = certgate(*line)
        assert ran.code in (0, 1, 4)
        assert widest(ran.out) <= int(columns)


@pytest.mark.parametrize("files", ["crl/good"], indirect=True)
def test_good(certgate: Certgate, files: Files) -> None:
    """The answer first, the state of each certificate, what a policy makes of it, and the evidence with its rules."""
    ran = certgate(*files.answered)
    lines = ran.out.splitlines()
    assert lines[0] == "✓ Verify() is true"
    assert "✓ not revoked" in ran.out
    assert "VerifyNoRevocation() is true" in ran.out
    assert "<validate-client-certificate /> lets the client pass" in ran.out
    row = next(line for line in lines if line.startswith("  CRL") and "client" in line)
    assert row.split()[-2:] == ["good", ".NET"]
    below = lines[lines.index(row) + 1 :]
    assert below[0].strip() == "http://pki.certgate.test/crl/good/int.crl"
    assert below[1].strip().startswith("recorded, ")
    assert "until 2042-01-01 00:00 UTC" in below[1]


@pytest.mark.parametrize("files", ["crl/good"], indirect=True)
def test_undecided(certgate: Certgate, files: Files) -> None:
    """Offline: what was wanted, what settles it, and what the policy element says under each answer."""
    ran = certgate(*files.line)
    assert ran.code == 4
    assert ran.out.startswith("? Verify() is undecided\n")
    assert "asked for http://pki.certgate.test/crl/good/int.crl   (certgate is offline)" in ran.out
    assert "settle it --online   --responses FILE   --crl int.crl" in ran.out
    assert "if good: it lets the client pass" in " ".join(ran.out.split())
    assert "if revoked or unknown: it answers 401, ClientCertificateRevoked" in " ".join(ran.out.split())
    assert "? revoked or not" in ran.out
    row = machine(certgate(*files.line, "--format", "json"))
    assert row["build"] is None
    assert row["wanted"] == [f"http://pki.certgate.test/crl/good/{name}.crl" for name in ("int", "root")]
    assert "--online" in row["settle"]
    element = row["validate_client_certificate"]
    assert (element["passes"], element["reason"]) == (None, None)
    assert [(way["given"], way["reason"]) for way in element["ways"]] == [
        ("good", None),
        ("revoked or unknown", "ClientCertificateRevoked"),
    ]


@pytest.mark.parametrize(
    ("files", "reason", "message"),
    [
        ("crl/leaf-revoked", "ClientCertificateRevoked", "The certificate is revoked."),
        ("crl/404", "ClientCertificateRevoked", "The revocation function was unable to check revocation because"),
        ("trust/untrusted-root", "ClientCertificateNotTrusted", "A certificate chain processed, but terminated"),
        ("trust/int-missing", "ClientCertificateNotTrusted", "A certificate chain could not be built to a trusted"),
        ("time/leaf-not-yet", "ClientCertificateNotYetValid", "A required certificate is not within its validity"),
        ("time/exact-not-after", "ClientCertificateExpired", "A required certificate is not within its validity"),
        ("constraint/nc-dns-bad", "ClientCertificateNotTrusted", "The certificate has an invalid name."),
        (
            "constraint/leaf-unknown-critical",
            "ClientCertificateNotTrusted",
            "A certificate contains an unknown extension",
        ),
    ],
    indirect=["files"],
)
def test_the_policy_element(certgate: Certgate, files: Files, reason: str, message: str) -> None:
    """Which LastError the policy element leaves, and whether its words have been seen."""
    element = machine(certgate(*files.answered, "--format", "json"))["validate_client_certificate"]
    assert (element["passes"], element["reason"]) == (False, reason)
    assert element["message"].startswith(message)
    confirmed = message.startswith("A certificate chain could not be built")
    assert element["ways"][0]["confirmed"] is confirmed
    human = " ".join(certgate(*files.answered).out.split())
    assert f"<validate-client-certificate /> answers 401, {reason} {message}" in human
    assert ("(words not confirmed)" in human) is not confirmed


@pytest.mark.parametrize("files", ["trust/int-by-aia-wrong"], indirect=True)
def test_a_missing_issuer(certgate: Certgate, files: Files) -> None:
    """What is missing, where the certificate says it is, and what to do; offline and with an answer of no use."""
    offline = certgate(*files.line)
    said = " ".join(offline.out.split())
    assert offline.code == 4
    assert "the issuer is missing: no certificate at hand fits" in said
    assert "the certificate names http://pki.certgate.test/trust/int-by-aia-wrong/int.cer as where to get it" in said
    assert "settle it --online --responses FILE --intermediate FILE try" in said
    assert "--online may get it; else certgate store add FILE" in said
    assert "evidence" not in said
    answered = certgate(*files.answered)
    assert answered.code == 1
    assert "--online" not in answered.out
    assert "is missing: certgate store add FILE, --intermediate FILE" in " ".join(answered.out.split())


@pytest.mark.parametrize("files", ["crl/404"], indirect=True)
def test_what_to_do_about_revocation(certgate: Certgate, files: Files) -> None:
    """Which certificate, which address, and what it would have to give."""
    said = " ".join(certgate(*files.answered).out.split())
    assert "http://pki.certgate.test/crl/404/int.crl has to give a list of its issuer that is in date" in said
    assert "--crl FILE" in said


@pytest.mark.parametrize("files", ["crl/good"], indirect=True)
def test_a_purpose_is_no_question_of_a_policy(certgate: Certgate, files: Files) -> None:
    """With a purpose or another scope the headline is not Verify(), which is told beside it."""
    ran = certgate(*files.answered, "--purpose", "1.3.6.1.5.5.7.3.1")
    assert ran.code == 1
    assert " ".join(ran.out.split()).startswith(
        "✗ X509Chain.Build() with purpose 1.3.6.1.5.5.7.3.1, revocation exclude-root is false: NotValidForUsage"
    )
    assert "Verify() is true" in ran.out
    assert "lets the client pass" in ran.out
    row = machine(certgate(*files.answered, "--revocation-scope", "entire-chain", "--format", "json"))
    assert row["question"] == "X509Chain.Build() with revocation entire-chain"
    assert row["verify"] == {"build": True, "status": []}


@pytest.mark.parametrize(
    ("purpose", "hint"),
    [
        ("clientAuth", "clientAuth is 1.3.6.1.5.5.7.3.2"),
        ("serverauth", "serverauth is 1.3.6.1.5.5.7.3.1"),
        ("1.3.", "such as"),
        ("3.1", "such as"),
        ("1.40", "such as"),
        ("1.3.06", "such as"),
        ("", "such as"),
        ("x\x1b[2J" * 50, "such as"),
    ],
)
def test_a_purpose_that_is_no_oid(certgate: Certgate, purpose: str, hint: str) -> None:
    """A usage error that says what would be right."""
    ran = certgate("verify", "sample-certs/partner-a.cer", "--purpose", purpose)
    assert (ran.code, ran.out) == (2, "")
    assert "--purpose" in ran.err
    assert hint in ran.err
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("files", ["crl/leaf-revoked"], indirect=True)
def test_without_revocation(certgate: Certgate, files: Files) -> None:
    """--no-revocation asks for nothing and says so; the policy element is shown with its switch off."""
    ran = certgate(*files.line, "--no-revocation")
    assert ran.code == 0
    assert ran.out.startswith("✓ VerifyNoRevocation() is true\n")
    assert '<validate-client-certificate validate-revocation="false" />' in " ".join(ran.out.split())
    row = machine(certgate(*files.line, "--no-revocation", "--format", "json"))
    assert (row["verify"], row["evidence"]) == (None, [])
    assert {each["revocation"] for each in row["elements"]} == {None}


@pytest.mark.parametrize("files", ["trust/cross-signed"], indirect=True)
def test_all_paths(certgate: Certgate, files: Files) -> None:
    """Every candidate path, which one .NET takes, and what follows from them."""
    ran = certgate(*files.answered, "--all-paths")
    assert "path 1 of " in ran.out
    assert "taken by .NET" in ran.out
    paths = machine(certgate(*files.answered, "--all-paths", "--format", "json"))["paths"]
    assert [each["taken"] for each in paths["paths"]].count(True) == 1
    assert "paths" not in machine(certgate(*files.answered, "--format", "json"))


def test_several_certificates(certgate: Certgate) -> None:
    """A block each in the order given, counts at the end, and the most serious exit code."""
    ran = certgate("verify", "sample-certs/partner-*.cer", "sample-certs/revoked.cer", "--trust", "sample-certs/trust")
    assert ran.code == 1
    assert ran.out.rstrip().endswith("2 valid · 1 not valid")
    assert ran.out.index("partner-a.cer") < ran.out.index("partner-b.cer") < ran.out.index("revoked.cer")


@pytest.mark.parametrize("files", ["crl/good", "crl/leaf-revoked"], indirect=True)
def test_lists_from_files(certgate: Certgate, files: Files) -> None:
    """The evidence names the file and the rules of each list; a note says that the gateway reads none."""
    answers = files.case["http"]
    for name in ("int", "root"):
        body = next(answer["body"] for url, answer in answers.items() if url.endswith(f"/{name}.crl"))
        (files.folder / f"{name}.crl").write_bytes(base64.b64decode(body))
    lists = [part for name in ("int", "root") for part in ("--crl", (files.folder / f"{name}.crl").as_posix())]
    ran = certgate(*files.line, *lists)
    said = " ".join(ran.out.split())
    assert ran.code == (0 if files.case["expect"]["online"]["build"] else 1)
    assert "RFC 5280" in said
    assert f"{lists[3]} holds until 2042-01-01 00:00 UTC and does not name it" in said
    assert "the gateway itself reads no list from a file" in said


@pytest.mark.parametrize("files", ["crl/good", "ocsp/good-crl-down", "ocsp/good"], indirect=True)
def test_what_settles_does_settle(certgate: Certgate, files: Files) -> None:
    """Each option that is offered, typed as it stands, decides the case."""
    for option in machine(certgate(*files.line, "--format", "json"))["settle"]:
        parts = option.split()
        if parts[0] in ("--responses", "--revocation"):
            parts = [part.replace("FILE", f"{files.folder.as_posix()}/http.json") for part in parts]
            assert certgate(*files.line, *parts).code == 0
        else:
            assert parts[0] in ("--online", "--crl")
            assert parts.count("--crl") in (0, 2)


@pytest.mark.parametrize("files", ["crl/good"], indirect=True)
@pytest.mark.parametrize("mode", ["assume-good", "assume-revoked", "assume-unknown"])
def test_assumptions_are_said_once(certgate: Certgate, files: Files, mode: str) -> None:
    """What is assumed stands in the table, and one note says why; the chain says what follows."""
    said = " ".join(certgate(*files.line, "--revocation", mode).out.split())
    assert said.count("what no list of the trust store says is assumed") == 1
    assert "assumed CN=Issuing crl/good" in said
    assert "has to give" not in said


@pytest.mark.parametrize("files", ["ocsp/int-revoked"], indirect=True)
def test_below_a_revoked_issuer(certgate: Certgate, files: Files) -> None:
    """The address of a certificate below is no help, and is not asked for."""
    said = " ".join(certgate(*files.answered).out.split())
    assert "is revoked: the client needs a certificate of another issuer" in said
    assert "has to give" not in said


@pytest.mark.parametrize("files", ["crl/good"], indirect=True)
def test_a_gateway_out_of_reach(certgate: Certgate, files: Files) -> None:
    """It is the gateway that reaches nothing: the addresses themselves may well answer."""
    said = " ".join(certgate(*files.line, "--revocation", "offline").out.split())
    assert said.count("let the gateway's network reach the addresses that the certificates name") == 1
    assert "has to give" not in said


def test_revocation_twice(certgate: Certgate) -> None:
    """--no-revocation beside another --revocation is a usage error; beside the same it is not."""
    line = ("verify", "sample-certs/partner-a.cer", "--trust", "sample-certs/trust", "--no-revocation")
    ran = certgate(*line, "--revocation", "assume-good")
    assert (ran.code, ran.out) == (2, "")
    assert "--no-revocation is --revocation none" in ran.err
    assert certgate(*line, "--revocation", "none").code == 0
