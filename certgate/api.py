"""The use-cases as plain functions: values in, values out.

Nothing here prints, exits, opens a file or asks for the time (a `World` that is left out does).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from certgate.core.errors import UsageError
from certgate.core.source import Source
from certgate.core.value import replace
from certgate.core.world import World, zone
from certgate.pki.certificate import Certificate
from certgate.pki.verdict import Revocation, RevocationScope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from certgate.core.fetch import Fetcher
    from certgate.gateway.checked import CheckedFile
    from certgate.gateway.context.data import ContextData
    from certgate.gateway.exchange import Request
    from certgate.gateway.expression import Answer, Evaluator
    from certgate.gateway.outcome import Outcome
    from certgate.gateway.policy_set import Policy
    from certgate.gateway.session import Session
    from certgate.gateway.settings import Gateway
    from certgate.gateway.situation import Situation
    from certgate.pki.files.load import Certificates
    from certgate.pki.stores.trust import TrustStore
    from certgate.pki.verdict import Verdict
    from certgate.policy.named_values import NamedValue, NamedValues


Choice = TypeVar("Choice", bound=StrEnum)


def load(data: bytes | str | Path, password: str | None = None) -> Certificates:
    """The certificates in bytes, or in the file of a path: PEM, DER, PFX, PKCS#7, base64, Key Vault JSON.

    Raises InputError; PasswordError for a PFX whose password is missing or wrong.
    """
    from certgate.pki.files import load as loading

    source = Source("bytes", data) if isinstance(data, bytes) else Source.read(data)
    return loading.load(source, password)


def verify(
    leaf: Certificate | Certificates,
    store: TrustStore,
    *,
    world: World | None = None,
    extra: Iterable[Certificate] = (),
    revocation: Revocation | str = Revocation.ONLINE,
    revocation_scope: RevocationScope | str = RevocationScope.EXCLUDE_ROOT,
    purpose: str | None = None,
    downloads: bool = True,
) -> Verdict:
    """The verdict of .NET's chain on a certificate; `extra`, and what stood beside it in its file, came with it;
    `purpose` is an EKU that it must have. Raises UsageError ``value-unknown`` for a value that there is not."""
    from certgate.pki.chains.chain import build

    if purpose is not None:
        from certgate.pki.chains import purposes

        purposes.check(purpose)
    certificate, sent = _given(leaf)
    world = world or World()
    return build(
        certificate,
        store,
        now=world.now,
        extra=(*sent, *extra),
        revocation=_one_of(Revocation, "revocation", revocation),
        scope=_one_of(RevocationScope, "revocation_scope", revocation_scope),
        purpose=purpose,
        downloads=downloads,
        fetcher=_fetcher(world),
    )


def validate(
    leaf: Certificate | Certificates | None,
    policy: Policy,
    gateway: Gateway | None = None,
    *,
    request: Request | None = None,
    world: World | None = None,
    extra: Iterable[Certificate] = (),
    session: Session | None = None,
    trace: bool = True,
) -> Outcome:
    """What the gateway would answer this client. `leaf` None: the client presents no certificate.

    What came beside a leaf in its file, and `extra`, are sent in the handshake too. Requests with the same `session`
    share counters and caches. Without `trace` the steps hold no explain trees, which takes less time.

    A policy or certificate that says no is an outcome. Raises UsageError ``url-invalid``, ``time-invalid``, and
    InputError ``context-invalid`` for the context of a request, ``gateway-wrong`` and ``document-too-large`` for a
    policy that a gateway of this tier would not have saved.
    """
    from certgate.gateway import decide

    certificate, sent = _leaf(leaf)
    situation = replace(_situation(certificate, gateway, request, world), tracing=trace, sent=(*sent, *extra))
    policy.for_tier(situation.gateway.tier)
    return decide.outcome(policy, situation, _builder(situation), session)


def check(
    sources: Iterable[Source | str | Path],
    *,
    named_values: Mapping[str, str | NamedValue] | NamedValues | None = None,
    fragments: Mapping[str, Source] | None = None,
    scope: str | None = None,
    tier: str | None = None,
    unrestricted: bool = False,
    complete: bool | None = None,
) -> tuple[CheckedFile, ...]:
    """What the gateway would refuse to save of each file, a path or a Source. Nothing is run, and nothing is raised for
    what is in a file.

    `scope` and `tier` are where they would be saved; None: not known. `complete`: the named values and fragments are
    all there are, so that others are problems and not notes; by default, where any are given.

    Raises UsageError ``scope-unknown``, ``value-unknown``, and InputError for a file that cannot be opened.
    """
    from certgate.gateway.checking import Checker, Conditions
    from certgate.gateway.tiers import kind_of
    from certgate.policy.declaration import Scope
    from certgate.policy.named_values import NamedValues

    values = named_values if isinstance(named_values, NamedValues) else NamedValues(named_values)
    conditions = Conditions(
        values,
        fragments or {},
        None if scope is None else _one_of(Scope, "scope", scope),
        None if tier is None else kind_of(tier),
        unrestricted,
        bool(len(values) or fragments) if complete is None else complete,
    )
    checker = Checker(conditions)
    return tuple(checker.check(each if isinstance(each, Source) else Source.read(each)) for each in sources)


def evaluate(
    expression: str,
    gateway: Gateway | None = None,
    *,
    client: Certificate | Certificates | None = None,
    request: Request | None = None,
    world: World | None = None,
    trace: bool = False,
) -> Answer:
    """The answer to one policy expression, with its ``@( )`` or ``@{ }``, in a fresh context.

    `client` is the caller's certificate, by default the one of the gateway's context. Without a `world` the moment is
    the context's own, else now.
    """
    return evaluator(gateway, client=client, request=request, world=world).answer(expression, trace=trace)


def evaluator(
    gateway: Gateway | None = None,
    *,
    client: Certificate | Certificates | None = None,
    request: Request | None = None,
    world: World | None = None,
    show: Callable[[Any], Any] | None = None,
) -> Evaluator:
    """What answers many expressions in one situation; `show` is what to make of each value, while it may still run."""
    from certgate.gateway.expression import Evaluator
    from certgate.gateway.settings import Gateway

    certificate, sent = _leaf(client)
    settings = gateway or Gateway()
    if certificate is None:
        certificate = settings.context.certificate
    if world is None and settings.context.now is not None:
        world = World(settings.context.now)
    situation = replace(_situation(certificate, settings, request, world), sent=sent)
    return Evaluator(situation, _builder(situation), show)


def value(
    expression: str,
    context: ContextData | Gateway | Mapping[str, object] | str | Path | None = None,
    *,
    client: Certificate | Certificates | None = None,
    request: Request | None = None,
    world: World | None = None,
) -> Any:
    """The value of one policy expression as a plain Python value; its ``@( )`` may be left out.

    `context` is what ``context`` holds: a mapping in the shape of a context file, the path of such a file, or a Gateway
    for all that changes an answer. Strings, Booleans, numbers and None are Python's own, ``decimal`` is Decimal, dates
    are datetime, ``byte[]`` is bytes, JSON and sequences are lists and dicts, a certificate is a Certificate.

    Raises ExpressionError where there is no value: an exception of the expression, a compile error, a member that the
    gateway refuses or certgate has not got; InputError for a context that cannot be read.
    """
    from certgate.core.source import Text
    from certgate.csharp.plain import plain
    from certgate.gateway.expression import ExpressionError
    from certgate.gateway.typed import Typed
    from certgate.policy.named_values import NamedValues

    typed = Typed(Text("expression", expression), NamedValues())
    found = evaluator(_gateway(context), client=client, request=request, world=world, show=plain).answer(typed.text)
    if problems := typed.problems(found):
        raise ExpressionError(problems, found.exception)
    return found.shown


def _gateway(context: ContextData | Gateway | Mapping[str, object] | str | Path | None) -> Gateway:
    from certgate.gateway.context.data import ContextData
    from certgate.gateway.settings import Gateway

    match context:
        case None:
            return Gateway()
        case Gateway():
            return context
        case ContextData():
            return Gateway(context=context)
        case Mapping():
            return Gateway(context=ContextData.parse(None, context))
    return Gateway(context=ContextData.parse(Source.read(context)))


def _one_of(choices: type[Choice], key: str, value: str) -> Choice:
    try:
        return choices(value)
    except ValueError:
        raise UsageError(f"{key}: {value!r} is none of {', '.join(choices)}", code="value-unknown") from None


_REMEMBERED_WORLDS = 16
_REMEMBERED_VERDICTS = 256
_fetchers: dict[int, tuple[World, Fetcher]] = {}
_fetchers_lock = Lock()


def _fetcher(world: World) -> Fetcher | None:
    """Who fetches in this world, the same each time; None where nothing can answer.

    The world is kept with it, so that its identity is not used again meanwhile.
    """
    if world.fetcher is not None:
        return world.fetcher
    if not world.online and world.responses is None and world.cache is None:
        return None
    from certgate.net.fetcher import fetcher_of

    with _fetchers_lock:
        if id(world) not in _fetchers:
            while len(_fetchers) >= _REMEMBERED_WORLDS:
                del _fetchers[next(iter(_fetchers))]
            _fetchers[id(world)] = world, fetcher_of(world)
        return _fetchers[id(world)][1]


def _leaf(given: Certificate | Certificates | None) -> tuple[Certificate | None, tuple[Certificate, ...]]:
    return (None, ()) if given is None else _given(given)


def _given(given: Certificate | Certificates) -> tuple[Certificate, tuple[Certificate, ...]]:
    """A certificate, and those that stood beside it."""
    if isinstance(given, Certificate):
        return given, ()
    return given.leaf, tuple(given.others)


def _situation(
    certificate: Certificate | None, gateway: Gateway | None, request: Request | None, world: World | None
) -> Situation:
    # Imported here: a chain is judged without the simulated gateway.
    from certgate.gateway.exchange import Request
    from certgate.gateway.settings import Gateway
    from certgate.gateway.situation import Situation

    gateway, world, request = gateway or Gateway(), world or World(), request or Request()
    if request.context:
        gateway = replace(gateway, context=gateway.context.overlaid(request.context))
    place = zone(world.timezone if gateway.timezone is None else gateway.timezone)
    return Situation(
        gateway,
        request,
        certificate,
        request.moment(world.now),
        place,
        ticks=world.ticks,
        random=world.random,
        fetcher=_fetcher(world),
    )


def _builder(situation: Situation) -> Callable[[Certificate, Revocation], Verdict]:
    """Builds chains as the gateway does, each once however often a run is made again; what was sent in the handshake
    belongs to the client's certificate only."""

    from certgate.gateway.arriving.arrival import arrival

    trust = situation.trust
    # What a client sends to a proxy in front goes no further.
    sent = situation.sent if situation.sent and arrival(situation).certificate is not None else ()

    @lru_cache(maxsize=_REMEMBERED_VERDICTS)
    def verdict(certificate: Certificate, revocation: Revocation) -> Verdict:
        # Imported here: a policy may well decide without a chain.
        from certgate.pki.chains.chain import build

        return build(
            certificate,
            trust,
            now=situation.now,
            extra=sent if certificate == situation.certificate else (),
            revocation=revocation,
            fetcher=situation.fetcher,
        )

    return verdict
