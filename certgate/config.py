"""``certgate.toml``: the standing settings of a run. Reads and checks them; options of the command line win over them.

Knows the names and types of keys, not what the gateway makes of them. Environment variables are handed in.
"""

from __future__ import annotations

import os
import re
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError, UsageError
from certgate.core.finding import Finding
from certgate.core.registry import did_you_mean
from certgate.core.source import Place, Source, Text
from certgate.core.value import field, field_names, frozen, replace

if TYPE_CHECKING:
    import tomllib
    from collections.abc import Callable, Mapping

NAME = "certgate.toml"
SCOPES = ("global", "workspace", "product", "api", "operation")
MAX_SECONDS = 3600
"""The longest time-out of a fetch that may be asked for."""


@frozen
class UploadedFile:
    """A file of ``[certificates]`` and the password that opens it. SECURITY: the password is in no ``repr``.

    `previous` and `rotated`: the file of the version before it, and when Key Vault made the new one.
    """

    file: str
    password: str | None = field(default=None, repr=False)
    previous: str | None = None
    rotated: datetime | None = None


@frozen
class NamedValueText:
    """The text of a named value. SECURITY: in no ``repr``, since it may be secret."""

    text: str = field(repr=False)
    secret: bool = False


@frozen
class Settings:
    """All settings of a run: what the file says, overlaid with options. None or empty: not given anywhere.

    Paths are as a user would type them from the working directory.
    """

    file: str | None = None
    tier: str | None = None
    negotiate: bool | None = None
    http: str | None = None
    tls: str | None = None
    behind: str | None = None
    client_renegotiation: bool | None = None
    legacy_renegotiation: bool | None = None
    default_host_negotiates: bool | None = None
    test_console: bool | None = None
    untrusted: tuple[str, ...] = ()
    timezone: str | None = None
    revocation: str | None = None
    system_roots: bool | None = None
    unrestricted: bool | None = None
    trust: tuple[str, ...] = ()
    root: tuple[str, ...] = ()
    intermediate: tuple[str, ...] = ()
    crl: tuple[str, ...] = ()
    hosts: Mapping[str, bool] = field(default_factory=dict)
    certificates: Mapping[str, UploadedFile] = field(default_factory=dict)
    named_values: Mapping[str, NamedValueText] = field(default_factory=dict)
    fragments: Mapping[str, str] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)
    context_file: str | None = None
    context: Mapping[str, object] = field(default_factory=dict)
    method: str | None = None
    url: str | None = None
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: str | None = None
    ip: str | None = None
    backend_url: str | None = None
    backend_response: str | None = None
    backends: Mapping[str, str] = field(default_factory=dict)
    schemas: Mapping[str, str] = field(default_factory=dict)
    definition: str | None = None
    online: bool | None = None
    responses: str | None = None
    timeout: float | None = None
    max_size: int | None = None
    allow_private_network: bool | None = None

    def overlaid(self, options: Settings) -> Settings:
        """These settings with every option that is given: maps are merged key by key, all else is replaced."""
        changes: dict[str, Any] = {}
        for name in field_names(self):
            given, standing = getattr(options, name), getattr(self, name)
            if isinstance(given, dict):
                changes[name] = {**standing, **given}
            elif given is not None and given != ():
                changes[name] = given
        return replace(self, **changes)


def find(folder: Path) -> Path | None:
    """The ``certgate.toml`` of a folder or the nearest one above it."""
    here = folder.absolute()
    for candidate in (here, *here.parents):
        if (candidate / NAME).is_file():
            return candidate / NAME
    return None


def load(path: Path, environment: Mapping[str, str], working_folder: Path) -> Settings:
    """Read a ``certgate.toml``. Raises UsageError with all faults of the file; InputError when it cannot be read."""
    name = _shown(path, working_folder)
    try:
        text = Source(name, Source.read(working_folder / path).data).decode()
    except InputError as error:
        raise UsageError(error.message, code=error.code, place=Place(name)) from None
    import tomllib

    try:
        document = tomllib.loads(text.text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(text, error) from None
    reader = _Reader(text, environment, working_folder / path.parent, working_folder)
    settings = reader.settings(document)
    if reader.problems:
        raise UsageError.of(reader.problems)
    return settings


def first_line(source: Source) -> str:
    """The first line of a file without its end: a password. Raises InputError ``not-text``."""
    return source.decode().text.split("\n", 1)[0].rstrip("\r")


def _shown(path: Path, working_folder: Path) -> str:
    """The path as one would type it from the working folder: relative where that is possible."""
    absolute = Path(os.path.normpath(working_folder / path))
    try:
        return os.path.relpath(absolute, working_folder)
    except ValueError:  # another drive on Windows
        return str(absolute)


def _syntax_error(text: Text, error: tomllib.TOMLDecodeError) -> UsageError:
    message = str(error)
    where = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    place = Place(text.name)
    if where and where[1]:
        line, column = int(where[1]), int(where[2])
        place = Place(text.name, line, column, line, column + 1, text.line(line))
    message = message[: where.start()] if where else message
    return UsageError(f"is not TOML: {message}", code="config-syntax", place=place)


class _Wrong(Exception):
    """A value is of the wrong type; the message says which would be right."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Wrong("text in quotes")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("true or false")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _Wrong("a list of texts")
    return tuple(value)


def _seconds(value: object) -> float:
    # Also refuses NaN, of which every comparison is false.
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MAX_SECONDS:
        raise _Wrong(f"a number of seconds above 0 and at most {MAX_SECONDS}")
    return float(value)


def _size(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise _Wrong("a number of bytes above 0")
    return value


def _moment(value: object) -> datetime:
    """A time of TOML, or ISO 8601 as text; UTC where it has no offset."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise _Wrong("a time") from None
    if not isinstance(value, datetime):
        raise _Wrong("a time")
    return value


def _headers(value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise _Wrong("a table of header names and values")
    return {name: _texts(texts) for name, texts in value.items()}


_KEYS: dict[str, dict[str, tuple[str, Callable[[object], object]]]] = {
    "gateway": {
        "tier": ("tier", _text),
        "negotiate": ("negotiate", _flag),
        "http": ("http", _text),
        "tls": ("tls", _text),
        "behind": ("behind", _text),
        "client-renegotiation": ("client_renegotiation", _flag),
        "legacy-renegotiation": ("legacy_renegotiation", _flag),
        "default-host-negotiates": ("default_host_negotiates", _flag),
        "test-console": ("test_console", _flag),
        "untrusted": ("untrusted", _texts),
        "timezone": ("timezone", _text),
        "revocation": ("revocation", _text),
        "system-roots": ("system_roots", _flag),
        "unrestricted": ("unrestricted", _flag),
        "trust": ("trust", _texts),
        "root": ("root", _texts),
        "intermediate": ("intermediate", _texts),
        "crl": ("crl", _texts),
    },
    "request": {
        "method": ("method", _text),
        "url": ("url", _text),
        "headers": ("headers", _headers),
        "body": ("body", _text),
        "ip": ("ip", _text),
    },
    "backend": {"url": ("backend_url", _text), "response": ("backend_response", _text)},
    "api": {"definition": ("definition", _text)},
    "network": {
        "online": ("online", _flag),
        "responses": ("responses", _text),
        "timeout": ("timeout", _seconds),
        "max-size": ("max_size", _size),
        "allow-private-network": ("allow_private_network", _flag),
    },
}
"""Tables with fixed keys: key -> the member of Settings and how its value is read."""
_FILES = {"trust", "root", "intermediate", "crl", "body", "backend_response", "responses", "context_file", "definition"}
"""Members of Settings that hold paths, relative to the file."""


class _Reader:
    """Walks a document, collecting problems with their places instead of stopping at the first."""

    def __init__(self, text: Text, environment: Mapping[str, str], folder: Path, working_folder: Path) -> None:
        self.text = text
        self.environment = environment
        self.folder = folder
        self.working_folder = working_folder
        self.problems: list[Finding] = []
        self.found: dict[str, Any] = {"file": text.name}

    def settings(self, document: Mapping[str, object]) -> Settings:
        readers: dict[str, Callable[[Mapping[str, object]], None]] = {
            **{table: partial(self.fixed, table) for table in _KEYS},
            "hosts": self.hosts,
            "certificates": self.certificates,
            "named-values": self.named_values,
            "fragments": partial(self.named_files, "fragments", None),
            "policies": partial(self.named_files, "policies", SCOPES),
            "schemas": partial(self.named_files, "schemas", None),
            "backends": self.backends,
            "context": self.context,
        }
        for name, content in document.items():
            if name not in readers:
                self.unknown("", name, readers)
            elif not isinstance(content, dict):
                self.problem("", name, f"'{name}' is a table: write [{name}]", "config-type")
            else:
                readers[name](content)
        return Settings(**self.found)

    def fixed(self, table: str, content: Mapping[str, object]) -> None:
        for key, value in content.items():
            if key not in _KEYS[table]:
                self.unknown(table, key, _KEYS[table])
                continue
            member, read = _KEYS[table][key]
            self.read(table, key, value, read, member)

    def read(self, table: str, key: str, value: object, read: Callable[[object], object], member: str) -> None:
        try:
            self.found[member] = self.placed(member, read(value))
        except _Wrong as wrong:
            self.problem(table, key, f"'{key}' must be {wrong}", "config-type")

    def path(self, name: str) -> str:
        """A path of the file as one would type it from the working folder."""
        return _shown(self.folder / name, self.working_folder)

    def placed(self, member: str, value: Any) -> object:
        """A value as it is kept: the paths in it made relative to the working folder."""
        if member not in _FILES:
            return value
        return self.path(value) if isinstance(value, str) else tuple(map(self.path, value))

    def hosts(self, content: Mapping[str, object]) -> None:
        hosts: dict[str, bool] = {}
        for host, settings in content.items():
            for key in self.table("hosts", host, settings, ("negotiate",)):
                try:
                    hosts[host] = _flag(key[1])
                except _Wrong as wrong:
                    self.problem(f'hosts."{host}"', key[0], f"'negotiate' must be {wrong}", "config-type")
        self.found["hosts"] = hosts

    def certificates(self, content: Mapping[str, object]) -> None:
        uploaded: dict[str, UploadedFile] = {}
        for identifier, value in content.items():
            keys = ("file", "password-env", "password-file", "previous", "rotated")
            parts = dict(self.table("certificates", identifier, value, keys, "file"))
            password = self.password("certificates", identifier, parts)
            if isinstance(parts.get("file"), str):
                versions = self.rotation(identifier, parts)
                uploaded[identifier] = UploadedFile(self.path(str(parts["file"])), password, *versions)
            elif isinstance(value, dict):
                self.problem("certificates", identifier, f"'{identifier}' needs a file", "config-type")
        self.found["certificates"] = uploaded

    def rotation(self, identifier: str, parts: Mapping[str, object]) -> tuple[str | None, datetime | None]:
        """The file of the version before, and when the new one came: both or neither."""
        previous, rotated = parts.get("previous"), parts.get("rotated")
        if previous is None and rotated is None:
            return None, None
        try:
            return self.path(_text(previous)), _moment(rotated)
        except _Wrong:
            message = f"'{identifier}' needs both: previous, a file, and rotated, a time such as 2026-03-01T10:00:00Z"
            self.problem("certificates", identifier, message, "config-type")
        return None, None

    def password(self, table: str, key: str, parts: Mapping[str, object]) -> str | None:
        if "password-env" in parts:
            return self.variable(table, key, parts["password-env"])
        if isinstance(parts.get("password-file"), str):
            return first_line(Source.read(self.folder / str(parts["password-file"])))
        return None

    def named_values(self, content: Mapping[str, object]) -> None:
        values: dict[str, NamedValueText] = {}
        for name, value in content.items():
            parts = dict(self.table("named-values", name, value, ("value", "env", "secret"), "value"))
            text = self.variable("named-values", name, parts["env"]) if "env" in parts else parts.get("value")
            secret = parts.get("secret", False)
            if not isinstance(secret, bool):
                self.problem("named-values", name, "'secret' must be true or false", "config-type")
            elif isinstance(text, str):
                values[name] = NamedValueText(text, secret)
            elif "env" not in parts:
                self.problem("named-values", name, f"'{name}' must be text, or have value or env", "config-type")
        self.found["named_values"] = values

    def variable(self, table: str, key: str, name: object) -> str | None:
        value = self.environment.get(name) if isinstance(name, str) else None
        if value is None:
            self.problem(table, key, f"the environment variable {name} is not set", "environment-unset")
        return value

    def named_files(self, table: str, allowed: tuple[str, ...] | None, content: Mapping[str, object]) -> None:
        named: dict[str, str] = {}
        for key, value in content.items():
            if allowed is not None and key not in allowed:
                self.unknown(table, key, allowed)
            elif isinstance(value, str):
                named[key] = self.path(value)
            else:
                self.problem(table, key, f"'{key}' must be a file name in quotes", "config-type")
        self.found[table] = named

    def backends(self, content: Mapping[str, object]) -> None:
        for key, value in content.items():
            if not isinstance(value, str):
                self.problem("backends", key, f"'{key}' must be an address in quotes", "config-type")
        self.found["backends"] = {key: value for key, value in content.items() if isinstance(value, str)}

    def context(self, content: Mapping[str, object]) -> None:
        parts = dict(content)
        if "file" in parts:
            self.read("context", "file", parts.pop("file"), _text, "context_file")
        self.found["context"] = parts

    def table(
        self, table: str, key: str, value: object, allowed: tuple[str, ...], short: str | None = None
    ) -> list[tuple[str, object]]:
        """The entries of an inner table; a plain text stands for its `short` key."""
        if isinstance(value, str) and short:
            return [(short, value)]
        if not isinstance(value, dict):
            self.problem(table, key, f"'{key}' must be {'text or ' if short else ''}a table", "config-type")
            return []
        for inner in value:
            if inner not in allowed:
                self.unknown(f"{table}.{key}", inner, allowed, at=(table, key))
        return [(inner, content) for inner, content in value.items() if inner in allowed]

    def unknown(
        self, table: str, key: str, known: Mapping[str, object] | tuple[str, ...], at: tuple[str, str] | None = None
    ) -> None:
        where = f" in [{table}]" if table else ""
        hint = did_you_mean(key, known) or f"known are {', '.join(known)}"
        named, at_key = at or (table, key)
        self.problem(named, at_key, f"unknown key '{key}'{where}", "config-unknown-key", hint)

    def problem(self, table: str, key: str, message: str, code: str, hint: str | None = None) -> None:
        place = _place(self.text, table, key)
        if table in {"certificates", "named-values"}:
            # SECURITY: a line of these tables may hold a password or a secret.
            place = replace(place, source_line=None)
        self.problems.append(Finding(code, message, place, hint=hint))


def _place(text: Text, table: str, key: str) -> Place:
    """Where a key is written: the TOML reader does not say, so its line is looked for under its table's header."""
    wanted = re.compile(rf"^\s*(?:\[\s*)?(?:[\w.-]+\.)?([\"']?){re.escape(key or table)}\1\s*(?:[=\].]|$)")
    current, offset = "", 0
    for line in text.text.splitlines(keepends=True):
        header = re.match(r"^\s*\[\s*([^\]]+?)\s*\]", line)
        if header:
            current = header[1]
        match = wanted.match(line)
        if match and (header or not table or current.split(".")[0] == table.split(".")[0]):
            start = offset + match.group().index(key or table)
            return text.span(start, start + len(key or table)).place()
        offset += len(line)
    return Place(text.name)
