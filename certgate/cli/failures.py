"""How the command line says that something is wrong: lines on stderr, and JSON on stdout when JSON was asked for."""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import typer

from certgate.core.errors import CertgateError, UsageError
from certgate.core.excerpt import visible
from certgate.core.finding import Severity
from certgate.core.value import frozen
from certgate.exit_code import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.core.finding import Finding

# Typer's own exception for bad options; the class it derives from moved between releases.
_TyperUsageError: type[Any] = typer.BadParameter.__mro__[1]


@frozen
class Failure:
    """How to fail: `json` when the caller reads JSON from stdout."""

    json: bool = False

    @classmethod
    def wanted(cls, arguments: Sequence[str]) -> Failure:
        """Read from the raw arguments, since the failure may be that they cannot be parsed."""
        pairs = pairwise(arguments)
        return cls("--format=json" in arguments or ("--format", "json") in pairs)

    def of(self, error: Exception) -> Exit:
        """Say what was raised, and which exit code it has."""
        match error:
            case UsageError():
                self.show(error.problems)
                return Exit.USAGE
            case CertgateError():
                self.show(error.problems)
                return Exit.INPUT
            case _TyperUsageError():
                self.show(UsageError(error.format_message(), hint=_help_hint(error)).problems)
                return Exit.USAGE
            case _:
                return self.bug(error)

    def show(self, problems: Sequence[Finding]) -> None:
        """Say what is wrong: one line a problem with its place, the source line with a caret, and the next step."""
        for problem in problems:
            print("\n".join(_lines(problem)), file=sys.stderr)  # noqa: T201
        if self.json and problems[0].code != "output-unwritable":
            from certgate.cli.output import write_json

            write_json(_document(problems))

    def bug(self, error: Exception) -> Exit:
        """A bug in certgate: the kind of error and where it arose, never the values that were being handled."""
        # SECURITY: the message of an unforeseen exception may quote input, hence only its type is shown.
        trace, last = error.__traceback__, None
        while trace is not None:
            last, trace = trace, trace.tb_next
        where = ""
        if last is not None:
            module = last.tb_frame.f_globals.get("__name__", "?")
            where = f" in {module}, line {last.tb_lineno}"
        print(f"error: a bug in certgate: {type(error).__name__}{where}", file=sys.stderr)  # noqa: T201
        print("  please report it with the command and, if you can, the files", file=sys.stderr)  # noqa: T201
        return Exit.BUG


def _help_hint(error: Any) -> str:
    path = error.ctx.command_path if error.ctx else "certgate"
    return f"see {path} --help"


def _lines(problem: Finding) -> list[str]:
    label = "error" if problem.severity is Severity.ERROR else str(problem.severity)
    lines = [visible(f"{problem.place or label}: {problem.message}  [{problem.code}]")]
    excerpt = problem.place.excerpt(_width() - 8) if problem.place else None
    if problem.place and excerpt:
        number = str(problem.place.line)
        lines += [f"  {number} | {excerpt[0]}", f"  {' ' * len(number)} | {excerpt[1]}"]
    if problem.hint:
        lines.append(visible(f"  {problem.hint}"))
    if problem.words and not problem.words.endswith(problem.message):
        lines.append(visible(f"  gateway: {problem.words}"))
    return lines


def _width() -> int:
    import shutil

    return max(40, shutil.get_terminal_size().columns)


def _document(problems: Sequence[Finding]) -> str:
    import json

    from certgate.core.excerpt import JSON_ESCAPE, unseen_as

    rows = [
        {
            "code": problem.code,
            "message": problem.message,
            "file": problem.place.file if problem.place else None,
            "line": problem.place.line if problem.place else None,
            "column": problem.place.column if problem.place else None,
            "hint": problem.hint,
            "gateway": problem.words,
        }
        for problem in problems
    ]
    document = {"schema": "certgate/errors/1", "problems": rows}
    return unseen_as(JSON_ESCAPE, json.dumps(document, indent=2, ensure_ascii=False)) + "\n"
