"""``certgate effective``: what is in force, where each element comes from, and what a folder was taken for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_schemas import faults
from tests.conftest import Certgate

FOLDER = "tests/layouts/apiops"
HERE = Path(__file__).parents[1] / "layouts"


def policy(inbound: str, rest: str = "") -> str:
    return f"<policies><inbound>{inbound}</inbound>{rest}</policies>"


def origins(elements: list[dict[str, Any]]) -> list[tuple[str, str, str | None, int]]:
    return [(each["element"], each["scope"], each["fragment"], each["line"]) for each in elements]


def test_every_element_has_its_origin(certgate: Certgate) -> None:
    """Scope, file, line and fragment, in the order in which they run."""
    ran = certgate("effective", FOLDER, "--api", "orders", "--product", "partners", "--format", "json")
    assert (ran.code, ran.err, faults(ran.json, "effective")) == (0, "", [])
    inbound = ran.json["sections"][0]
    assert origins(inbound["elements"]) == [
        ("check-header", "global", None, 3),
        ("rate-limit", "product", None, 4),
        ("include-fragment", "api", None, 4),
        ("set-header", "api", None, 5),
    ]
    assert origins(inbound["elements"][2]["elements"]) == [("choose", "api", "gate", 2)]
    assert inbound["elements"][2]["elements"][0]["file"] == f"{FOLDER}/policy fragments/gate/policy.xml"
    assert [(each["scope"], each["file"]) for each in ran.json["documents"]] == [
        ("global", f"{FOLDER}/policy.xml"),
        ("product", f"{FOLDER}/products/partners/policy.xml"),
        ("api", f"{FOLDER}/apis/orders/policy.xml"),
    ]


def test_what_does_not_run_is_said(certgate: Certgate) -> None:
    """An operation without ``<base />`` leaves the checks of its parents out."""
    line = ("effective", FOLDER, "--api", "orders", "--operation", "get-order")
    ran = certgate(*line)
    assert ran.code == 0
    said = " ".join(ran.out.split())
    assert "global and api inbound does not run here:" in said
    assert "operations/get-order/policy.xml inbound has no <base />" in said
    assert "no product: the API is in partners (give --product)" in said
    dropped = certgate(*line, "--format", "json").json["sections"][0]["dropped"]
    assert [(each["scopes"], each["by"]) for each in dropped] == [(["global", "api"], "operation")]


def test_the_page(certgate: Certgate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Section by section, file by file, at 80 columns and at 40."""
    line = ("effective", FOLDER, "--api", "orders")
    assert certgate(*line).out.splitlines()[6:17] == [
        "  global · tests/layouts/apiops/policy.xml",
        '     3  <check-header name="X-Tenant" failed-check-http…t" ignore-case="true" />',
        "  api · tests/layouts/apiops/apis/orders/policy.xml",
        '     4  <include-fragment fragment-id="gate" />',
        "  api, fragment gate · tests/layouts/apiops/policy fragments/gate/policy.xml",
        "     2    <choose>",
        '     3      <when condition="@(context.Request.Certifica…umbprint != "0A1B2C")">',
        "     4        <return-response>",
        '     5          <set-status code="403" reason="Invalid client certificate" />',
        "  api · tests/layouts/apiops/apis/orders/policy.xml",
        '     5  <set-header name="X-Key" exists-action="override">',
    ]
    monkeypatch.setenv("COLUMNS", "40")
    narrow = certgate(*line).out
    assert max(map(len, narrow.splitlines())) <= 40
    assert "check-header" in narrow


def test_a_document_to_paste(certgate: Certgate, tmp_path: Path) -> None:
    """It can be saved, says where its parts come from, and means the same."""
    ran = certgate("effective", FOLDER, "--api", "orders", "--format", "xml")
    assert ran.code == 0
    assert "<!-- api: tests/layouts/apiops/policy fragments/gate/policy.xml:2 -->" in ran.out
    assert 'Thumbprint != "{{allowed-thumbprint}}")">' in ran.out
    assert "include-fragment" not in ran.out
    pasted = tmp_path / "pasted.xml"
    pasted.write_text(ran.out, encoding="utf-8")
    again = certgate("effective", "--scope", f"global={pasted}", "--format", "xml")
    assert [line for line in again.out.splitlines() if "<!--" not in line] == [
        line for line in ran.out.splitlines() if "<!--" not in line
    ]


def test_secrets_are_masked(certgate: Certgate, tmp_path: Path) -> None:
    """Neither a secret named value nor its text anywhere else is shown, in no format."""
    plain = tmp_path / "p.xml"
    plain.write_text(policy('<set-variable name="a" value="hunter2hunter2" />'), encoding="utf-8")
    for form in ("human", "json", "xml"):
        ran = certgate("effective", FOLDER, "--api", "orders", "--scope", f"global={plain}", "--format", form)
        assert ran.code == 0
        assert "hunter2" not in ran.out + ran.err
        assert "***" in ran.out


def test_what_a_folder_was_taken_for(certgate: Certgate) -> None:
    """Without a name to ask for, every file that took part, and what to ask next."""
    ran = certgate("effective", FOLDER)
    assert ran.code == 0
    assert ran.out.startswith(f"{FOLDER}: APIOps artifacts\n")
    assert "policy: API orders, operation get-order" in ran.out
    assert "named value: vault-key, secret, its value stands in a key vault" in " ".join(ran.out.split())
    found = certgate("effective", FOLDER, "--format", "json").json
    assert (faults(found, "effective"), found["sections"], len(found["recognised"])) == ([], [], 15)


@pytest.mark.parametrize("name", ["plain", "kit", "templates", "terraform", "arm"])
def test_every_layout_has_a_page(certgate: Certgate, name: str) -> None:
    """Each folder is recognised, and its notes have the shape of all notes."""
    ran = certgate("effective", f"tests/layouts/{name}", "--format", "json")
    assert (ran.code, faults(ran.json, "effective")) == (0, [])
    assert ran.json["recognised"]


def test_files_alone(certgate: Certgate, tmp_path: Path) -> None:
    """Scopes and fragments of options need no folder; an unknown named value stays as it is written."""
    (tmp_path / "g.xml").write_text(policy('<set-variable name="a" value="{{x}}" />'), encoding="utf-8")
    (tmp_path / "f.xml").write_text('<fragment><set-variable name="f" value="1" /></fragment>', encoding="utf-8")
    (tmp_path / "o.xml").write_text(policy('<base /><include-fragment fragment-id="f" />'), encoding="utf-8")
    line = ("effective", "--scope", f"global={tmp_path / 'g.xml'}", "--policy", f"{tmp_path / 'o.xml'}")
    ran = certgate(*line, "--fragment", f"f={tmp_path / 'f.xml'}", "--format", "json")
    assert (ran.code, faults(ran.json, "effective"), ran.json["folder"]) == (0, [], None)
    assert ran.json["sections"][0]["elements"][0]["start"] == '<set-variable name="a" value="{{x}}" />'
    assert [note["code"] for note in ran.json["notes"]] == ["named-value-unknown"]
    filled = certgate(*line, "--fragment", f"f={tmp_path / 'f.xml'}", "--named-value", "x=7", "--format", "json")
    assert filled.json["sections"][0]["elements"][0]["start"] == '<set-variable name="a" value="7" />'
    missing = certgate(*line)
    assert (missing.code, "there is no fragment 'f'" in missing.err) == (3, True)


def test_options_win_over_files(certgate: Certgate, tmp_path: Path) -> None:
    """A scope that is given takes the place of the folder's."""
    own = tmp_path / "own.xml"
    own.write_text(policy('<base /><set-variable name="own" value="1" />'), encoding="utf-8")
    ran = certgate("effective", FOLDER, "--api", "orders", "--policy", own, "--format", "json")
    assert origins(ran.json["sections"][0]["elements"]) == [
        ("check-header", "global", None, 3),
        ("set-variable", "api", None, 1),
    ]


def test_output_files(certgate: Certgate, tmp_path: Path) -> None:
    """Each in its own format, beside what goes to stdout."""
    files = {name: tmp_path / f"report.{name}" for name in ("human", "json", "xml")}
    line = [part for name, file in files.items() for part in ("--output", f"{name}={file}")]
    assert certgate("effective", FOLDER, "--api", "orders", *line).code == 0
    assert files["human"].read_text(encoding="utf-8").startswith("in force for api orders\n")
    assert files["json"].read_text(encoding="utf-8").startswith('{\n  "schema": "certgate/effective/1"')
    assert files["xml"].read_text(encoding="utf-8").startswith("<policies>\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([FOLDER, "--api", "order"], 2, "did you mean orders?"),
        ([FOLDER, "--api", "orders", "--operation", "get-ordr"], 2, "did you mean get-order?"),
        ([FOLDER, "--operation", "x"], 2, "give --api"),
        ([FOLDER, "--format", "xml"], 2, "give --api"),
        ([FOLDER, "--format", "yaml"], 2, "--format"),
        (["nowhere"], 3, "no such folder"),
        (["tests/cli"], 2, "holds no policy"),
        (["tests/layouts/arm", "--api", "orders", "--operation", "get-order"], 3, "'nothing' is not a policy"),
    ],
)
def test_what_goes_wrong(certgate: Certgate, arguments: list[str], code: int, said: str) -> None:
    """Usage and input, each with what to do, never a traceback."""
    ran = certgate("effective", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_a_service_is_validated(certgate: Certgate) -> None:
    """``certgate validate --service`` takes scopes, fragments and named values from the folder."""
    line = ("validate", "--no-certificate", "--service", FOLDER, "--api", "orders", "--header", "X-Tenant: 1")
    ran = certgate(*line, "--format", "json")
    assert ran.code == 1
    assert ran.json["cases"][0]["decided_by"]["file"] == f"{FOLDER}/policy fragments/gate/policy.xml"


def test_a_service_needs_its_api(certgate: Certgate) -> None:
    """SECURITY: the policies of an API are not left out in silence, nor is it silent that a product has some."""
    ran = certgate("validate", "--no-certificate", "--service", FOLDER)
    assert (ran.code, ran.out) == (2, "")
    assert "which API? give --api A  [api-missing]\n  the files name orders, stock" in ran.err
    line = ("validate", "--no-certificate", "--service", FOLDER, "--api", "orders")
    assert "note      no product: the API is in partners (give --product)" in certgate(*line).out
    notes = certgate(*line, "--format", "json").json["notes"]
    assert [note["code"] for note in notes if note["code"] == "scope-open"] == ["scope-open"]
    assert "give --product" not in certgate(*line, "--product", "partners").out


def test_a_service_with_holes_is_not_validated(certgate: Certgate) -> None:
    """SECURITY: what a template leaves open may be the check that matters."""
    ran = certgate("validate", "--no-certificate", "--service", "tests/layouts/terraform", "--api", "orders-v1")
    assert ran.code == 3
    assert "main.tf:28:1" in ran.err
