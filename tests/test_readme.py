"""The README and docs/ against the program: every command runs, and every table is right."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from certgate.cli.app import COMMANDS
from certgate.exit_code import Exit
from tests.conftest import Certgate

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXPECTED = {
    "validate sample-certs/expired.cer": Exit.REJECTED,
    "validate sample-certs/partner-a.pfx": Exit.OK,
    "validate sample-certs/revoked.cer": Exit.REJECTED,
    "validate sample-certs/*.cer": Exit.REJECTED,
    "validate --no-certificate --policy sample-policies/validate-client-certificate.xml": Exit.OK,
    "validate --no-certificate --policy sample-policies/application-gateway.xml": Exit.OK,
    "validate sample-certs/partner-a.cer --policy sample-policies/application-gateway.xml": Exit.OK,
    "validate sample-certs/partner-a.cer --policy sample-policies/thumbprint.xml": Exit.REJECTED,
    "validate sample-certs/partner-a.cer --policy sample-policies/rate-limit.xml": Exit.REJECTED,
    "check sample-policies": Exit.INPUT,
    "explain": Exit.OK,
    "list elements": Exit.OK,
    "thumbprint sample-certs/partner-a.cer --check": Exit.REJECTED,
    "thumbprint sample-certs/partner-a.cer": Exit.OK,
    "inspect sample-certs/partner-a.pfx": Exit.OK,
    "verify sample-certs/partner-a.cer": Exit.OK,
    "verify sample-certs/other-ca.cer": Exit.REJECTED,
    "store list": Exit.OK,
    "eval '@(context.Request.Certificate?.Issuer": Exit.OK,
    "eval 'context.Request.Certificate.NotAfter": Exit.OK,
    "list members": Exit.OK,
    "validate sample-certs/partner-a.cer --policy sample-policies/not-savable.xml": Exit.INPUT,
}
"""How each command of the README ends, by the way it begins."""


def _commands() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def _arguments(command: str) -> list[str]:
    """The words of a command line as a shell makes them; ``$(cat FILE)`` is the only substitution that occurs."""
    filled = re.sub(r"\$\(cat ([^)]+)\)", lambda found: (ROOT / found[1]).read_text(encoding="utf-8"), command)
    words = shlex.split(filled)
    assert words[0] == "certgate"
    return words[1:]


@pytest.mark.parametrize("command", _commands())
def test_every_command_of_the_readme_runs(certgate: Certgate, command: str) -> None:
    """Each ends as it should, says something, and never with a traceback."""
    ran = certgate(*_arguments(command))
    beginnings = [text for text in EXPECTED if command.startswith(f"certgate {text}")]
    assert beginnings, "say in EXPECTED how this command ends"
    assert ran.code == EXPECTED[max(beginnings, key=len)]
    assert (ran.out or ran.err).strip()
    assert "Traceback" not in ran.out + ran.err


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The example of the README does what it says, as a program of its own."""
    code = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0]
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "accepted 200 OK")


def test_the_python_session_of_the_usage_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every ``>>>`` line of docs/usage.md gives what stands below it."""
    monkeypatch.chdir(ROOT)
    usage = (ROOT / "docs" / "usage.md").read_text(encoding="utf-8")
    session = "\n".join(re.findall(r"```pycon\n(.*?)```", usage, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(session, {}, "usage.md", "usage.md", 0)
    assert test.examples
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    assert said == []


def test_the_exit_codes_are_all_there() -> None:
    """The table of the README names every code that exists and no other; 6 comes with lint."""
    table = README[README.index("## Exit codes") :]
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    assert codes == set(map(int, Exit)) - {Exit.FINDINGS}


def test_the_commands_are_all_there() -> None:
    """Every command has a line in the README's table."""
    named = set(re.findall(r"^\| `certgate ([\w-]+)", README, re.MULTILINE))
    assert named == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "sample-policies").glob("*.xml")))
def test_every_sample_policy_gives_an_answer(certgate: Certgate, name: str) -> None:
    """With the sample settings a sample policy is decided for everyone, or refused as its name says."""
    ran = certgate(
        *("validate", "sample-certs/*.cer", "--no-certificate", "--policy", f"sample-policies/{name}"),
        *("--config", "sample-certs/certgate.toml"),
    )
    assert ran.code == (Exit.INPUT if name == "not-savable.xml" else Exit.REJECTED)
    assert "undecided" not in ran.out


def test_docs_are_as_the_program_makes_them() -> None:
    """``make docs`` would change nothing."""
    ran = subprocess.run(
        [sys.executable, "tools/make_docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_samples_are_as_they_are_made(tmp_path: Path) -> None:
    """``make samples`` makes the same certificates and lists again; PFX files have fresh salts and are left out."""
    subprocess.run([sys.executable, "tools/make_samples.py", str(tmp_path)], cwd=ROOT, capture_output=True, check=True)
    for path in tmp_path.rglob("*"):
        if path.suffix in {".cer", ".crl", ".pem", ".p7b", ".toml", ".txt"}:
            assert path.read_bytes() == (ROOT / "sample-certs" / path.relative_to(tmp_path)).read_bytes(), path.name
