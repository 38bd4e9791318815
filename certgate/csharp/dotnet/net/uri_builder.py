"""``System.UriBuilder``."""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.net import uri, uri_text
from certgate.csharp.dotnet.net.uri import UriValue
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_size
from certgate.csharp.types import define
from certgate.csharp.values import NetObject

BUILDER = define(
    "System.UriBuilder",
    known="Equals Fragment GetHashCode GetType Host Password Path Port Query ReferenceEquals Scheme ToString Uri "
    "UserName",
)


class BuilderValue(NetObject):
    """A UriBuilder. `query` and `fragment` keep their mark; a `port` of -1 is none."""

    __slots__ = ("fragment", "host", "password", "path", "port", "query", "scheme", "user")

    net_type = BUILDER.type

    def __init__(self, scheme: str = "http", host: str = "localhost") -> None:
        self.scheme = scheme
        self.host = host
        self.port = -1
        self.path = "/"
        self.query = self.fragment = self.user = self.password = ""

    def to_text(self) -> str:
        """UriFormatException for a password without a user."""
        if not self.user and self.password:
            raise faults.thrown(
                "System.UriFormatException", "Invalid URI: The username:password construct is badly formed."
            )
        made = ""
        if self.scheme:
            made = self.scheme + ("://" if self._has_authority() else ":")
        if self.user:
            made += self.user + (f":{self.password}" if self.password else "") + "@"
        made += self.host
        if self.port != -1 and self.host:
            made += f":{self.port}"
        if self.path:
            made += ("/" if self.host and not self.path.startswith("/") else "") + self.path
        return made + self.query + self.fragment

    def _has_authority(self) -> bool:
        return bool(self.host) or self.scheme in (*uri_text.PORTS, "file")

    def uri(self) -> UriValue:
        return uri.create(self.to_text(), 1)

    def net_equals(self, other: object) -> bool:
        return isinstance(other, BuilderValue) and self.uri().net_equals(other.uri())


def _of(value: UriValue) -> BuilderValue:
    parts = value.absolute()
    made = BuilderValue(parts.scheme, parts.host)
    made.port = parts.port
    made.path, made.query, made.fragment = parts.path, parts.query, parts.fragment
    made.user, _, made.password = parts.user.partition(":")
    return made


@BUILDER.constructor("UriBuilder()")
def create() -> BuilderValue:
    return BuilderValue()


@BUILDER.constructor("UriBuilder(string uri)")
def create_of_text(text: str | None) -> BuilderValue:
    found = uri.create(text, 0)
    return _of(found if found.parts is not None else uri.create(f"http://{text}", 1))


@BUILDER.constructor("UriBuilder(System.Uri uri)")
def create_of(value: UriValue | None) -> BuilderValue:
    if value is None:
        raise faults.argument_null("uri")
    return _of(value)


@BUILDER.constructor("UriBuilder(string schemeName, string hostName)")
def create_host(scheme: str | None, host: str | None) -> BuilderValue:
    made = BuilderValue()
    set_scheme(made, scheme)
    set_host(made, host)
    return made


@BUILDER.constructor("UriBuilder(string scheme, string host, int portNumber)")
def create_port(scheme: str | None, host: str | None, port: int) -> BuilderValue:
    made = create_host(scheme, host)
    set_port(made, port)
    return made


@BUILDER.constructor("UriBuilder(string scheme, string host, int port, string pathValue)")
def create_path(scheme: str | None, host: str | None, port: int, path: str | None) -> BuilderValue:
    made = create_port(scheme, host, port)
    set_path(made, path)
    return made


@BUILDER.constructor("UriBuilder(string scheme, string host, int port, string path, string extraValue)")
def create_extra(scheme: str | None, host: str | None, port: int, path: str | None, extra: str | None) -> BuilderValue:
    made = create_path(scheme, host, port, path)
    if not extra:
        return made
    if extra[0] not in "?#":
        raise faults.argument("Extra portion of URI not valid.", "extraValue")
    query, mark, fragment = extra.partition("#")
    made.query = query if len(query) > 1 else ""
    made.fragment = mark + fragment if fragment else ""
    return made


def set_scheme(self: BuilderValue, value: str | None) -> None:
    text = (value or "").partition(":")[0]
    if text and not uri.check_scheme_name(text):
        raise faults.argument("Invalid URI: The URI scheme is not valid.", "value")
    self.scheme = text.lower()


def set_host(self: BuilderValue, value: str | None) -> None:
    text = value or ""
    self.host = f"[{text}]" if ":" in text and not text.startswith("[") else text


def set_port(self: BuilderValue, value: int) -> None:
    if not -1 <= value <= 65535:
        raise faults.not_valid("value")
    self.port = value


def set_path(self: BuilderValue, value: str | None) -> None:
    """Escaped as far as a path must be."""
    text = (value or "").replace("\\", "/")
    charge_size(len(text))
    self.path = uri_text.escape_path(text) if text else "/"


def set_query(self: BuilderValue, value: str | None) -> None:
    self.query = f"?{value}" if value and not value.startswith("?") else value or ""


def set_fragment(self: BuilderValue, value: str | None) -> None:
    self.fragment = f"#{value}" if value and not value.startswith("#") else value or ""


def _declare(name: str, slot: str, setter: Any, kind: str = "string") -> None:
    BUILDER.property(f"{kind} {name} {{ get; set; }}")(lambda self: getattr(self, slot)).set(setter)


def _plain(slot: str) -> Any:
    return lambda self, value: setattr(self, slot, value or "")


_declare("Scheme", "scheme", set_scheme)
_declare("Host", "host", set_host)
_declare("Port", "port", set_port, "int")
_declare("Path", "path", set_path)
_declare("Query", "query", set_query)
_declare("Fragment", "fragment", set_fragment)
_declare("UserName", "user", _plain("user"))
_declare("Password", "password", _plain("password"))


@BUILDER.property("System.Uri Uri")
def get_uri(self: BuilderValue) -> UriValue:
    return self.uri()


@BUILDER.method("string ToString()")
def to_string(self: BuilderValue) -> str:
    return self.to_text()


@BUILDER.method("bool Equals(object rparam)")
def equals(self: BuilderValue, other: Any) -> bool:
    return self.net_equals(other)


BUILDER.signatures("int GetHashCode()")
