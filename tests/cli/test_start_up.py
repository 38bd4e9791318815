"""What a quick command loads, and what it does not: start-up pays for nothing that the command does not need."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from certgate.exit_code import Exit

ROOT = Path(__file__).parents[2]

RUN = """
import sys
from certgate.cli.app import run

code = run(sys.argv[1:])
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(code)
"""
TYPER = "import sys, typer; print(*sys.modules, file=sys.stderr)"

HEAVY = {
    "OpenSSL",
    "certgate.csharp",
    "certgate.gateway",
    "certgate.pki.files.pkcs12",
    "certgate.policy",
    "cryptography",
    "json",
    "requests",
    "rich",
    "zoneinfo",
}
CHAIN = {
    "certgate.pki.chains.chain",
    "certgate.pki.chains.facts",
    "certgate.pki.revocation.decide",
    "certgate.pki.signatures",
}
POLICY = ["--policy", "sample-policies/seed-thumbprint.xml", "--config", "sample-certs/certgate.toml"]
UNUSED = {
    "certgate.pki.files.texts",
    "certgate.pki.chains.name_constraints",
    "certgate.pki.files.pkcs12",
    "cryptography.hazmat.primitives.serialization",
    "dataclasses",
    "json",
    "requests",
    "rich",
    "zoneinfo",
    *(f"certgate.csharp.binder.{name}" for name in ("blocks", "lambdas", "queries", "statements")),
    *(f"certgate.csharp.compiler.{name}" for name in ("assignments", "iterators", "statements")),
    *(
        f"certgate.csharp.dotnet.{name}"
        for name in ("dates.calendar", "dates.date_parse", "dates.date_values", "json.newtonsoft")
    ),
    *(
        f"certgate.csharp.dotnet.{name}"
        for name in ("linq.enumerable", "regex.regex", "system.known_types", "text.collation", "text.string_")
    ),
    *(f"certgate.gateway.elements.{name}" for name in ("set_header", "set_variable", "validate_client_certificate")),
}
"""What a policy that compares a thumbprint does not need."""
ENGINE = {"certgate.api", "certgate.config", "certgate.pki", "certgate.report"} | HEAVY


def _loaded(code: str, *arguments: str) -> set[str]:
    """The modules that a fresh interpreter has loaded in the end."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in {Exit.OK, Exit.REJECTED, Exit.UNDECIDED}, done.stderr
    return set(done.stderr.split())


@pytest.fixture(scope="module")
def of_typer() -> set[str]:
    """What Typer itself loads, which differs from release to release."""
    return _loaded(TYPER)


def _among(loaded: set[str], homes: set[str]) -> set[str]:
    return {name for name in loaded for home in homes if name == home or name.startswith(f"{home}.")}


@pytest.mark.parametrize("name", ["partner-a.cer", "partner-a.pem"])
def test_a_thumbprint_loads_nothing_heavy(name: str, of_typer: set[str]) -> None:
    """A certificate in DER, or PEM with its issuer: no cryptography, no other format, no policy engine."""
    loaded = _loaded(RUN, "thumbprint", f"sample-certs/{name}")
    assert "certgate.pki.files.load" in loaded
    assert _among(loaded - of_typer, HEAVY) == set()


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["thumbprint", "--help"], ["validate", "--help"]])
def test_help_loads_no_engine(arguments: list[str], of_typer: set[str]) -> None:
    """Help is written by the command line alone."""
    loaded = _loaded(RUN, *arguments)
    assert "certgate.cli.app" in loaded
    assert _among(loaded - of_typer, ENGINE) == set()


def test_an_explanation_loads_no_engine() -> None:
    """A code is looked up in the texts and in the list of assumptions."""
    loaded = _loaded(RUN, "explain", "CS1061")
    assert "certgate.explanations" in loaded
    wanted = {"certgate.csharp", "certgate.pki.chains", "certgate.gateway.run", "certgate.gateway.elements", "rich"}
    assert _among(loaded, wanted) == set()


def test_help_loads_no_command() -> None:
    """The list of commands is known without any of them."""
    loaded = _among(_loaded(RUN, "--help"), {"certgate.cli"})
    assert loaded == {"certgate.cli", "certgate.cli.app"}


def test_a_policy_without_a_certificate_builds_no_chain(of_typer: set[str]) -> None:
    """What Verify() needs is loaded when it is called; no certificate, no cryptography."""
    loaded = _loaded(RUN, "validate", "--no-certificate", *POLICY)
    assert "certgate.csharp.compiler" in loaded
    assert _among(loaded - of_typer, UNUSED | CHAIN | {"OpenSSL", "cryptography"}) == set()


def test_a_policy_loads_what_it_names(of_typer: set[str]) -> None:
    """With a certificate that chains: no dates, JSON, patterns or lambdas, which the policy does not mention."""
    loaded = _loaded(RUN, "validate", "sample-certs/partner-a.cer", *POLICY)
    assert loaded >= CHAIN | {"OpenSSL"}
    assert _among(loaded - of_typer, UNUSED) == set()


def test_verify_loads_no_policy_engine(of_typer: set[str]) -> None:
    """A chain is a matter of certificates alone."""
    loaded = _loaded(RUN, "verify", "sample-certs/partner-a.cer", "--trust", "sample-certs/trust")
    assert loaded >= CHAIN | {"OpenSSL"}
    wanted = {
        "certgate.csharp",
        "certgate.policy.rawxml",
        "certgate.policy.parse",
        "json",
        "requests",
        "rich",
        "zoneinfo",
    }
    assert _among(loaded - of_typer, wanted) == set()


def test_offline_nothing_of_the_network_is_loaded(tmp_path: Path) -> None:
    """An address that may not be asked is not worth what knows how to ask it."""
    case = next(
        case
        for case in json.loads((ROOT / "tests" / "golden" / "chains.json").read_text(encoding="utf-8"))["cases"]
        if case["id"] == "crl/good"
    )
    given = {"leaf": case["leaf"], "root": case["roots"][0], "intermediate": case["intermediates"][0]}
    for name, encoded in given.items():
        (tmp_path / f"{name}.cer").write_bytes(base64.b64decode(encoded))
    files = {name: str(tmp_path / f"{name}.cer") for name in given}
    options = ["--root", files["root"], "--intermediate", files["intermediate"], "--at", case["at"]]
    loaded = _loaded(RUN, "verify", files["leaf"], *options)
    assert "certgate.net.fetcher" in loaded
    assert _among(loaded, {"certgate.net.client", "certgate.net.responses", "requests", "urllib3", "json"}) == set()


def test_an_expression_loads_what_it_names(of_typer: set[str]) -> None:
    """One about numbers and texts: no chain, no dates, JSON or lambdas, and no prompt."""
    loaded = _loaded(RUN, "eval", '(1 + 1) + "a"')
    assert "certgate.gateway.expression" in loaded
    assert (
        _among(loaded - of_typer, UNUSED - {"certgate.csharp.dotnet.text.string_"} | CHAIN | {"prompt_toolkit"})
        == set()
    )
