"""``certgate validate``: what would the gateway answer this client, and why."""

# No `from __future__ import annotations` here: Typer evaluates annotations that are text, twice each.

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from certgate.cli import options

if TYPE_CHECKING:
    from certgate.result import Report

FORMATS = ("human", "json", "apim-trace")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def validate(
    certs: options.OptionalCerts = None,
    policy: Annotated[
        str | None, typer.Option("--policy", metavar="P", help="The policy file of the API scope.")
    ] = None,
    scope: options.Scope = None,
    fragment: options.Fragment = None,
    service: options.Service = None,
    api: options.Api = None,
    operation: options.Operation = None,
    product: options.Product = None,
    workspace: options.Workspace = None,
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
    request: options.Requests = None,
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
    schema: options.Schema = None,
    definition: options.Definition = None,
    backend_url: options.BackendUrl = None,
    backend: options.Backend = None,
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
    format_: options.ReportFormat = "human",
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
      certgate validate client.cer --policy policy.xml --request requests.http
      certgate validate client.cer --policy policy.xml --online --record answers.json

    \b
    Exit codes:
      0 accepted, or as expected · 1 rejected · 2 usage · 3 unreadable, or the gateway would
      not save the policy · 4 undecided · 5 not as expected
    """
    given = dict(locals())
    from certgate.cli import cases, setting

    options.choice("--format", format_, FORMATS)
    reports = setting.reports(output, FORMATS)
    report = cases.report(given)
    _deliver(report, format_, reports, trace)
    return report.exit_code


def _deliver(report: "Report", format_: str, files: dict[Path, str], trace: bool) -> None:
    """The report to stdout, and to every file of ``--output``."""
    from certgate.cli import output
    from certgate.files import write
    from certgate.report import human
    from certgate.report.page import plain

    for path, name in files.items():
        page = plain(human.validate(report, steps=trace)) if name == "human" else _machine(report, name)
        write(path, page.encode())
    if format_ == "human":
        output.show(human.validate(report, output.columns(), steps=trace))
    else:
        output.write_json(_machine(report, format_))


def _machine(report: "Report", format_: str) -> str:
    """The report in a format for machines."""
    from certgate.report import apim_trace, json_

    return json_.validate(report) if format_ == "json" else apim_trace.report(report)
