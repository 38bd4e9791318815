"""From options and ``certgate.toml`` to what the engine takes: settings, trust store, named values, request."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from certgate import config
from certgate.cli.options import Together, choice
from certgate.config import NamedValueText, Settings, UploadedFile
from certgate.core.errors import UsageError
from certgate.core.source import Source
from certgate.core.value import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.gateway.content.operation import Definition
    from certgate.gateway.content.schemas import Schema
    from certgate.gateway.exchange import Request
    from certgate.gateway.settings import Gateway
    from certgate.pki.certificate import Certificate
    from certgate.pki.stores.rotation import Rotation
    from certgate.pki.stores.trust import TrustStore
    from certgate.policy.named_values import NamedValues


_DISPLAY_NAME = re.compile(r"[A-Za-z0-9._-]+")
"""What a named value may be called, by the contract of the management API."""
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FIELD = re.compile(r"[^\r\n\0]*")
"""A header's name and value (RFC 9110 section 5)."""


def settled(file: str | None, options: Settings) -> Settings:
    """The settings of the configuration file, given or found upwards from here, with the options laid over them."""
    here = Path.cwd()
    path = Path(file) if file is not None else config.find(here)
    standing = config.load(path, os.environ, here) if path is not None else Settings()
    return standing.overlaid(options)


def given(
    trust: Sequence[str] | None,
    root: Sequence[str] | None,
    intermediate: Sequence[str] | None,
    crl: Sequence[str] | None,
    **others: Any,
) -> Settings:
    """The options of one command line as settings; `others` are members of Settings."""
    if trust and not all(trust):
        raise UsageError("--trust: an empty folder name", code="value-unknown")
    trust, root, intermediate, crl = (tuple(value or ()) for value in (trust, root, intermediate, crl))
    return Settings(trust=trust, root=root, intermediate=intermediate, crl=crl, **others)


def pairs(option: str, values: Sequence[str] | None) -> dict[str, str]:
    """``NAME=VALUE`` options as a map. Raises UsageError ``option-pair``, ``option-twice``."""
    found: dict[str, str] = {}
    for text in values or ():
        name, separator, value = text.partition("=")
        if not separator or not name:
            raise UsageError(f"{option}: '{_shown(option, text)}' is not NAME=VALUE", code="option-pair")
        if name in found:
            raise UsageError(f"{option}: '{name}' is given twice", code="option-twice")
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
        if not separator or not _TOKEN.fullmatch(name.strip()) or not _FIELD.fullmatch(value):
            raise UsageError(f"--header: '{name[:40]}' is not 'Name: value'", code="option-header")
        key = spelling.setdefault(name.strip().lower(), name.strip())
        found[key] = (*found.get(key, ()), value.strip())
    return found


def named_value_texts(values: Sequence[str] | None) -> dict[str, NamedValueText]:
    found = pairs("--named-value", values)
    for name in found:
        if not _DISPLAY_NAME.fullmatch(name):
            raise UsageError(
                f"--named-value: '{name[:60]}' cannot be a name",
                code="named-value-name",
                hint="a name has letters, digits, dots, dashes and underscores",
            )
    return {name: NamedValueText(value) for name, value in found.items()}


def reports(outputs: Sequence[str] | None, formats: Sequence[str]) -> dict[Path, str]:
    """The files of ``--output`` and their formats. Raises UsageError."""
    return {Path(file): choice("--output", name, formats) for name, file in pairs("--output", outputs).items()}


def request_options(file: str | None, **others: object) -> None:
    """``--request`` stands for the options of one request. Raises UsageError ``request-twice``."""
    given = next((name for name, value in others.items() if value), None)
    if file is not None and given is not None:
        raise UsageError(f"--request F says all of a request: leave out --{given}", code="request-twice")


def addresses(values: Sequence[str] | None) -> dict[str, str]:
    """``--backend ID=URL`` options as a map. Raises UsageError."""
    from certgate.gateway.exchange import Url

    found = pairs("--backend", values)
    for url in found.values():
        Url.parse(url)
    return found


def uploaded_files(values: Sequence[str] | None) -> dict[str, UploadedFile]:
    return {identifier: UploadedFile(file) for identifier, file in pairs("--certificate", values).items()}


def trust_store(settings: Settings, password: str | None = None) -> TrustStore:
    """All folders and single files as one store; `password` opens every PFX for which the settings name none.

    Raises InputError with everything that is wrong with the files of a folder.
    """
    from certgate.pki.stores.trust import TrustStore

    own = {name: item.password for name, item in settings.certificates.items() if item.password is not None}
    store = TrustStore(system_roots=bool(settings.system_roots))
    for folder in settings.trust:
        store = store.merged(TrustStore.load(folder, own, password=password))
    uploaded = {name: _uploaded(item, password) for name, item in settings.certificates.items()}
    return store.with_files(
        roots=map(Source.read, settings.root),
        intermediates=map(Source.read, settings.intermediate),
        crls=map(Source.read, settings.crl),
        certificates=uploaded,
    )


def _uploaded(item: UploadedFile, password: str | None) -> Certificate | Rotation:
    """An uploaded certificate, of one that was renewed both versions."""
    from certgate.pki.files.load import load
    from certgate.pki.stores.rotation import Rotation

    password = item.password or password
    newest = load(Source.read(item.file), password).leaf
    if item.previous is None or item.rotated is None:
        return newest
    return Rotation(load(Source.read(item.previous), password).leaf, newest, item.rotated)


def named_values(settings: Settings) -> NamedValues:
    from certgate.policy.named_values import NamedValue, NamedValues

    return NamedValues({name: NamedValue(item.text, item.secret) for name, item in settings.named_values.items()})


def request(settings: Settings) -> Request:
    """The request of the options and of ``[request]``, without its body. Raises UsageError; reads no file."""
    from certgate.gateway.exchange import Request

    return Request(settings.method, settings.url, settings.headers, None, settings.ip)


def with_body(request: Request, settings: Settings) -> Request:
    """The request with the body that the settings name. Raises InputError."""
    return request if settings.body is None else replace(request, body=Source.read(settings.body).data)


def fragments(settings: Settings) -> dict[str, Source]:
    """The fragments by id. Raises InputError with all files that cannot be read."""
    together, found = Together(), {}
    for name, file in settings.fragments.items():
        with together:
            found[name] = Source.read(file)
    together.check()
    return found


def gateway(settings: Settings) -> Gateway:
    """The simulated gateway of the settings, without what stands in files. Raises UsageError; reads no file."""
    from certgate.gateway.settings import Gateway

    keys = {
        name: value
        for name in (
            *("tier", "negotiate", "http", "tls", "behind"),
            *("client_renegotiation", "legacy_renegotiation", "default_host_negotiates", "test_console", "untrusted"),
            *("revocation", "timezone", "unrestricted", "backend_url"),
        )
        if (value := getattr(settings, name)) is not None
    }
    return Gateway(hosts=settings.hosts, backends=settings.backends, **keys)


def equipped(gateway: Gateway, settings: Settings, password: str | None) -> Gateway:
    """The gateway with its trust store, the context file and the backend's answers. Raises InputError."""
    from certgate.gateway.context.data import ContextData
    from certgate.gateway.sending.backend import BackendAnswers

    context_file = Source.read(settings.context_file) if settings.context_file is not None else None
    answers, definition = settings.backend_response, settings.definition
    return replace(
        gateway,
        trust=trust_store(settings, password),
        backend_response=BackendAnswers.parse(Source.read(answers)) if answers is not None else BackendAnswers(),
        context=ContextData.parse(context_file, settings.context),
        schemas=schemas(settings),
        definition=None if definition is None else _definition(definition),
    )


def schemas(settings: Settings) -> dict[str, Schema]:
    """The schemas by id. Raises InputError with all files that cannot be read."""
    together, found = Together(), {}
    for name, file in settings.schemas.items():
        from certgate.gateway.content.schemas import read

        with together:
            found[name] = read(Source.read(file), name)
    together.check()
    return found


def _definition(file: str) -> Definition:
    from certgate.gateway.content.operation import Definition

    return Definition.parse(Source.read(file))
