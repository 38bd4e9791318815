"""Machine output is what the JSON Schemas in the package say, and the schemas say what the contract says.

`documents` holds one document a schema with exactly the members of the contract; real command lines give the others.
"""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import Certgate, Ran

SCHEMAS = {
    path.name.removesuffix(".json"): json.loads(path.read_text(encoding="utf-8"))
    for path in (resources.files("certgate") / "schemas").iterdir()
}
DOCUMENTS = {path.stem: json.loads(path.read_bytes()) for path in (Path(__file__).parent / "documents").glob("*.json")}
CERTS, POLICIES = "sample-certs", "sample-policies"
LEAVES = [
    f"{CERTS}/{name}.cer" for name in ("partner-a", "partner-b", "expired", "not-yet-valid", "revoked", "other-ca")
]
CONFIG = ["--config", f"{CERTS}/certgate.toml"]
TRUST = ["--trust", f"{CERTS}/trust"]
ROOT = f"{CERTS}/trust/roots/contoso-root-ca.cer"
ISSUING = f"{CERTS}/trust/intermediates/contoso-issuing-ca.cer"


def faults(document: Any, kind: str | None = None) -> list[str]:
    """What its schema has against a document; the schema is the one that it names itself."""
    name = document["schema"].split("/")[1]
    assert kind in (None, name)
    return [
        f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMAS[name]).iter_errors(document)
    ]


def members(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every member that the contract names: those of headers are free."""
    match node:
        case dict():
            for name, value in node.items():
                yield (*path, name)
                if name != "headers":
                    yield from members(value, (*path, name))
        case list():
            for at, value in enumerate(node):
                yield from members(value, (*path, at))


def changed(document: Any, path: tuple[str | int, ...], change: Callable[[Any, str | int], None]) -> Any:
    """A copy of the document with one member changed."""
    whole = copy.deepcopy(document)
    node = whole
    for step in path[:-1]:
        node = node[step]
    change(node, path[-1])
    return whole


def remove(node: Any, name: str | int) -> None:
    del node[name]


def spoil(node: Any, name: str | int) -> None:
    node[name] = {"no": "such", "value": ["here"]}


def add(node: Any, name: str | int) -> None:
    node["a member of a later release"] = node[name]


def test_every_document_has_a_schema() -> None:
    """One document and one schema a kind of output."""
    assert set(DOCUMENTS) == set(SCHEMAS)


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_schemas_are_schemas(kind: str) -> None:
    """Each is valid itself and is named after what it describes."""
    schema = SCHEMAS[kind]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["$id"] == schema["properties"]["schema"]["const"] == f"certgate/{kind}/1"
    assert schema["title"]
    assert schema["description"]


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_the_contract_is_enough(kind: str) -> None:
    """A document with the members of the contract and no others is valid; members may be added anywhere."""
    document = DOCUMENTS[kind]
    assert faults(document, kind) == []
    top = [path for path in members(document) if len(path) == 1]
    assert [path for path in top if faults(changed(document, path, add), kind)] == []


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
@pytest.mark.parametrize("change", [remove, spoil])
def test_every_member_of_the_contract_is_needed(kind: str, change: Callable[[Any, str | int], None]) -> None:
    """A document that lacks one of them, at any depth, or holds something else in its place, is refused."""
    document = DOCUMENTS[kind]
    paths = [path for path in members(document) if path != ("schema",)]
    assert [path for path in paths if not faults(changed(document, path, change), kind)] == []


def test_undecided_has_no_status() -> None:
    """A status beside *undecided* is refused, and so is *accepted* without one."""
    document = DOCUMENTS["validate"]
    for decision, status, right in [("undecided", None, True), ("undecided", 200, False), ("accepted", None, False)]:
        case = document["cases"][0] | {"decision": decision, "status": status, "reason": None}
        assert (faults(document | {"cases": [case]}) == []) is right


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ("thumbprint", ["thumbprint", *LEAVES]),
        ("thumbprint", ["thumbprint", f"{CERTS}/partner-a.pem", "--all", "--algorithm", "SHA-256"]),
        ("thumbprint", ["thumbprint", f"{CERTS}/partner-a.cer", "--check", "\u200eb2 9b:xyz"]),
        ("inspect", ["inspect", *LEAVES, f"{CERTS}/self-signed.cer", f"{CERTS}/partner-a.pem", ROOT, ISSUING]),
        ("inspect", ["inspect", f"{CERTS}/partner-a.pfx", "--password", "certgate"]),
        ("verify", ["verify", *LEAVES, f"{CERTS}/self-signed.cer", "--at", "2026-06-01"]),
        ("verify", ["verify", *LEAVES, *TRUST, "--at", "2026-06-01"]),
        ("verify", ["verify", *LEAVES, "--root", ROOT, "--intermediate", ISSUING, "--at", "2026-06-01"]),
        ("verify", ["verify", *LEAVES, *TRUST, "--revocation", "assume-revoked", "--at", "2050-01-01"]),
        ("check", ["check", POLICIES, "--scope", "api", "--tier", "consumption"]),
        ("store-list", ["store", "list", *TRUST]),
        ("store-check", ["store", "check", *TRUST, "--at", "2026-06-01"]),
        ("store-check", ["store", "check", *TRUST, "--at", "2060-01-01"]),
    ],
)
def test_output_is_valid(certgate: Certgate, kind: str, arguments: list[str]) -> None:
    """What commands answer in JSON, of good and bad certificates alike."""
    ran = certgate(*arguments, "--format", "json")
    assert ran.code in ((3,) if kind == "check" else (0, 1, 4))
    assert faults(ran.json, kind) == []


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (2, ["thumbprint"]),
        (2, ["thumbprnt"]),
        (2, ["thumbprint", "a.cer", "--nope"]),
        (2, ["verify", "a.cer", "--revocation", "perhaps"]),
        (3, ["thumbprint", "no-such.cer", f"{POLICIES}/thumbprint.xml"]),
        (3, ["inspect", f"{CERTS}/partner-a.pfx", "--password", "wrong"]),
        (3, ["validate", LEAVES[0], "--policy", f"{POLICIES}/not-savable.xml"]),
        (3, ["store", "list", "--trust", "no-such-folder"]),
    ],
)
def test_errors_are_valid(certgate: Certgate, code: int, arguments: list[str]) -> None:
    """What goes wrong has one shape, whatever the command."""
    ran = certgate(*arguments, "--format", "json")
    assert (ran.code, faults(ran.json, "errors")) == (code, [])


def test_changes_of_a_store_are_valid(certgate: Certgate, tmp_path: Path) -> None:
    """What was added, what was there already, what was removed; a revocation list among it."""
    trust = ["--trust", (tmp_path / "trust").as_posix()]
    crl = f"{CERTS}/trust/crls/contoso-root-ca.crl"
    for _ in range(2):
        assert (
            faults(_json(certgate("store", "add", ROOT, ISSUING, crl, *trust, "--format", "json")), "store-add") == []
        )
    assert faults(_json(certgate("store", "remove", "9311D0B3", *trust, "--format", "json")), "store-remove") == []


def _json(ran: Ran) -> Any:
    assert (ran.code, ran.err) == (0, "")
    return ran.json


@pytest.mark.parametrize(
    "policy", ["thumbprint", "seed-issuer-subject", "subject-allow-list", "validate-client-certificate"]
)
def test_answers_are_valid(certgate: Certgate, policy: str) -> None:
    """What the gateway answers clients of all kinds, and one without a certificate."""
    line = ["validate", *LEAVES, "--no-certificate", "--policy", f"{POLICIES}/{policy}.xml", *CONFIG]
    ran = certgate(*line, "--at", "2026-06-01", "--trace", "--format", "json")
    assert ran.code in (0, 1)
    assert faults(ran.json, "validate") == []
    assert {"accepted", "rejected"} >= {case["decision"] for case in ran.json["cases"]}


@pytest.mark.parametrize("expected", ["200", "403"])
def test_answers_with_an_expectation_are_valid(certgate: Certgate, expected: str) -> None:
    """As expected or not."""
    line = ["validate", LEAVES[0], "--policy", f"{POLICIES}/validate-client-certificate.xml", *CONFIG]
    ran = certgate(*line, "--at", "2026-06-01", "--expect", expected, "--format", "json")
    assert ran.code in (0, 5)
    assert faults(ran.json, "validate") == []
    assert ran.json["cases"][0]["expected"]["status"] == int(expected)


def test_open_answers_are_valid(certgate: Certgate, tmp_path: Path) -> None:
    """Without revocation evidence the answer is not known: no status, and what would settle it."""
    trust = tmp_path / "trust"
    shutil.copytree(Path(CERTS) / "trust", trust)
    shutil.rmtree(trust / "crls")
    policy = tmp_path / "policy.xml"
    policy.write_text(
        "<policies><inbound><base />"
        '<validate-client-certificate validate-revocation="true" validate-trust="true" ignore-error="false" />'
        "</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>",
        encoding="utf-8",
    )
    line = ["validate", LEAVES[0], "--policy", policy, "--trust", trust, "--at", "2026-06-01", "--format", "json"]
    ran = certgate(*line)
    assert (ran.code, faults(ran.json, "validate")) == (4, [])
    assert ran.json["cases"][0]["open"]["wanted"]
