"""``certgate eval --interactive``: a prompt that evaluates expressions against the loaded certificate and variables.

Knows its commands and how lines become one expression. History is kept in memory: SECURITY: what is typed may hold
secrets, so nothing of it is written to a file.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from certgate.cli import output
from certgate.cli.failures import Failure
from certgate.core.errors import CertgateError, InputError, UsageError
from certgate.core.source import Text
from certgate.exit_code import Exit
from certgate.report.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from certgate.cli.expression import Situation
    from certgate.csharp.completion import Completion

PROMPT, MORE = "certgate> ", "     ...> "

COMMANDS = {
    ":help": "these commands",
    ":type EXPR": "the C# type of an expression, without evaluating it",
    ":trace EXPR": "the value with every sub-expression",
    ":members TYPE [FILTER]": "the members of a type",
    ":context": "the certificate, request and variables at hand",
    ":quit": "the end; Ctrl-D does the same",
}


def run(situation: Situation, *, trace: bool = False) -> Exit:
    """Read, evaluate and show until the end of input. Errors are said and end nothing."""
    session = Session(situation, trace=trace)
    read = _reader(session)
    while True:
        try:
            typed = _expression(read)
        except EOFError:
            return Exit.OK
        except KeyboardInterrupt:
            # Ctrl-C drops what is being typed.
            continue
        if typed.strip() in (":quit", ":q", ":exit"):
            return Exit.OK
        try:
            session.answer(typed.strip())
        except KeyboardInterrupt:
            output.write("interrupted\n")


def _expression(read: Callable[[str], str]) -> str:
    """One expression or command; its lines are read until its brackets are closed, or an empty line ends it."""
    typed = read(PROMPT)
    while _is_open(typed):
        line = read(MORE)
        if not line.strip():
            return typed
        typed += f"\n{line}"
    return typed


def _is_open(typed: str) -> bool:
    from certgate.csharp.extent import find_end

    text = typed.strip()
    if not text or text.startswith(":"):
        return False
    return find_end(text if text.startswith(("@(", "@{")) else f"@({text})", 0) is None


class Session:
    """What a prompt works with. It answers one line at a time and keeps nothing between them."""

    def __init__(self, situation: Situation, *, trace: bool = False) -> None:
        from certgate.cli.expression import for_people

        self._situation = situation
        self._trace = trace
        self._evaluator = situation.evaluator(for_people)

    def answer(self, typed: str) -> None:
        """Do what one line asks for, and say what is wrong with it."""
        try:
            self._answer(typed)
        except CertgateError as error:
            Failure().of(error)
        except Exception as error:
            Failure().bug(error)

    def _answer(self, typed: str) -> None:
        if not typed:
            return
        if not typed.startswith(":"):
            self._evaluate(typed, trace=self._trace)
            return
        command, _, rest = typed.partition(" ")
        rest = rest.strip()
        match command:
            case ":help" | ":h" | ":?":
                output.show(_help())
            case ":context":
                output.show(self._context())
            case ":type" if rest:
                self._type(rest)
            case ":trace" if rest:
                self._evaluate(rest, trace=True)
            case ":members" if rest:
                _members(rest)
            case _:
                raise _unknown(command)

    def _evaluate(self, typed: str, *, trace: bool) -> None:
        from certgate.cli.expression import answered, problems
        from certgate.report import eval as report

        case = answered(Text("expression", typed), self._situation, self._evaluator, trace=True)
        if case.answer.diagnostics:
            raise InputError.of(problems(case))
        output.show(report.to_page(case, output.columns(), trace=trace))

    def _type(self, typed: str) -> None:
        from certgate.csharp.expression import compile as compile_expression
        from certgate.gateway.expression import Answer
        from certgate.gateway.typed import Typed
        from certgate.report.eval import short_type

        expression = Typed(Text("expression", typed), self._situation.named_values)
        compilation = compile_expression(expression.text, self._environment)
        if compilation.diagnostics:
            found = expression.shown(Answer(diagnostics=tuple(compilation.diagnostics)))
            raise InputError.of(expression.problems(found))
        kind = compilation.static_type
        output.write(f"{short_type(kind) if kind else 'a block: what it returns'}\n")

    @property
    def _environment(self) -> Any:
        from certgate.gateway.context.context import environment

        return environment(self._situation.gateway.unrestricted)

    def _context(self) -> Page:
        """What expressions see. SECURITY: of named values the names alone."""
        situation = self._situation
        data, request = situation.gateway.context, situation.request
        page = Page(output.columns())
        certificate = situation.client.leaf if situation.client else data.certificate
        page.entry("certificate", certificate.subject if certificate else "none", indent=0, column=15)
        if certificate:
            page.entry("thumbprint", certificate.thumbprint, indent=0, column=15)
        address = request.url or data.url or "https://gateway.invalid/"
        page.entry("request", f"{request.method or data.method or 'GET'} {address}", indent=0, column=15)
        zone = situation.gateway.timezone or situation.world.timezone
        page.entry("now", f"{situation.world.now:%Y-%m-%d %H:%M:%S} UTC, gateway in {zone}", indent=0, column=15)
        for label, names in (
            ("variables", [f"{name} ({variable.type})" for name, variable in data.variables.items()]),
            ("certificates", list(self._uploaded())),
            ("named values", list(situation.named_values)),
        ):
            page.entry(label, ", ".join(names) or "none", indent=0, column=15)
        return page

    def _uploaded(self) -> Iterator[str]:
        gateway = self._situation.gateway
        yield from dict.fromkeys((*gateway.context.certificates, *gateway.trust.certificates))

    def completions(self, typed: str) -> list[Completion]:
        """What may come next behind `typed`: a command, a type's name, or what C# allows there."""
        from certgate.csharp.completion import Completion, complete

        if typed.startswith(":members "):
            return _type_names(typed)
        if typed.startswith(":") and " " not in typed:
            words = [(name.partition(" ")[0], note) for name, note in COMMANDS.items()]
            return [Completion(word, 0, note) for word, note in words if word.startswith(typed)]
        keys = {
            ".Variables": tuple(self._situation.gateway.context.variables),
            ".Deployment.Certificates": tuple(self._uploaded()),
            ".Request.Headers": tuple(self._situation.gateway.context.headers or self._situation.request.headers),
        }
        return complete(typed, self._environment, keys)


def _type_names(typed: str) -> list[Completion]:
    from certgate.csharp import catalogue
    from certgate.csharp.completion import Completion

    start = typed.rfind(" ") + 1
    word = typed[start:].casefold()
    return [Completion(name, start) for name in catalogue.names() if name.casefold().startswith(word)]


def _members(rest: str) -> None:
    from certgate.cli.list import type_sheets
    from certgate.report import list as report

    found = re.fullmatch(r"([^\s<]+(?:\s*<.*>)?)\s*(\S*)", rest)
    name, text = (found[1], found[2] or None) if found else (rest, None)
    output.show(report.members_to_page(type_sheets(name, text), output.columns()))


def _help() -> Page:
    page = Page(output.columns())
    page.aligned(list(COMMANDS.items()), indent=0)
    page.add("everything else is a C# expression, with or without @( ), or a block @{ }")
    return page


def _unknown(command: str) -> UsageError:
    from certgate.core.registry import did_you_mean

    words = {name.partition(" ")[0]: name for name in COMMANDS}
    if command in words:
        return UsageError(f"write {words[command]}", code="command-incomplete")
    hint = did_you_mean(command, words) or ":help lists the commands"
    return UsageError(f"no such command '{command}'", code="command-unknown", hint=hint)


# -- reading ---------------------------------------------------------------------------------------


def _reader(session: Session) -> Callable[[str], str]:
    """How lines are read: with completion on a terminal where prompt_toolkit is there, else plainly."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _from_pipe
    try:
        return _from_toolkit(session)
    except ImportError:
        return _from_terminal(session)


def _from_pipe(prompt: str) -> str:
    """A line of standard input that is no terminal: nothing is echoed, so a script's answers stand alone."""
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def _from_toolkit(session: Session) -> Callable[[str], str]:
    # Imported here: an optional dependency, and a large one.
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer
    from prompt_toolkit.completion import Completion as Offer

    class Completions(Completer):
        def get_completions(self, document: Any, complete_event: Any) -> Iterable[Offer]:
            typed = document.text_before_cursor
            for each in session.completions(typed):
                yield Offer(each.text, start_position=each.start - len(typed), display_meta=each.note[:100])

    prompt: PromptSession[str] = PromptSession(completer=Completions(), complete_while_typing=False)
    return prompt.prompt


def _from_terminal(session: Session) -> Callable[[str], str]:
    """Python's own input, with the history and completion of readline where Python has it."""
    try:
        import readline
    except ImportError:
        return input
    offers: list[str] = []

    def offer(word: str, state: int) -> str | None:
        if state == 0:
            typed = readline.get_line_buffer()[: readline.get_endidx()]
            begin = readline.get_begidx()
            offers[:] = [typed[begin : each.start] + each.text for each in session.completions(typed)]
        return offers[state] if state < len(offers) else None

    readline.set_completer(offer)
    readline.set_completer_delims(" \t\n.()[]")
    readline.parse_and_bind("tab: complete")
    return input
