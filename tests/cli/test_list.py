"""``certgate list``: types, members and elements, from the declarations."""

from __future__ import annotations

import re
from typing import Any

import pytest

from certgate.csharp import catalogue
from tests.cli.test_schemas import faults
from tests.conftest import Certgate

CERTIFICATE = "System.Security.Cryptography.X509Certificates.X509Certificate2"


def rows(document: Any) -> dict[str, Any]:
    """The members of the only type of a document by signature."""
    [sheet] = document["types"]
    return {row["signature"]: row for row in sheet["members"]}


@pytest.mark.parametrize(
    ("name", "full_names"),
    [
        ("X509Certificate2", [CERTIFICATE]),
        (CERTIFICATE, [CERTIFICATE]),
        ("x509certificate2", [CERTIFICATE]),
        ("string", ["System.String"]),
        ("String", ["System.String"]),
        ("List", ["System.Collections.Generic.List"]),
        ("List<T>", ["System.Collections.Generic.List"]),
        ("List<Dictionary<string, int>>", ["System.Collections.Generic.List"]),
        ("Dictionary<string, int>", ["System.Collections.Generic.Dictionary"]),
        ("Func<int, bool>", ["System.Func"]),
        ("IRequest", ["IRequest"]),
        ("int?", ["System.Int32"]),
    ],
)
def test_names_of_types(certgate: Certgate, name: str, full_names: list[str]) -> None:
    """Simple or full, as a keyword, with or without type arguments, in any case."""
    document = certgate("list", "members", name, "--format", "json").json
    assert faults(document, "list-members") == []
    assert [sheet["full_name"] for sheet in document["types"]] == full_names


def test_members(certgate: Certgate) -> None:
    """Signatures as C# writes them, with what the gateway allows and what certgate has; those of the base too."""
    found = rows(certgate("list", "members", "DateTime", "--format", "json").json)
    assert found["static DateTime UtcNow { get; }"]["allowed"]
    assert not found["DateTime ToUniversalTime()"]["allowed"]
    assert found["DateTime ToUniversalTime()"]["simulated"]
    found = rows(certgate("list", "members", "X509Certificate2", "--format", "json").json)
    assert found["string Thumbprint { get; }"]["simulated"]
    assert found["string Subject { get; }"]["declared_by"].endswith(".X509Certificate")
    assert any("VerifyNoRevocation" in signature for signature in found)
    assert any(row["kind"] == "known" and not row["simulated"] for row in found.values())


def test_the_page_of_members(certgate: Certgate) -> None:
    """Grouped by kind; what is refused says so at the left."""
    ran = certgate("list", "members", "DateTime", "univ")
    assert ran.code == 0
    assert "  refused       DateTime ToUniversalTime()\n" in ran.out
    assert "AddDays" not in ran.out
    assert "Monday = 1" in certgate("list", "members", "DayOfWeek").out


def test_types(certgate: Certgate) -> None:
    """With --all also those of which certgate has the name alone; a filter takes part of the name."""
    document = certgate("list", "types", "--format", "json").json
    assert faults(document, "list-types") == []
    have = {row["full_name"]: row for row in document["types"]}
    assert have[CERTIFICATE]["gateway"] == "all"
    assert have["System.DateTime"]["gateway"] == "some"
    assert have["System.Globalization.CultureInfo"]["gateway"] == "none"
    every = certgate("list", "types", "--all", "--format", "json").json
    assert faults(every, "list-types") == []
    assert len(every["types"]) > len(document["types"])
    ran = certgate("list", "types", "x509cert")
    assert "X509Certificate2" in ran.out
    assert "DateTime" not in ran.out


def test_no_internal_names() -> None:
    """Only names that an expression can write: none of the types that certgate has for itself."""
    names = {definition.name for definition in catalogue.load_all()}
    assert names >= {"List", "Func", "IRequest", "String"}
    assert not names & {"ListEnumerator", "DictionaryKeyCollection", "Void"}


def test_a_type_known_by_name(certgate: Certgate) -> None:
    """Says so, and whether the gateway allows it."""
    [known, *_] = [row for row in catalogue.known_only() if row.name == "AppDomain"]
    ran = certgate("list", "members", known.name)
    assert (ran.code, "known by name only; the gateway refuses it" in ran.out) == (0, True)


def test_elements(certgate: Certgate) -> None:
    """Each element with where it may stand, what it does, and what certgate does otherwise."""
    document = certgate("list", "elements", "--format", "json").json
    assert faults(document, "list-elements") == []
    have = {row["name"]: row for row in document["elements"]}
    jwt = have["validate-jwt"]
    assert (jwt["sections"], jwt["treatment"]) == (["inbound"], "simulated")
    assert jwt["scopes"] == ["global", "workspace", "product", "api", "operation"]
    assert jwt["does"] == "refuses a request without a valid token"
    assert jwt["page"] == "https://learn.microsoft.com/azure/api-management/validate-jwt-policy"
    assert jwt["deviations"]
    assert have["base"]["treatment"] == "simulated"
    assert have["retry"]["sections"] == ["inbound", "backend", "outbound", "on-error"]
    assert {name for name, row in have.items() if row["treatment"] != "simulated"} == {
        *(f"{service}-data-source" for service in ("cosmosdb", "graphql", "http", "sql")),
        *("publish-event", "set-graphql-resolver"),
    }


def test_the_page_of_elements(certgate: Certgate) -> None:
    """A line each; a filter, or the whole name of one, shows all that is known of what it finds."""
    lines = certgate("list", "elements").out.splitlines()
    assert any(re.fullmatch("wait +runs its policies side by side", line) for line in lines)
    assert any(line.startswith("sql-data-source") and "not simulated: gets the data of" in line for line in lines)
    ran = certgate("list", "elements", "cache-lookup")
    assert "cache-lookup-value" not in ran.out
    for line in ("  scopes    all", "  gateways  all", "  sections  inbound", "1 element"):
        assert line in ran.out.splitlines()
    assert "validate-client-certificate" in certgate("list", "elements", "certificate").out
    assert "  scopes    product\n" in certgate("list", "elements", "quota").out


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["members", "X509Certifcate2"], "did you mean X509Certificate2?"),
        (["members", "Nothing123"], "certgate list types --all"),
        (["types", "nosuchthing"], "nosuchthing"),
        (["elements", "chose"], "did you mean choose?"),
        (["types", "--format", "xml"], "none of human, json"),
        (["members"], "TYPE"),
    ],
)
def test_what_is_wrong(certgate: Certgate, arguments: list[str], hint: str) -> None:
    """Exit code 2, nothing on stdout, and the next step."""
    ran = certgate("list", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert hint in ran.err


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_pages_fit(certgate: Certgate, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """Tables stay inside the width that they are given."""
    monkeypatch.setenv("COLUMNS", str(width))
    for arguments in (["types", "system.io"], ["members", "Guid"], ["elements", "cache"]):
        lines = [line for line in certgate("list", *arguments).out.splitlines() if "https://" not in line]
        assert max(map(len, lines)) <= max(width, 60)


def test_every_signature_is_readable() -> None:
    """Every declaration can be listed, and every member that the gateway allows by name exists by that name."""
    for definition in catalogue.load_all():
        catalogue.inherited(definition)
        assert all(row.signature for row in catalogue.members(definition))
