"""``certgate eval``: the value of policy expressions: one, a file's, those of JSON lines, or those of a prompt."""

# No `from __future__ import annotations` here: Typer evaluates annotations that are text, twice each.

import os
import re
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from certgate.cli import options
from certgate.cli.expression import Situation, answered, for_people, problems
from certgate.core.errors import InputError, UsageError
from certgate.core.source import Source, Text
from certgate.exit_code import Exit

if TYPE_CHECKING:
    from certgate.cli.network import Network
    from certgate.config import Settings
    from certgate.pki.files.load import Certificates

_FILE_NAME = re.compile(r"[\w./\\:~-]+\.(?:txt|csx?|expr|xml)")
STDIN = "-"

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("eval")
def eval_(
    expression: Annotated[
        str | None, typer.Argument(metavar="[EXPR]", help="The expression, a file that holds one, or - for JSON lines.")
    ] = None,
    file: Annotated[str | None, typer.Option("--file", metavar="F", help="A file that holds the expression.")] = None,
    client: Annotated[
        str | None, typer.Option("--client", metavar="CERT", help="The certificate that the caller presents.")
    ] = None,
    context: options.Context = None,
    tier: options.Tier = None,
    negotiate: options.Negotiate = None,
    http: options.Http = None,
    tls: options.Tls = None,
    behind: options.Behind = None,
    client_renegotiation: options.ClientRenegotiation = None,
    legacy_renegotiation: options.LegacyRenegotiation = None,
    default_host_negotiates: options.DefaultHostNegotiates = None,
    test_console: options.TestConsole = None,
    untrusted: options.Untrusted = None,
    trace: Annotated[
        bool, typer.Option("--trace", help="Show every sub-expression with its value, and what was not read.")
    ] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="A prompt with history and completion; :help lists its commands.")
    ] = False,
    trust: options.Trust = None,
    root: options.Root = None,
    intermediate: options.Intermediate = None,
    crl: options.Crl = None,
    system_roots: options.SystemRoots = None,
    certificate: options.Certificate = None,
    named_value: options.NamedValue = None,
    revocation: options.Revocation = None,
    online: options.Online = None,
    responses: options.Responses = None,
    record: options.Record = None,
    timeout: options.Timeout = None,
    max_size: options.MaxSize = None,
    allow_private_network: options.AllowPrivateNetwork = None,
    config: options.Config = None,
    at: options.At = None,
    timezone: options.Timezone = None,
    method: options.Method = None,
    url: options.Url = None,
    header: options.Header = None,
    body: options.Body = None,
    ip: options.Ip = None,
    unrestricted: options.Unrestricted = None,
    password: options.Password = None,
    password_env: options.PasswordEnv = None,
    password_file: options.PasswordFile = None,
    format_: options.Format = "human",
) -> int:
    """The value of a policy expression, as the gateway computes it.

    EXPR is a C# expression, with or without its @( ), or a block @{ }; or the name of a file that holds one. With -
    every line {"id", "expr"} of standard input is answered by a line, at once and in order.

    \b
    Examples:
      certgate eval '@(context.Request.Certificate.Subject)' --client client.cer
      certgate eval 'DateTime.UtcNow.AddDays(30).ToString("o")' --at 2026-03-01
      certgate eval condition.txt --client client.cer --trust trust --trace
      certgate eval - --context context.json < expressions.jsonl
      certgate eval --interactive --client client.cer

    \b
    Exit codes:
      0 a value, false included · 1 an exception · 2 usage · 3 unreadable, does not compile, or
      refused by the gateway · 4 unsupported or undecided. With - 0 when every line was answered.
    """
    from certgate.cli import network, setting

    options.choice("--format", format_, ("human", "json"))
    _check_source(expression, file, interactive)
    settings = setting.settled(
        config,
        setting.given(
            trust,
            root,
            intermediate,
            crl,
            system_roots=system_roots,
            certificates=setting.uploaded_files(certificate),
            named_values=setting.named_value_texts(named_value),
            revocation=revocation,
            timezone=timezone,
            method=method,
            url=url,
            headers=setting.headers(header),
            body=body,
            ip=ip,
            context_file=context,
            tier=tier,
            negotiate=negotiate,
            http=http,
            tls=tls,
            behind=behind,
            client_renegotiation=client_renegotiation,
            legacy_renegotiation=legacy_renegotiation,
            default_host_negotiates=default_host_negotiates,
            test_console=test_console,
            untrusted=tuple(untrusted or ()),
            unrestricted=unrestricted,
            **network.given(online, responses, timeout, max_size, allow_private_network),
        ),
    )
    if (interactive or expression == STDIN) and sys.stdin is None:
        raise InputError("standard input is closed", code="stdin-closed")
    fetches = network.Network(settings, record)
    passwords = options.Passwords(password, password_env, password_file)
    situation = _situation(settings, client, at, passwords, fetches)
    if interactive:
        from certgate.cli import prompt

        code: int = prompt.run(situation, trace=trace)
    elif expression == STDIN:
        code = _answer_lines(situation, trace=trace)
    else:
        code = _answer_one(_source(expression, file), situation, format_, trace=trace)
    fetches.finish()
    return code


def _check_source(expression: str | None, file: str | None, interactive: bool) -> None:
    """One source of expressions, no more and no fewer."""
    if sum([expression is not None, file is not None, interactive]) == 1:
        return
    message = "which expression?" if not interactive else "an expression, or --interactive?"
    raise UsageError(
        f"{message} give one of EXPR, --file F, - and --interactive",
        code="expression-missing",
        hint="see certgate eval --help",
    )


def _source(expression: str | None, file: str | None) -> Text:
    """The text of the expression: what names a file stands for what is in it, unless it begins with ``@``."""
    if file is None and expression is not None:
        if not _names_file(expression):
            return Text("expression", expression)
        file = expression
    return Source.read(file or "").decode()


def _names_file(expression: str) -> bool:
    """Whether it is a file, or looks like the name of one that is missing: no .NET member has such a name."""
    if expression.startswith("@"):
        return False
    # Not Path.is_file, which raises for names that no system takes.
    return os.path.isfile(expression) or _FILE_NAME.fullmatch(expression) is not None  # noqa: PTH113


def _situation(
    settings: "Settings", client: str | None, at: str | None, passwords: options.Passwords, network: "Network"
) -> Situation:
    from certgate.cli import setting

    # All that the command and the configuration may get wrong comes before the first file that is read.
    options.world(at, settings.timezone)
    gateway, request = setting.gateway(settings), setting.request(settings)
    password = passwords.get()
    caller = None
    together = options.Together()
    with together:
        caller = _client(client, passwords)
    with together:
        gateway = setting.equipped(gateway, settings, password)
    with together:
        request = setting.with_body(request, settings)
    with together:
        world = network.world(options.world(at, settings.timezone, gateway.context.now))
    together.check()
    return Situation(gateway, caller, request, world, setting.named_values(settings))


def _client(client: str | None, passwords: options.Passwords) -> "Certificates | None":
    if client is None:
        return None
    loaded = options.load_all([client], passwords)
    if len(loaded) > 1:
        raise UsageError(f"--client: '{client}' names {len(loaded)} files", code="certificate-several")
    return loaded[0]


def _answer_one(text: Text, situation: Situation, format_: str, *, trace: bool) -> Exit:
    from certgate.cli import output
    from certgate.report import eval as report

    if format_ == "json":
        from certgate.cli.failures import Failure
        from certgate.csharp.spelling import spelled
        from certgate.report.json_ import dump

        case = answered(text, situation, situation.evaluator(spelled), trace=trace)
        output.write_json(dump({"schema": "certgate/eval/1", **report.to_json(case)}))
        if case.answer.diagnostics:
            Failure().show(problems(case))
        return case.exit_code
    # An exception is explained, so the tree is made in any case.
    case = answered(text, situation, situation.evaluator(for_people), trace=True)
    if case.answer.diagnostics:
        raise InputError.of(problems(case))
    output.show(report.to_page(case, output.columns(), trace=trace))
    return case.exit_code


def _answer_lines(situation: Situation, *, trace: bool) -> Exit:
    from certgate.cli import lines
    from certgate.csharp.spelling import spelled
    from certgate.report import eval as report

    evaluator = situation.evaluator(spelled)

    def document(expression: str) -> dict[str, Any]:
        return report.to_json(answered(Text("expression", expression), situation, evaluator, trace=trace))

    return lines.answer(sys.stdin.buffer, STDIN, document)
