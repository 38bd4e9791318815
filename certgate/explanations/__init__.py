"""What the codes mean that certgate and the gateway print: one short text each, in the TOML files beside this module.

Knows nothing of the program but the codes' names. A test compares them with what the program can print, so that a new
code without a text fails.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KINDS = {
    "documents": "policy documents: what the gateway would not save, and notes",
    "expressions": "policy expressions",
    "reasons": "context.LastError.Reason: why a policy failed",
    "chains": "chain status flags",
    "assumptions": "assumptions: what no source settles",
    "inputs": "files that cannot be read",
    "options": "commands, options, certgate.toml",
    "store": "trust stores",
    "exits": "exit codes",
}
"""Kind -> the title of its codes, in the order in which they are listed; all but assumptions have a file."""

COMPILER = "CSxxxx"
"""Stands for every code of the C# compiler."""
_OF_COMPILER = re.compile(r"CS\d{4}", re.IGNORECASE)
_UNSETTLED = "No source settles this; certgate takes the choice named here, and says so where it took part."


@frozen
class Explanation:
    """What a code means, why it is so where that needs saying, what to do about it, and the fact sheet's section."""

    code: str
    kind: str
    means: str
    do: str = ""
    why: str = ""
    source: str = ""


def known(assumptions: Mapping[str, tuple[str, str]]) -> tuple[Explanation, ...]:
    """Every explanation, kind by kind; `assumptions` are texts and sections by id."""
    found: list[Explanation] = []
    for kind in KINDS:
        rows = _rows(kind)
        if kind == "assumptions":
            for code, (text, source) in sorted(assumptions.items()):
                found.append(Explanation(code, kind, text, rows.get(code, {}).get("do", ""), _UNSETTLED, source))
        else:
            for code, row in rows.items():
                found.append(Explanation(code, kind, row["means"], row["do"], row.get("why", "")))
    return tuple(found)


def of(code: str, everything: Iterable[Explanation]) -> tuple[Explanation, ...]:
    """What the code means, in any case and with or without its brackets; several kinds may have one."""
    wanted = code.strip().strip("[]").casefold()
    if found := tuple(each for each in everything if each.code.casefold() == wanted):
        return found
    return (_of_compiler(wanted.upper()),) if _OF_COMPILER.fullmatch(wanted) else ()


def _of_compiler(code: str) -> Explanation:
    """What the family says that the compiler's code belongs to, else what holds for all."""
    general = _rows("expressions")[COMPILER]
    families: Mapping[str, Any] = general["families"]
    family = next((row for row in families.values() if code in row["codes"]), general)
    return Explanation(
        code, "expressions", family["means"], family["do"], "" if family is general else general["means"]
    )


def _rows(kind: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(files(__package__).joinpath(f"{kind}.toml").read_text(encoding="utf-8"))
