"""The ``certgate`` command: finds a command's module, runs it, turns what is raised into text and exit code."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from certgate.core.errors import UsageError
from certgate.exit_code import Exit
from certgate.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "validate": "what would the gateway answer this client, and why",
    "thumbprint": "the thumbprint as API Management compares it",
    "inspect": "what a policy expression sees of a certificate",
    "verify": "what Verify() says: chain and revocation",
    "check": "what the gateway would refuse to save; nothing is run",
    "effective": "the policy in force for an API and operation, and whence",
    "eval": "the value of a policy expression, and why",
    "list": "what certgate has: .NET types, members, policy elements",
    "explain": "what a code means, and what to do about it",
    "compare-trace": "where a real gateway's trace and the simulation part",
    "store": "look after a local trust store",
    "cache": "look after what was fetched before",
}
"""The commands and their one line of help; each is the module of that name beside this one (a dash is an
underscore), loaded when it is run."""

HELP = """Says what Azure API Management would answer a client certificate under a policy, and why.

Nothing is fetched from a network unless --online is given.

\b
Examples:
  certgate validate client.pfx --policy policy.xml --trust trust
  certgate thumbprint client.cer
  certgate inspect client.pfx --password-env PFX_PASSWORD
  certgate verify client.cer --trust trust
  certgate eval '@(context.Request.Certificate.Subject)' --client client.cer

\b
Exit codes:
  0 accepted · 1 rejected · 2 usage · 3 input unreadable or policy not savable
  4 undecided · 5 expectation not met · 70 bug · 130 interrupted
"""

_BETWEEN_COLLECTIONS = 10_000
"""New objects, those that went away not counted, between two collections; Python's own number is 700."""


class _Commands(TyperGroup):
    """Loads the module of a command only when it is run: start-up pays for nothing else."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        return typer.main.get_command(import_module(f"certgate.cli.{cmd_name.replace('-', '_')}").app)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from certgate.core.registry import did_you_mean

            hint = did_you_mean(args[0], COMMANDS) or f"the commands are {', '.join(COMMANDS)}"
            raise UsageError(f"no such command '{args[0]}'", code="command-unknown", hint=hint)
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Commands,
    help=HELP,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


_GROUPS = (["list"], ["store"], ["cache"])
"""Command lines that ask for nothing yet: their help says what they take."""


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"certgate {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """The options of the command itself."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; whatever goes wrong becomes a message, never a traceback."""
    # A stream that the caller has closed is None: what is said on it goes nowhere, and not to the other one.
    sys.stdout, sys.stderr = sys.stdout or TextIOWrapper(BytesIO()), sys.stderr or TextIOWrapper(BytesIO())
    try:
        line = list(arguments)
        if not line or line in _GROUPS:
            line.append("--help")
        answer = typer.main.get_command(app).main(line, prog_name="certgate", standalone_mode=False)
        sys.stdout.flush()
        return int(answer or 0)
    except (KeyboardInterrupt, typer.Abort):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe went away: nothing is wrong, and nobody is left to tell.
        sys.stdout = None
        return Exit.OK
    except Exception as error:
        # Imported here: what goes well pays nothing for saying what goes wrong.
        from certgate.cli.failures import Failure

        return Failure.wanted(arguments).of(error)


def main() -> NoReturn:
    """The entry point of the ``certgate`` script."""
    # What a command loads stays until it ends, so looking through it for garbage is in vain, and most of all at the
    # end: measured, a sixth of a `validate`. A command that runs long still collects.
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)
