"""From options and ``certgate.toml`` to what the engine takes: settings, trust store, named values, request."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from certgate import config
from certgate.cli.options import choice
from certgate.config import NamedValueText, Settings, UploadedFile
from certgate.core.errors import UsageError
from certgate.core.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.gateway.exchange import Request
    from certgate.gateway.settings import Gateway
    from certgate.pki.certificate import Certificate
    from certgate.pki.trust import TrustStore
    from certgate.policy.named_values import NamedValues


def settled(file: str | None, options: Settings) -> Settings:
    """The settings of the configuration file, given or found upwards from here, with the options laid over them."""
    here = Path.cwd()
    path = Path(file) if file is not None else config.find(here)
    standing = config.load(path, os.environ, here) if path is not None else Settings()
    return standing.overlaid(options)


def pairs(option: str, values: Sequence[str] | None) -> dict[str, str]:
    """``NAME=VALUE`` options as a map. Raises UsageError ``option-pair``."""
    found: dict[str, str] = {}
    for text in values or ():
        name, separator, value = text.partition("=")
        if not separator or not name:
            raise UsageError(f"{option}: '{_shown(option, text)}' is not NAME=VALUE", code="option-pair")
        found[name] = value
    return found


def policy_files(policy: str | None, scopes: Sequence[str] | None) -> dict[str, str]:
    """The policy files by scope; ``--policy P`` is ``--scope api=P``. Raises UsageError for both and unknown scopes."""
    found = pairs("--scope", scopes)
    for scope in found:
        choice("--scope", scope, config.SCOPES)
    if policy is not None and "api" in found:
        raise UsageError("--policy P is --scope api=P: give one of them", code="policy-twice")
    return found if policy is None else {**found, "api": policy}


def _shown(option: str, text: str) -> str:
    # SECURITY: a named value may be a secret, so a malformed one is not repeated.
    return "…" if option == "--named-value" else text


def headers(values: Sequence[str] | None) -> dict[str, tuple[str, ...]]:
    """``'Name: value'`` options as a map; a name given twice has two values. Raises UsageError ``option-header``."""
    found: dict[str, tuple[str, ...]] = {}
    spelling: dict[str, str] = {}
    for text in values or ():
        name, separator, value = text.partition(":")
        if not separator or not name.strip():
            raise UsageError(f"--header: '{name[:40]}' is not 'Name: value'", code="option-header")
        key = spelling.setdefault(name.strip().lower(), name.strip())
        found[key] = (*found.get(key, ()), value.strip())
    return found


def named_value_texts(values: Sequence[str] | None) -> dict[str, NamedValueText]:
    return {name: NamedValueText(value) for name, value in pairs("--named-value", values).items()}


def uploaded_files(values: Sequence[str] | None) -> dict[str, UploadedFile]:
    return {identifier: UploadedFile(file) for identifier, file in pairs("--certificate", values).items()}


def trust_store(settings: Settings) -> TrustStore:
    """All folders and single files as one store. Raises InputError with everything that is wrong with them."""
    from certgate.pki.trust import TrustStore

    passwords = {name: item.password for name, item in settings.certificates.items() if item.password is not None}
    store = TrustStore(system_roots=bool(settings.system_roots))
    for folder in settings.trust:
        store = store.merged(TrustStore.load(folder, passwords))
    return store.with_files(
        roots=map(Source.read, settings.root),
        intermediates=map(Source.read, settings.intermediate),
        crls=map(Source.read, settings.crl),
        certificates=_uploaded(settings),
    )


def _uploaded(settings: Settings) -> dict[str, Certificate]:
    from certgate.pki.load import load

    return {name: load(Source.read(item.file), item.password).leaf for name, item in settings.certificates.items()}


def named_values(settings: Settings) -> NamedValues:
    from certgate.policy.named_values import NamedValue, NamedValues

    return NamedValues({name: NamedValue(item.text, item.secret) for name, item in settings.named_values.items()})


def request(settings: Settings) -> Request:
    """The request of the options and of ``[request]``. Raises UsageError, InputError."""
    from certgate.gateway.exchange import Request

    body = Source.read(settings.body).data if settings.body is not None else None
    return Request(settings.method, settings.url, settings.headers, body, settings.ip)


def gateway(settings: Settings) -> Gateway:
    """The simulated gateway of the settings. Raises UsageError, InputError."""
    from certgate.gateway.backend import BackendAnswers
    from certgate.gateway.context_data import ContextData
    from certgate.gateway.settings import Gateway

    context_file = Source.read(settings.context_file) if settings.context_file is not None else None
    given = {
        name: value
        for name in ("tier", "negotiate", "http", "tls", "behind", "revocation", "unrestricted", "backend_url")
        if (value := getattr(settings, name)) is not None
    }
    answers = settings.backend_response
    return Gateway(
        trust=trust_store(settings),
        hosts=settings.hosts,
        backends=settings.backends,
        backend_response=BackendAnswers.parse(Source.read(answers)) if answers is not None else BackendAnswers(),
        context=ContextData.parse(context_file, settings.context),
        **given,
    )


def refuse_network(settings: Settings) -> None:
    """certgate does not use the network yet; a configuration that asks for it is refused, never ignored."""
    asked = {"online": bool(settings.online), "responses": settings.responses is not None}
    for key, wanted in asked.items():
        if wanted:
            raise UsageError(f"[network] {key} is not simulated yet", code="not-simulated-yet")
