"""docs/situations.md against the program: each row of its tables is tried on the command line."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from certgate.cli.app import run
from certgate.gateway.fronting.proxies import PROXIES
from certgate.gateway.tiers import CLASSIC, OWN_AUTHORITIES, TIERS
from tests.gateway import authority

PAGE = (Path(__file__).parents[2] / "docs" / "situations.md").read_text(encoding="utf-8")
POLICY = """<choose><when condition="@(context.Request.Certificate == null)"><return-response>
  <set-status code="403" reason="null" /></return-response></when></choose>"""


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its two first lines."""
    section = PAGE.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def asked(folder: Path, options: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, object]]:
    (folder / "policy.xml").write_text(POLICY, encoding="utf-8")
    (folder / "client.cer").write_bytes(authority.client().der)
    (folder / "large.bin").write_bytes(b"x" * 40_000)
    code = run(["validate", "client.cer", "--policy", "policy.xml", "--format", "json", *shlex.split(options)])
    return code, json.loads(capsys.readouterr().out)["cases"][0]


@pytest.mark.parametrize(("options", "certificate", "assumption"), rows("Does the certificate arrive?"))
def test_arrivals(
    options: str,
    certificate: str,
    assumption: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The certificate is there, null or not known, and the assumption is the one that the page names."""
    monkeypatch.chdir(tmp_path)
    code, case = asked(tmp_path, options.strip("`"), capsys)
    assert code == {"there": 0, "null": 1, "not known": 4}[certificate]
    listed = case["assumptions"]
    assert isinstance(listed, list)
    found = {each["id"] for each in listed} - {"base-around"}
    assert found == ({assumption.strip("`")} if assumption else set())
    assert (case["decision"], case["status"]) == {
        "there": ("accepted", 200),
        "null": ("rejected", 403),
        "not known": ("undecided", None),
    }[certificate]
    if certificate == "null":
        hints = case["hints"]
        assert isinstance(hints, list)
        assert any("no certificate on the connection" in hint for hint in hints)


def test_trust_by_tier() -> None:
    """Every tier stands in the table, on the side where it belongs."""
    named = {tier: row[1] for row in rows("Whom the gateway trusts") for tier in re.findall(r"`([\w-]+)`", row[0])}
    assert set(named) == set(TIERS)
    for tier, said in named.items():
        assert said.startswith("are ignored") is (tier not in OWN_AUTHORITIES)
        assert ("at most 10" in said) is (tier in CLASSIC)


def test_proxies() -> None:
    """The table of proxies is the program's own."""
    table = [
        [
            f"`{each.name}`",
            ", ".join(f"`{name}`" for name in each.names[1:]),
            f"`{each.header}`" if each.header else "to be named" if each.value else "none",
            each.holds,
        ]
        for each in PROXIES
    ]
    assert rows("Proxies in front: `--behind NAME[:HEADER]`") == table


def test_verify_by_tier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`verify --tier` trusts whom a gateway of that tier trusts, and says why not."""
    monkeypatch.chdir(tmp_path)
    for name, certificate in (("client", authority.client()), ("ca", authority.issuing()), ("root", authority.root())):
        (tmp_path / f"{name}.cer").write_bytes(certificate.der)
    files = ["client.cer", "--root", "root.cer", "--intermediate", "ca.cer", "--no-revocation", "--at", "2026-06-01"]
    assert run(["verify", *files]) == 0
    assert run(["verify", *files, "--tier", "premiumv2"]) == 1
    assert "premiumv2 ignores the 2 CA certificates" in " ".join(capsys.readouterr().out.split())
    (tmp_path / "certgate.toml").write_text('[gateway]\ntier = "self-hosted"\n', encoding="utf-8")
    assert run(["verify", *files]) == 0
    assert run(["verify", *files, "--untrusted", authority.root().thumbprint]) == 1


def test_a_rotation_in_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`previous` and `rotated` make a pair of versions; one without the other is a mistake."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.cer").write_bytes(authority.client("Old").der)
    (tmp_path / "new.cer").write_bytes(authority.client("New").der)
    (tmp_path / "certgate.toml").write_text(
        '[certificates]\na = { file = "new.cer", previous = "old.cer", rotated = 2026-03-01T10:00:00Z }\n',
        encoding="utf-8",
    )
    text = 'context.Deployment.Certificates["a"].GetNameInfo(X509NameType.SimpleName, false)'
    text = text.replace("X509NameType", "System.Security.Cryptography.X509Certificates.X509NameType")
    for at, code, words in (
        ("2026-03-01T09:59Z", 0, "Old"),
        ("2026-03-01T12:00Z", 4, "four hours"),
        ("2026-03-01T14:00Z", 0, "New"),
    ):
        assert run(["eval", text, "--at", at]) == code
        captured = capsys.readouterr()
        assert words in captured.out + captured.err
    for broken in ('previous = "old.cer"', 'rotated = "2026-03-01"', 'previous = "old.cer", rotated = "soon"'):
        (tmp_path / "certgate.toml").write_text(
            f'[certificates]\na = {{ file = "new.cer", {broken} }}\n', encoding="utf-8"
        )
        assert run(["eval", "1", "--at", "2026-03-01"]) == 2
        assert "rotated" in capsys.readouterr().err
