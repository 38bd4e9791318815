"""From the options of ``certgate validate`` to its cases: what the gateway answers each client and each request.

What several requests share is decided here. The requests of a file are one after another sent to one gateway, so its
counters and caches live over all of them, whoever asks. Without a file each certificate is a question of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.cli import network, options, service, setting
from certgate.core.errors import UsageError
from certgate.core.source import Source
from certgate.core.value import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from certgate.config import Settings
    from certgate.core.world import World
    from certgate.gateway.exchange import Request
    from certgate.gateway.policy_set import Policy
    from certgate.gateway.session import Session
    from certgate.gateway.settings import Gateway
    from certgate.layouts.inventory import Selection
    from certgate.pki.files.load import Certificates
    from certgate.result import Asked, Case, Client, Expectation, Report

Given = dict[str, Any]
"""The options of one command line, by the names of the command's parameters."""


@frozen
class Question:
    """All that the cases of a run have in common; `sequence`: the requests come one after another to one gateway."""

    policy: Policy
    gateway: Gateway
    world: World
    name: str
    expectation: Expectation
    sequence: bool


def settings(given: Given, selection: Selection | None = None) -> Settings:
    """The settings of a command line, what the configuration says below them, and below that what the files of a
    service say. Raises UsageError."""
    request = {name: given[name] for name in ("method", "url", "header", "body", "ip")}
    setting.request_options(given["request"], **request)
    found = setting.settled(
        given["config"],
        setting.given(
            given["trust"],
            given["root"],
            given["intermediate"],
            given["crl"],
            **{name: given[name] for name in _AS_THEY_ARE},
            untrusted=tuple(given["untrusted"] or ()),
            certificates=setting.uploaded_files(given["certificate"]),
            named_values=setting.named_value_texts(given["named_value"]),
            fragments=setting.pairs("--fragment", given["fragment"]),
            schemas=setting.pairs("--schema", given["schema"]),
            policies=setting.policy_files(given["policy"], given["scope"]),
            headers=setting.headers(given["header"]),
            context_file=given["context"],
            backends=setting.addresses(given["backend"]),
            **network.given(*(given[name] for name in _NETWORK)),
        ),
    )
    if selection is not None:
        found = service.standing(selection).overlaid(found)
    _check(found, given, selection)
    return found


_AS_THEY_ARE = (
    *("tier", "negotiate", "http", "tls", "behind", "system_roots", "revocation", "timezone", "unrestricted"),
    *("client_renegotiation", "legacy_renegotiation", "default_host_negotiates", "test_console"),
    *("method", "url", "body", "ip", "backend_url", "backend_response", "definition"),
)
_NETWORK = ("online", "responses", "timeout", "max_size", "allow_private_network")


def _check(found: Settings, given: Given, selection: Selection | None) -> None:
    # An API that a service has may have no policy at all: the default one of the service is in force.
    if not found.policies and (selection is None or not (selection.policies or given["api"])):
        raise UsageError(
            "which policy? give --policy P, or --service FOLDER with --api A",
            code="policy-missing",
            hint="see certgate validate --help",
        )
    if not given["certs"] and not given["no_certificate"]:
        raise UsageError(
            "which client certificate? name a file, or give --no-certificate",
            code="certificate-missing",
            hint="see certgate validate --help",
        )
    expect = given["expect"]
    if expect is not None and not 100 <= expect <= 999:
        raise UsageError(f"--expect: {expect} is no HTTP status", code="value-unknown")


def report(given: Given) -> Report:
    """Run all requests of a command line. Raises UsageError; InputError with all that is wrong with its files."""
    from certgate.result import Expectation, Report

    selection = service.selected(given)
    found = settings(given, selection)
    # All that the command and the configuration may get wrong comes before the first file that is read.
    world = options.world(given["at"], found.timezone)
    watched = network.Network(found, given["record"])
    passwords = options.Passwords(given["password"], given["password_env"], given["password_file"])
    gateway, plain = setting.gateway(found), setting.request(found)
    password = passwords.get()
    together = options.Together()
    with together:
        loaded = options.load_all(given["certs"] or (), passwords)
    with together:
        gateway = setting.equipped(gateway, found, password)
    with together:
        asked = _asked(given["request"], world, gateway) or [(setting.with_body(plain, found), None)]
    with together:
        world = watched.world(world)
    with together:
        policy = _policy(found, selection)
    together.check()
    name = _name(found, selection)
    expectation = Expectation(given["expect"], given["expect_reason"])
    question = Question(policy, gateway, world, name, expectation, given["request"] is not None)
    clients: list[Certificates | None] = [*loaded, *([None] if given["no_certificate"] else [])]
    cases = tuple(_cases(question, clients, asked))
    watched.finish()
    return Report(world.now, cases, (*service.notes(selection), *policy.notes))


def _asked(file: str | None, world: World, gateway: Gateway) -> list[tuple[Request, Asked | None]]:
    """The requests of a file, each with what a report calls it; none without a file."""
    if file is None:
        return []
    from certgate.gateway.exchange import DEFAULT_URL
    from certgate.gateway.requests.load import read
    from certgate.result import Asked

    data = gateway.context
    return [
        (
            each.request,
            Asked(
                number,
                each.request.method or data.method or "GET",
                each.request.url or data.url or DEFAULT_URL,
                each.name,
                each.request.moment(world.now),
            ),
        )
        for number, each in enumerate(read(Source.read(file), world.now), 1)
    ]


def _name(found: Settings, selection: Selection | None) -> str:
    """The policy as a report names it: that of the API, else those of all scopes."""
    from certgate.policy.compose import DEFAULT_FILE

    files: dict[str, str] = {}
    if selection is not None:
        files = {scope: stored.place.file for scope, stored in selection.policies.items()}
    files |= found.policies
    return files.get("api") or ", ".join(files.values()) or DEFAULT_FILE


def _policy(found: Settings, selection: Selection | None) -> Policy:
    from certgate.gateway.policy_set import Policy

    together = options.Together()
    if selection is not None:
        with together:
            selection.check(found.policies, found.fragments)
    with together:
        written = service.written(found, selection)
    together.check()
    return Policy.parse(
        written.policies,
        named_values=setting.named_values(found),
        fragments=written.fragments,
        unrestricted=bool(found.unrestricted),
    )


def _cases(
    question: Question, clients: Sequence[Certificates | None], asked: Sequence[tuple[Request, Asked | None]]
) -> Iterator[Case]:
    """One case for each request and certificate: a request of all clients before the next, as time goes."""
    from certgate import api
    from certgate.gateway.session import Session
    from certgate.result import Case

    session: Session | None = Session() if question.sequence else None
    for request, shown in asked:
        for item in clients:
            outcome = api.validate(
                item, question.policy, question.gateway, request=request, world=question.world, session=session
            )
            yield Case(_client(item), question.name, outcome, question.expectation, shown)


def _client(item: Certificates | None) -> Client | None:
    from certgate.result import Client

    return Client(item.source, item.leaf.thumbprint, item.leaf.subject) if item else None
