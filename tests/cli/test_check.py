"""``certgate check``: what would not be saved, file by file, for people and as JSON."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import certgate as package
from certgate import api
from certgate.core.source import Source
from tests.conftest import Certgate, Ran

CHECKS = tomllib.loads(Path(__file__).with_name("checks.toml").read_text(encoding="utf-8"))["check"]
QUOTA = '<policies><inbound><quota calls="1" renewal-period="60" /></inbound></policies>'

Check = Callable[..., Ran]


@pytest.fixture
def check(certgate: Certgate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Runs ``certgate check`` in a folder of its own, with files of these texts in it."""

    def call(*arguments: str, files: Mapping[str, str] | None = None) -> Ran:
        for name, text in (files or {}).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        return certgate("check", *arguments)

    return call


def listed(findings: list[dict[str, Any]]) -> list[str]:
    return [f"{each['code']} {each['line']}:{each['column']}" for each in findings]


@pytest.mark.parametrize("row", CHECKS, ids=lambda row: row["id"])
def test_what_is_said_of_a_file(check: Check, row: dict[str, Any]) -> None:
    """Problems and notes with their places, the gateway's words, and the exit code that follows."""
    text = row.get("text") or f"<policies><inbound>\n{row['inbound']}\n</inbound></policies>"
    arguments = row.get("arguments", [])
    ran = check("p.xml", "--format", "json", *arguments, files={**row.get("files", {}), "p.xml": text})
    found = ran.json["files"][0]
    assert (listed(found["problems"]), listed(found["notes"])) == (row.get("problems", []), row.get("notes", []))
    assert found["kind"] == (row.get("kind", "policy") or None)
    assert ran.code == (3 if "problems" in row else 0)
    assert any(row.get("words", "") in (each["gateway"] or "") for each in found["problems"]) or "words" not in row
    assert row.get("shown", "") in json.dumps(ran.json)


def test_too_large_a_document(check: Check) -> None:
    """512 KiB everywhere, 16 KiB on Consumption, but fragments are as large there as elsewhere."""
    sizes = {
        "a.xml": f"<policies>{' ' * 512 * 1024}</policies>",
        "b.xml": f"<policies>{' ' * 16 * 1024}</policies>",
        "c.xml": f"<fragment>{' ' * 16 * 1024}</fragment>",
    }
    ran = check(".", "--format", "json", "--tier", "consumption", files=sizes)
    assert [listed(each["problems"]) for each in ran.json["files"]] == [
        ["document-too-large 1:1"],
        ["document-too-large 1:1"],
        [],
    ]
    assert [each["problems"] for each in check("b.xml", "--format", "json").json["files"]] == [[]]


def test_a_folder_is_looked_through(check: Check) -> None:
    """Every file that may be a policy, and no hidden folder; a file that holds none is no problem."""
    files = {
        "apis/a/policy.xml": "<policies />",
        "apis/a/other.xml": "<note />",
        "apis/a/readme.md": "<policies>",
        "apis/.git/policy.xml": "<policies",
        "apis/b/main.tf": 'resource "azurerm_resource_group" "a" {}\n',
    }
    ran = check("apis", "--format", "json", files=files)
    names = {each["file"].replace("\\", "/"): each["kind"] for each in ran.json["files"]}
    assert names == {"apis/a/other.xml": None, "apis/a/policy.xml": "policy", "apis/b/main.tf": None}
    assert ran.code == 0


def test_artifacts_say_their_scopes(check: Check) -> None:
    """What APIOps extracts stands in folders of fixed names; --scope overrules them."""
    files = {
        "artifacts/apis/orders/apiInformation.json": "{}",
        "artifacts/apis/orders/policy.xml": QUOTA,
        "artifacts/products/gold/productInformation.json": "{}",
        "artifacts/products/gold/policy.xml": QUOTA,
    }
    ran = check("artifacts", "--format", "json", files=files)
    found = {each["file"]: each["problems"] for each in ran.json["files"]}
    wrong = [name.replace("\\", "/") for name, problems in found.items() if problems]
    assert wrong == ["artifacts/apis/orders/policy.xml"]
    assert check("artifacts", "--scope", "product").code == 0


def test_a_folder_without_any_such_file(check: Check) -> None:
    """Most likely the wrong folder was typed."""
    ran = check("empty", files={"empty/readme.md": ""})
    assert (ran.code, "no file below it may hold a policy" in ran.err) == (3, True)


def test_all_files_are_checked_whatever_is_wrong_with_one(check: Check) -> None:
    """A file that is not there or is no text is told beside the others' problems."""
    (files := {"b.xml": "<policies><inbund /></policies>"}).update({"a.xml": "<policies />"})
    ran = check("a.xml", "no-such.xml", "b.xml", "--format", "json", files=files)
    assert [(each["file"], listed(each["problems"])) for each in ran.json["files"]] == [
        ("a.xml", []),
        ("no-such.xml", ["file-missing None:None"]),
        ("b.xml", ["section-unknown 1:11"]),
    ]
    assert ran.code == 3


def test_standard_input(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash is one of the files."""
    import io

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<policies><inbund /></policies>")))
    ran = check("-", "--format", "json")
    assert (ran.json["files"][0]["file"], listed(ran.json["files"][0]["problems"])) == ("-", ["section-unknown 1:11"])


def test_a_policy_in_a_template_has_its_place_in_the_template(check: Check) -> None:
    """Line and column are the template's own; what the template leaves open is noted."""
    text = """var end = '</inbound></policies>'
resource policy 'Microsoft.ApiManagement/service/apis/policies@2022-08-01' = {
  name: 'policy'
  properties: {
    format: 'rawxml'
    value: '<policies><inbound><set-status code="${code}" reson="x" /><quota calls="1" renewal-period="2" />${end}'
  }
}
"""
    found = check("main.bicep", "--format", "json", files={"main.bicep": text}).json["files"][0]
    assert found["kind"] == "template"
    assert listed(found["problems"]) == ["attribute-undeclared 6:59", "scope-wrong 6:71"]
    assert listed(found["notes"]) == ["template-hole 6:50"]


def test_a_fragment_is_checked_too(check: Check) -> None:
    """What `--fragment` names is a file like the others, and is read once."""
    files = {
        "p.xml": '<policies><inbound><include-fragment fragment-id="a" /></inbound></policies>',
        "f.xml": "<fragment><base /></fragment>",
    }
    ran = check("p.xml", "--fragment", "a=f.xml", "--format", "json", files=files)
    assert [(each["file"], listed(each["problems"])) for each in ran.json["files"]] == [
        ("p.xml", []),
        ("f.xml", ["fragment-base 1:11"]),
    ]


def test_a_configuration_is_the_whole_world(check: Check) -> None:
    """With it, what it does not name is not there."""
    files = {
        "certgate.toml": '[gateway]\ntier = "consumption"\n[named-values]\na = "1"\n',
        "p.xml": '<fragment><set-status code="{{a}}" reason="{{b}}"/>\n<llm-content-safety backend-id=""/></fragment>',
    }
    ran = check("p.xml", "--config", "certgate.toml", "--format", "json", files=files)
    assert listed(ran.json["files"][0]["problems"]) == ["named-value-unknown 1:44", "gateway-wrong 2:1"]


HUMAN = """\
p.xml has 1 problem; the gateway would refuse to save it

p.xml:2:24  attribute-undeclared
    the 'reson' attribute is not declared on set-status
    2 │ <set-status code="403" reson="{{why}}" />
      │                        ^^^^^ did you mean reason?
    gateway  Error in element 'set-status' on line 2, column 2: The 'reson'
             attribute is not declared.

notes
  p.xml:2:31  named-value-unknown  there is no named value 'why'

what a code means: certgate explain attribute-undeclared

1 problem in 1 file: 1 policy, 1 fragment · 1 note · 1 file without a policy
"""


def test_the_page_for_people(check: Check) -> None:
    """Problems first, then notes, then counts; reports in other formats go to files."""
    files = {
        "p.xml": '<policies><inbound>\n<set-status code="403" reson="{{why}}" />\n</inbound></policies>',
        "f.xml": "<fragment />",
        "x.xml": "<note />",
    }
    ran = check("p.xml", "f.xml", "x.xml", "--output", "json=out/report.json", files=files)
    assert (ran.code, ran.out, ran.err) == (3, HUMAN, "")
    report = json.loads(Path("out/report.json").read_text(encoding="utf-8"))
    assert [each["kind"] for each in report["files"]] == ["policy", "fragment", None]


@pytest.mark.parametrize("width", [40, 60])
def test_a_place_is_never_broken(check: Check, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """However narrow the page, so that it can be copied; what is said of it wraps below."""
    monkeypatch.setenv("COLUMNS", str(width))
    name = "policies-of-a-service/orders/policy.xml"
    out = check(name, files={name: '<policies><inbound>\n<set-status cod="{{why}}" /></inbound></policies>'}).out
    assert f"\n{name}:2:13  attribute-undeclared\n" in out
    assert f"\n  {name}:2:18  named-value-unknown\n" in out
    assert [line for line in out.splitlines() if len(line) > width and name not in line] == []


def test_many_notes_of_a_kind_are_one_line(check: Check) -> None:
    """The first, and how many more there are."""
    values = "".join(f'<set-variable name="{name}" value="{{{{{name}}}}}" />\n' for name in "abcde")
    out = check("p.xml", files={"p.xml": f"<policies><inbound>\n{values}</inbound></policies>"}).out
    assert "there is no named value 'a', and 4 more" in " ".join(out.split())
    assert out.endswith("all would be saved: 1 policy · 5 notes\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["p.xml", "--scope", "apis"],
        ["p.xml", "--tier", "gold"],
        ["p.xml", "--format", "xml"],
        [],
        ["p.xml", "--scope", "api=p.xml"],
    ],
)
def test_usage(check: Check, arguments: list[str]) -> None:
    """Options that are wrong are told before any file is read."""
    ran = check(*arguments)
    assert (ran.code, ran.out) == (2, "")


def test_secrets_stay_secret(check: Check) -> None:
    """A secret named value that is wrong where it stands is not shown."""
    files = {
        "certgate.toml": '[named-values]\nkey = { value = "s3cr3t-w0rd", secret = true }\n',
        "p.xml": '<policies><inbound><set-status code="{{key}}" {{key}}="a" /></inbound></policies>',
    }
    for form in ("human", "json"):
        ran = check("p.xml", "--config", "certgate.toml", "--format", form, files=files)
        assert ran.code == 3
        assert "s3cr3t" not in ran.out + ran.err


def test_in_python() -> None:
    """The same as values: nothing is raised for what is in a file."""
    text = b'<policies><inbound><quota calls="1" renewal-period="60" /></inbound></policies>'
    (found,) = api.check([Source("p.xml", text)], scope="api", tier="premiumv2")
    assert [each.code for each in found.problems] == ["scope-wrong"]
    with pytest.raises(package.UsageError, match="scope"):
        api.check([], scope="apis")
    with pytest.raises(package.UsageError, match="tier"):
        api.check([], tier="gold")
