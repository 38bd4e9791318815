"""``certgate validate``: what would the gateway answer this client, and why."""

# No `from __future__ import annotations` here: Typer evaluates annotations that are text, twice each.

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from certgate.cli import options
from certgate.core.errors import UsageError

if TYPE_CHECKING:
    from certgate.config import Settings
    from certgate.gateway.policy_set import Policy
    from certgate.pki.files.load import Certificates
    from certgate.result import Report

FORMATS = ("human", "json")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def validate(
    certs: options.OptionalCerts = None,
    policy: Annotated[
        str | None, typer.Option("--policy", metavar="P", help="The policy file of the API scope.")
    ] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option(
            "--scope",
            metavar="NAME=F",
            help="The policy of a scope: global, workspace, product, api, operation. May repeat.",
        ),
    ] = None,
    no_certificate: Annotated[
        bool, typer.Option("--no-certificate", help="Also ask what a client without a certificate gets.")
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
    context: options.Context = None,
    backend_url: Annotated[
        str | None, typer.Option("--backend-url", metavar="URL", help="The API's service address.")
    ] = None,
    backend_response: Annotated[
        str | None, typer.Option("--backend-response", metavar="F", help="What the backend answers, as JSON [200 OK].")
    ] = None,
    expect: Annotated[int | None, typer.Option("--expect", metavar="STATUS", help="The status that is right.")] = None,
    expect_reason: Annotated[
        str | None,
        typer.Option(
            "--expect-reason", metavar="TEXT", help="The reason phrase, or LastError's reason, that is right."
        ),
    ] = None,
    trace: Annotated[
        bool, typer.Option("--trace", help="Show every step and every expression with its value.")
    ] = False,
    unrestricted: options.Unrestricted = None,
    password: options.Password = None,
    password_env: options.PasswordEnv = None,
    password_file: options.PasswordFile = None,
    format_: options.Format = "human",
    output: Annotated[
        list[str] | None,
        typer.Option("--output", metavar="NAME=F", help="Also write a report in that format to a file. May repeat."),
    ] = None,
) -> int:
    """What the gateway would answer this client certificate under a policy: status, reason, and why.

    \b
    Examples:
      certgate validate client.pfx --password-env PFX_PASSWORD --policy policy.xml --trust trust
      certgate validate certs/*.cer --policy policy.xml --named-value allowed=0A1B...
      certgate validate --no-certificate --policy policy.xml --expect 401
      certgate validate client.cer --policy policy.xml --at +30d --trace
      certgate validate client.cer --policy policy.xml --online --record answers.json

    \b
    Exit codes:
      0 accepted, or as expected · 1 rejected · 2 usage · 3 unreadable, or the gateway would
      not save the policy · 4 undecided · 5 not as expected
    """
    from certgate.cli import network, setting

    options.choice("--format", format_, FORMATS)
    reports = _reports(output)
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
            policies=setting.policy_files(policy, scope),
            revocation=revocation,
            timezone=timezone,
            method=method,
            url=url,
            headers=setting.headers(header),
            body=body,
            ip=ip,
            context_file=context,
            backend_url=backend_url,
            backend_response=backend_response,
            unrestricted=unrestricted,
            **network.given(online, responses, timeout, max_size, allow_private_network),
        ),
    )
    if not settings.policies:
        raise UsageError("which policy? give --policy P", code="policy-missing", hint="see certgate validate --help")
    if not certs and not no_certificate:
        raise UsageError(
            "which client certificate? name a file, or give --no-certificate",
            code="certificate-missing",
            hint="see certgate validate --help",
        )
    if expect is not None and not 100 <= expect <= 999:
        raise UsageError(f"--expect: {expect} is no HTTP status", code="value-unknown")
    passwords = options.Passwords(password, password_env, password_file)
    report = _run(settings, certs or (), passwords, no_certificate, at, (expect, expect_reason), record)
    _deliver(report, format_, reports, trace)
    return report.exit_code


def _reports(outputs: Sequence[str] | None) -> dict[Path, str]:
    """The files of ``--output`` and their formats."""
    from certgate.cli import setting

    return {
        Path(file): options.choice("--output", name, FORMATS)
        for name, file in setting.pairs("--output", outputs).items()
    }


def _run(
    settings: "Settings",
    certs: Sequence[str],
    passwords: options.Passwords,
    no_certificate: bool,
    at: str | None,
    expected: tuple[int | None, str | None],
    record: str | None,
) -> "Report":
    from certgate import api
    from certgate.cli import setting
    from certgate.cli.network import Network
    from certgate.result import Case, Client, Expectation, Report

    # All that the command and the configuration may get wrong comes before the first file that is read.
    world = options.world(at, settings.timezone)
    network = Network(settings, record)
    gateway, request = setting.gateway(settings), setting.request(settings)
    password = passwords.get()
    together = options.Together()
    with together:
        loaded = options.load_all(certs, passwords)
    with together:
        gateway = setting.equipped(gateway, settings, password)
    with together:
        request = setting.with_body(request, settings)
    with together:
        world = network.world(world)
    with together:
        policy = _policy(settings)
    together.check()
    name = settings.policies.get("api") or ", ".join(settings.policies.values())
    expectation = Expectation(*expected)
    clients: list[Certificates | None] = [*loaded, *([None] if no_certificate else [])]
    cases = []
    for item in clients:
        leaf, others = (item.leaf, item.others) if item else (None, ())
        outcome = api.validate(leaf, policy, gateway, request=request, world=world, extra=others)
        client = Client(item.source, item.leaf.thumbprint, item.leaf.subject) if item else None
        cases.append(Case(client, name, outcome, expectation))
    network.finish()
    return Report(world.now, tuple(cases))


def _policy(settings: "Settings") -> "Policy":
    from certgate.cli import setting
    from certgate.core.source import Source
    from certgate.gateway.policy_set import Policy

    return Policy.parse(
        {scope: Source.read(file) for scope, file in settings.policies.items()},
        named_values=setting.named_values(settings),
        unrestricted=bool(settings.unrestricted),
    )


def _deliver(report: "Report", format_: str, files: dict[Path, str], trace: bool) -> None:
    """The report to stdout, and to every file of ``--output``."""
    from certgate.cli import output
    from certgate.files import write
    from certgate.report import human, json_
    from certgate.report.page import plain

    for path, name in files.items():
        page = json_.validate(report) if name == "json" else plain(human.validate(report, steps=trace))
        write(path, page.encode())
    if format_ == "json":
        output.write_json(json_.validate(report))
    else:
        output.show(human.validate(report, output.columns(), steps=trace))
