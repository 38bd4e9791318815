"""Options that several commands share, declared once so that they mean the same everywhere."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from certgate.core.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from certgate.core.finding import Finding
    from certgate.core.world import World
    from certgate.pki.files.load import Certificates

Certs = Annotated[
    list[str],
    typer.Argument(
        metavar="CERT...", help="A file, a glob or - for stdin: PEM, DER, PFX, P7B, base64, Key Vault JSON."
    ),
]
OptionalCerts = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[CERT...]", help="A file, a glob or - for stdin: PEM, DER, PFX, P7B, base64, Key Vault JSON."
    ),
]
Password = Annotated[
    str | None, typer.Option("--password", metavar="P", help="PFX password, one for all files.", show_default=False)
]
PasswordEnv = Annotated[
    str | None, typer.Option("--password-env", metavar="NAME", help="PFX password from an environment variable.")
]
PasswordFile = Annotated[
    str | None, typer.Option("--password-file", metavar="F", help="PFX password from a file (its first line).")
]
Trust = Annotated[
    list[str] | None,
    typer.Option("--trust", metavar="DIR", help="A local trust store (roots, intermediates, crls). May repeat."),
]
Root = Annotated[list[str] | None, typer.Option("--root", metavar="F", help="A root CA certificate. May repeat.")]
Intermediate = Annotated[
    list[str] | None, typer.Option("--intermediate", metavar="F", help="An intermediate CA certificate. May repeat.")
]
Crl = Annotated[list[str] | None, typer.Option("--crl", metavar="F", help="A revocation list. May repeat.")]
SystemRoots = Annotated[
    bool | None,
    typer.Option("--system-roots/--no-system-roots", help="Trust the machine's public roots too.", show_default=False),
]
Certificate = Annotated[
    list[str] | None,
    typer.Option("--certificate", metavar="ID=F", help="An uploaded certificate, by its id. May repeat."),
]
NamedValue = Annotated[
    list[str] | None, typer.Option("--named-value", metavar="N=V", help="A named value. May repeat.")
]
Scope = Annotated[
    list[str] | None,
    typer.Option(
        "--scope",
        metavar="NAME=F",
        help="The policy of a scope: global, workspace, product, api, operation. May repeat.",
    ),
]
Fragment = Annotated[
    list[str] | None, typer.Option("--fragment", metavar="ID=F", help="A policy fragment, by its id. May repeat.")
]
Service = Annotated[
    str | None,
    typer.Option("--service", metavar="FOLDER", help="Where the service's policies are kept, with --api and others."),
]
Api = Annotated[str | None, typer.Option("--api", metavar="A", help="The API: its id, name or path.")]
Operation = Annotated[str | None, typer.Option("--operation", metavar="O", help="The operation of the API.")]
Product = Annotated[str | None, typer.Option("--product", metavar="P", help="The product of the subscription.")]
Workspace = Annotated[str | None, typer.Option("--workspace", metavar="W", help="The workspace.")]
Requests = Annotated[
    str | None,
    typer.Option(
        "--request", metavar="F", help="Requests in order, instead of one by options: JSON, an .http file, or HAR."
    ),
]
Schema = Annotated[
    list[str] | None,
    typer.Option("--schema", metavar="ID=F", help="A schema added to the service: JSON or XML Schema. May repeat."),
]
Definition = Annotated[
    str | None, typer.Option("--definition", metavar="F", help="The API's definition: OpenAPI 3 in JSON.")
]
BackendUrl = Annotated[str | None, typer.Option("--backend-url", metavar="URL", help="The API's service address.")]
Backend = Annotated[
    list[str] | None,
    typer.Option("--backend", metavar="ID=URL", help="The address of a backend entity, by its id. May repeat."),
]
Tier = Annotated[
    str | None,
    typer.Option(
        "--tier",
        metavar="T",
        help="developer, basic, standard, premium, consumption, basicv2, standardv2, premiumv2, self-hosted, "
        "workspace [premium].",
    ),
]
Negotiate = Annotated[
    bool | None,
    typer.Option(
        "--negotiate/--no-negotiate",
        help="Whether the gateway asks clients for a certificate [negotiate].",
        show_default=False,
    ),
]
Http = Annotated[str | None, typer.Option("--http", metavar="V", help="1.1 or 2 [1.1].")]
Tls = Annotated[str | None, typer.Option("--tls", metavar="V", help="1.2 or 1.3 [1.2].")]
Behind = Annotated[
    str | None,
    typer.Option(
        "--behind",
        metavar="NAME[:HEADER]",
        help="The proxy in front, which ends TLS and passes the certificate on in a header.",
    ),
]
ClientRenegotiation = Annotated[
    bool | None,
    typer.Option(
        "--client-renegotiation/--no-client-renegotiation",
        help="Whether the client takes part in TLS renegotiation [client-renegotiation].",
        show_default=False,
    ),
]
LegacyRenegotiation = Annotated[
    bool | None,
    typer.Option(
        "--legacy-renegotiation/--no-legacy-renegotiation",
        help="Whether the service still renegotiates where negotiate is off, as before May 2021.",
        show_default=False,
    ),
]
DefaultHostNegotiates = Annotated[
    bool | None,
    typer.Option(
        "--default-host-negotiates/--no-default-host-negotiates",
        help="Whether a host name under azure-api.net asks for a certificate where negotiate is off, as was observed.",
        show_default=False,
    ),
]
TestConsole = Annotated[
    bool | None,
    typer.Option(
        "--test-console/--no-test-console",
        help="The call comes from the portal's test console, by way of its proxy.",
        show_default=False,
    ),
]
Untrusted = Annotated[
    list[str] | None,
    typer.Option(
        "--untrusted",
        metavar="THUMBPRINT",
        help="An authority of a self-hosted gateway whose isTrusted is false. May repeat.",
    ),
]
Method = Annotated[str | None, typer.Option("--method", metavar="M", help="HTTP method [GET].")]
Url = Annotated[str | None, typer.Option("--url", metavar="URL", help="The address that is called.")]
Header = Annotated[list[str] | None, typer.Option("--header", metavar="'N: V'", help="A request header. May repeat.")]
Body = Annotated[str | None, typer.Option("--body", metavar="F", help="A file with the request's body.")]
Ip = Annotated[str | None, typer.Option("--ip", metavar="IP", help="The caller's address.")]
Context = Annotated[
    str | None, typer.Option("--context", metavar="F", help="What `context` holds, as JSON; may be partial.")
]
Unrestricted = Annotated[
    bool | None,
    typer.Option("--unrestricted", help="Allow .NET members that the gateway refuses.", show_default=False),
]
Config = Annotated[
    str | None,
    typer.Option("--config", metavar="F", help="The certgate.toml; found upwards from here when not given."),
]
At = Annotated[
    str | None, typer.Option("--at", metavar="TIME", help="Moment of evaluation: 2026-03-01T10:00Z, +30d, -1h.")
]
Timezone = Annotated[
    str | None, typer.Option("--timezone", metavar="Z", help="The gateway's time zone, such as Europe/Berlin [UTC].")
]
Revocation = Annotated[
    str | None,
    typer.Option(
        "--revocation",
        metavar="HOW",
        help="How the gateway decides revocation: online, offline, none, assume-good, assume-revoked, assume-unknown.",
    ),
]
Online = Annotated[
    bool | None,
    typer.Option(
        "--online/--offline",
        help="Whether certgate itself may fetch lists, OCSP answers and issuers [offline].",
        show_default=False,
    ),
]
Responses = Annotated[
    str | None,
    typer.Option(
        "--responses",
        metavar="F",
        help="Recorded answers (JSON) instead of the cache and the network, also with --online; others answer 404.",
    ),
]
Record = Annotated[
    str | None,
    typer.Option("--record", metavar="F", help="With --online: write what was answered, for --responses."),
]
Timeout = Annotated[float | None, typer.Option("--timeout", metavar="SECONDS", help="The longest fetch [15].")]
MaxSize = Annotated[int | None, typer.Option("--max-size", metavar="BYTES", help="The largest answer [33554432].")]
AllowPrivateNetwork = Annotated[
    bool | None,
    typer.Option(
        "--allow-private-network",
        help="Fetch from private addresses too for certificates that do not chain to the trust store.",
        show_default=False,
    ),
]
ReportFormat = Annotated[str, typer.Option("--format", metavar="NAME", help="human, json or apim-trace.")]
Format = Annotated[str, typer.Option("--format", metavar="NAME", help="human or json.")]


class Passwords:
    """The one password of the command line, wherever it comes from.

    SECURITY: it is never printed or kept elsewhere, and it is in no ``repr``.
    """

    def __init__(self, password: str | None = None, environment: str | None = None, file: str | None = None) -> None:
        self.password = password
        self.environment = environment
        self.file = file

    def get(self) -> str | None:
        """The password, or None when no option gives one. Raises UsageError, InputError."""
        given = [value for value in (self.password, self.environment, self.file) if value is not None]
        if len(given) > 1:
            raise UsageError("give one of --password, --password-env, --password-file", code="password-options")
        if self.environment is not None:
            return from_environment(self.environment, "--password-env")
        if self.file is not None:
            from certgate.config import first_line
            from certgate.core.source import Source

            return first_line(Source.read(self.file))
        return self.password

    def asker(self, name: str) -> Callable[[], str] | None:
        """How to ask for the password of a file: on a terminal, without an echo; elsewhere nobody is asked."""
        if not (sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        import getpass

        return lambda: getpass.getpass(f"Password of {name}: ", stream=sys.stderr)


def from_environment(name: str, option: str) -> str:
    """The value of an environment variable. Raises UsageError ``environment-unset``."""
    value = os.environ.get(name)
    if value is None:
        raise UsageError(f"{option}: the environment variable {name} is not set", code="environment-unset")
    return value


class Together:
    """Collects what is wrong with several inputs, so that it is said in one go: ``with together: read(one)``."""

    def __init__(self) -> None:
        self._problems: list[Finding] = []

    def __enter__(self) -> None:
        """Nothing to prepare; the block that follows may raise InputError."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, InputError):
            return False
        self._problems += error.problems
        return True

    def check(self) -> None:
        """Raise InputError with everything that was collected, if anything was."""
        if self._problems:
            raise InputError.of(self._problems)


def load_all(arguments: Sequence[str], passwords: Passwords) -> list[Certificates]:
    """The certificates of every file named, in order; all broken files are reported together (InputError)."""
    from certgate import files
    from certgate.pki.files.load import load

    password = passwords.get()
    loaded: list[Certificates] = []
    together = Together()
    for name in files.names(arguments):
        with together:
            loaded.append(load(files.read(name), password, ask=passwords.asker(name)))
    together.check()
    return loaded


def world(at: str | None, timezone: str | None, now: datetime | None = None) -> World:
    """The world of this run: the moment of ``--at`` or the clock, and the gateway's zone. Raises UsageError."""
    from certgate.core.world import World, clock, moment

    now = now or clock()
    if at is not None:
        try:
            now = moment(at, now)
        except UsageError as error:
            raise UsageError(f"--at: {error.message}", code=error.code, hint=error.hint) from None
    return World(now, "UTC" if timezone is None else timezone)


def choice(option: str, value: str, allowed: Sequence[str]) -> str:
    """`value`, if it is one of `allowed`. Raises UsageError ``value-unknown`` that lists them."""
    if value not in allowed:
        from certgate.core.registry import did_you_mean

        raise UsageError(
            f"{option}: '{value}' is none of {', '.join(allowed)}",
            code="value-unknown",
            hint=did_you_mean(value, allowed),
        )
    return value
