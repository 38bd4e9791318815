"""Makes the parts of docs/ that come from the program. Run with ``make docs``.

``--check`` writes nothing and fails where a file is not as it would be made.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from certgate.cli.app import COMMANDS, run

if TYPE_CHECKING:
    from certgate.csharp.types import TypeDefinition

ROOT = Path(__file__).parents[1]
REPORT = [
    *("validate", "sample-certs/expired.cer", "--policy", "sample-policies/thumbprint.xml"),
    *("--config", "sample-certs/certgate.toml", "--at", "2026-06-01"),
]
SUBCOMMANDS = {
    "store": ("list", "add", "remove", "check"),
    "cache": ("list", "clear", "path"),
    "list": ("types", "members", "elements"),
}


def output_of(arguments: list[str]) -> str:
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        run(arguments)
    return stream.getvalue()


def commands() -> str:
    parts = ["# Commands\n\nMade from the program by `make docs`; every command also says this with `--help`.\n"]
    below = [[name, inner] for name, inners in SUBCOMMANDS.items() for inner in inners]
    lines = [[], *([name] for name in COMMANDS), *below]
    for line in lines:
        title = " ".join(["certgate", *line])
        text = output_of([*line, "--help"]).rstrip()
        parts.append(f"## {title}\n\n```\n{text}\n```\n")
    return "\n".join(parts)


def policies() -> str:
    from certgate.cli.list import element_rows
    from certgate.report.list import GATEWAYS, SCOPES, placed

    head = """# Policy elements

Made from the declarations by `make docs`; `certgate list elements NAME` says the same of one.

certgate does what the gateway does with each element, but for those marked *not simulated*: when one of them is reached
the outcome is undecided. What certgate does otherwise or leaves out stands below the table.

| element | does | sections | scopes | gateways |
|---|---|---|---|---|
"""
    table, notes = [], []
    for row in element_rows():
        name = f"[`{row.name}`]({row.page})" if row.page else f"`{row.name}`"
        does = row.does if row.treatment == "simulated" else f"*{row.treatment}*: {row.does}"
        placing = placed(row.sections), placed(row.scopes, SCOPES), placed(row.gateways, GATEWAYS)
        table.append(f"| {name} | {does} | {' | '.join(placing)} |")
        if row.deviations:
            notes.append(f"### {row.name}\n\n" + "\n".join(f"- {_escaped(line)}" for line in row.deviations) + "\n")
    return head + "\n".join(table) + "\n\n## What certgate does otherwise\n\n" + "\n".join(notes)


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*")


def assumptions() -> str:
    from certgate.gateway.assumptions import ASSUMPTIONS

    head = """# Simulator defaults

Made from the program by `make docs`. No source settles these points of API Management's behaviour; certgate takes the
choice named here, and a report says under *assumed* which of them took part. The last column is the section of the fact
sheet that certgate is built from.

| id | what is assumed | section |
|---|---|---|
"""
    rows = [
        f"| `{item.id}` | {item.text.replace('<', '&lt;')} | {item.source} |"
        for item in sorted(ASSUMPTIONS.values(), key=lambda one: one.id)
    ]
    return head + "\n".join(rows) + "\n"


EXPRESSIONS = """# Policy expressions

Made from the declarations by `make docs`. `certgate list types` and `certgate list members TYPE` say the same with
every signature; [fidelity.md](fidelity.md#expressions) has the known deviations.

## Language

C# 7.3, bound statically as the compiler does it: an expression in `@( )`, statements in `@{ }`.

- Expressions: all literals, verbatim and interpolated strings among them; all operators with C#'s precedence and
  promotions; `checked`, `?.`, `??`, `?:`, casts, `is` and `as` with patterns, `nameof`, `typeof`, `default`, `throw`,
  tuples, lambdas, anonymous types, initialisers, arrays, queries.
- Statements: locals, `if`, `switch` with patterns, all loops, `goto case`, `try`, `using`, local functions with
  `yield`, definite assignment.
- Binding: overloads with better conversions, `params`, optional and named arguments, generic inference, extension
  methods, user-defined operators and conversions.
- Compile errors have the compiler's code and words, with line and column; exceptions have .NET's type and message.

## What the gateway allows

The gateway refuses to save a policy whose expressions use other types and members than it lists. certgate refuses them
in the same words, unless `--unrestricted` is given. What it has not got itself is *unsupported*: the outcome is
undecided when it is reached, never guessed.

In the tables *allowed* means all members, a list of names means those alone, and *refused* means that the type needs
`--unrestricted`. Members are counted by name; what every type inherits is left out.
"""

MOST_NAMES = 16


def expressions() -> str:
    from itertools import groupby

    from certgate.csharp import catalogue
    from certgate.gateway.context.context import environment

    environment()
    parts = [EXPRESSIONS]
    for namespace, group in groupby(catalogue.load_all(), key=lambda definition: definition.namespace):
        rows = [_type_row(definition) for definition in group]
        head = "| type | gateway | simulated | known, and not simulated |\n|---|---|---|---|"
        title = namespace or "API Management: `context`"
        parts.append(f"## {title}\n\n{head}\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _type_row(definition: TypeDefinition) -> str:
    from certgate.csharp import catalogue
    from certgate.report.list import gateway

    row, members = catalogue.listed(definition), catalogue.members(definition)
    have = {member.name for member in members if member.simulated}
    missing = sorted({member.name for member in members} - have)
    allowed = sorted({member.name for member in members if member.allowed})
    match gateway(row):
        case "all":
            word = "allowed"
        case "some":
            word = _names(allowed)
        case _:
            word = "refused"
    count = str(row.simulated) if row.simulated == row.members else f"{row.simulated} of {row.members}"
    return f"| `{row.name}` | {word} | {count} | {_names(missing)} |"


def _names(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:MOST_NAMES])
    return f"{shown} and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else shown


def picture() -> str:
    from rich.console import Console
    from rich.text import Text

    from certgate.cli import output

    pages = []
    output_show, output.show = output.show, pages.append
    try:
        run(REPORT)
    finally:
        output.show = output_show
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(Text(f"$ certgate {' '.join(REPORT[:2])} \\\n    {' '.join(REPORT[2:])}", style="bold"))
    for line in pages[0].lines:
        console.print(Text.assemble(*((piece.text, str(piece.style)) for piece in line)))
    return console.export_svg(title="certgate validate", unique_id="certgate")


MADE = {
    "docs/commands.md": commands,
    "docs/policies.md": policies,
    "docs/assumptions.md": assumptions,
    "docs/expressions.md": expressions,
    "docs/report.svg": picture,
}


def main() -> None:
    os.chdir(ROOT)
    check, stale = "--check" in sys.argv[1:], []
    for name, make in MADE.items():
        path, text = ROOT / name, make()
        if check:
            stale += [] if path.is_file() and path.read_text(encoding="utf-8") == text else [name]
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"{name}  {len(text)} characters")
    if stale:
        sys.exit(f"not as the program makes them: {', '.join(stale)}; run make docs")


if __name__ == "__main__":
    main()
