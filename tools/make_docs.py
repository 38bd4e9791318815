"""Makes the parts of docs/ that come from the program. Run with ``make docs``.

``--check`` writes nothing and fails where a file is not as it would be made.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path

from certgate.cli.app import COMMANDS, run

ROOT = Path(__file__).parents[1]
REPORT = [
    *("validate", "sample-certs/expired.cer", "--policy", "sample-policies/thumbprint.xml"),
    *("--config", "sample-certs/certgate.toml", "--at", "2026-06-01"),
]
STORE = ("list", "add", "remove", "check")


def output_of(arguments: list[str]) -> str:
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        run(arguments)
    return stream.getvalue()


def commands() -> str:
    parts = ["# Commands\n\nMade from the program by `make docs`; every command also says this with `--help`.\n"]
    lines = [[], *([name] for name in COMMANDS), *(["store", name] for name in STORE)]
    for line in lines:
        title = " ".join(["certgate", *line])
        text = output_of([*line, "--help"]).rstrip()
        parts.append(f"## {title}\n\n```\n{text}\n```\n")
    return "\n".join(parts)


def policies() -> str:
    from certgate.gateway.elements import VOCABULARY

    head = """# Policy elements

Made from the declarations by `make docs`.

- *simulated*: certgate does what the gateway does.
- *no effect*: it cannot change the caller's answer; the trace says that it was passed.
- *passes on the first call*: it counts calls, and the one call of a run is the first.
- *not simulated*: the outcome is undecided when it is reached.

| element | sections | what certgate does |
|---|---|---|
"""
    rows = []
    for name, item in VOCABULARY.items():
        sections = ", ".join(sorted(item.sections)) if item.sections is not None else "not known"
        rows.append(f"| `{name}` | {sections or 'none'} | {treatment(name)} |")
    return head + "\n".join(rows) + "\n"


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


def treatment(name: str) -> str:
    from certgate.gateway.elements import reference, simulated

    if simulated(name):
        return "simulated"
    if name in reference.WITHOUT_EFFECT:
        return "no effect"
    return "passes on the first call" if name in reference.FIRST_CALL else "not simulated"


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


MADE = {"docs/commands.md": commands, "docs/policies.md": policies, "docs/assumptions.md": assumptions}
MADE["docs/report.svg"] = picture


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
