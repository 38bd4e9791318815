"""Trims the element reference to what certgate reads: ``certgate/gateway/elements/reference.json``.

    python tools/trim_elements.py ../shared/spec/elements.json

Leaves out the roots, the sections and every element that has a module of its own, and of the others all that no check
reads: sources, disagreements, remarks. One element a line, sorted, members without their default left out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from certgate.gateway.elements import SIMULATED
from certgate.policy.declaration import GatewayKind, Scope, Section

Row = dict[str, Any]

TARGET = Path(__file__).resolve().parent.parent / "certgate" / "gateway" / "elements" / "reference.json"
NO_ELEMENT = {"root", "section"}
SECTIONS = {str(section) for section in Section}
RESULTS = {
    ("cache-lookup-value", "default-value"): "object",
    ("cache-store-value", "value"): "object",
    ("azure-openai-token-limit", "token-quota"): "long",
    ("llm-token-limit", "token-quota"): "long",
}
"""Element, attribute -> the C# type of its expression, where the reference's type is narrower than what Microsoft's own
samples and toolkit put there: cached values are of any type, and quotas of tokens pass the range of int."""


ADVISED = {
    ("check-header", "failed-check-error-message"),
    ("check-header", "ignore-case"),
    ("ip-filter", "action"),
    ("send-request", "response-variable-name"),
    ("validate-graphql-request", "max-size"),
    ("azure-openai-semantic-cache-lookup", "embeddings-backend-auth"),
    ("llm-semantic-cache-lookup", "embeddings-backend-auth"),
}
"""Element, attribute: required by its page alone, where the schema has it optional or gives it a default."""
ADVISED_CHILDREN = {("cors", "allowed-headers")}
"""The same for children: public policies that are in use leave it out."""


def main(arguments: list[str]) -> None:
    document = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    rows = {row["name"]: element(row) for row in document["elements"] if row["kind"] not in NO_ELEMENT}
    kept = {name: rows[name] for name in sorted(rows) if name not in SIMULATED}
    lines = [
        f"{json.dumps(name)}:{json.dumps(row, separators=(',', ':'), sort_keys=True)}" for name, row in kept.items()
    ]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(kept)} elements, {len(text)} bytes")


def element(row: Row) -> Row:
    """One element. `sections` is left out where no source names any; resolver sections are not the gateway's."""
    kept: Row = {"shape": with_advice(row["name"], with_results(row["name"], shape(row)))}
    if row["sections"] is not None:
        kept["sections"] = sections(row["sections"])
    if extra := sections(row["sections_extra"]):
        kept["sections_extra"] = extra
    for key, every in (("scopes", Scope), ("gateways", GatewayKind)):
        if row[key] is None or set(row[key]) != set(every):
            kept[key] = row[key] if row[key] is None else sorted(set(row[key]) & set(every))
    if not row["documented"]:
        kept["documented"] = False
    if row.get("once_per_section"):
        kept["once"] = True
    if page := row.get("docs_page"):
        kept["page"] = page.removeprefix("include of ").partition(".md")[0]
    return kept


def with_results(name: str, kept: Row) -> Row:
    for item in kept.get("attributes", []):
        if wider := RESULTS.get((name, item["name"])):
            item["result"] = wider
    return kept


def with_advice(name: str, kept: Row) -> Row:
    for item in kept.get("attributes", []):
        if (name, item["name"]) in ADVISED:
            item["required"], item["advised"] = False, True
    for item in kept.get("children", []):
        if (name, item["name"]) in ADVISED_CHILDREN:
            item["min"], item["advised"] = 0, True
    return kept


def sections(names: list[str]) -> list[str]:
    return sorted(set(names) & SECTIONS)


def shape(row: Row) -> Row:
    kept: Row = {}
    if attributes := [attribute(item) for item in row.get("attributes", [])]:
        kept["attributes"] = sorted(attributes, key=lambda item: str(item["name"]))
    if children := [child(item) for item in row.get("children", [])]:
        kept["children"] = children
    if row.get("order") not in (None, "sequence"):
        kept["order"] = row["order"]
    if row.get("text") not in (None, "none"):
        kept["text"] = row["text"]
    if row.get("content"):
        kept["content"] = row["content"]
    if least := (row.get("group") or {}).get("min"):
        kept["least_children"] = least
    if row.get("attributes_open"):
        kept["open_attributes"] = True
    return kept


def child(row: Row) -> Row:
    kept: Row = {"name": row["name"]}
    if row["min"]:
        kept["min"] = row["min"]
    if row["max"] != 1:
        kept["max"] = row["max"]
    if "policy" not in row:
        kept["shape"] = shape(row)
    return kept


def attribute(row: Row) -> Row:
    kept: Row = {"name": row["name"]}
    if row["type"] != "string":
        kept["type"] = row["type"]
    if row["required"] and not row.get("conditional"):
        kept["required"] = True
    if row["default"] is not None:
        kept["default"] = row["default"]
    if row["expression"] is not None:
        kept["expression"] = row["expression"]
    if row["type"] == "enum":
        kept["values"] = row["values"]
    for key in ("minimum", "maximum"):
        if key in row:
            kept[key] = row[key]
    if "value_type" in row and row["value_type"] != row["type"]:
        kept["result"] = row["value_type"]
    return kept


if __name__ == "__main__":
    main(sys.argv[1:])
