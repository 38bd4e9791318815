"""URIs as ``System.Uri`` takes them apart and spells them. Knows http, https, ftp, ws, file and opaque schemes."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from certgate.core.value import frozen, replace
from certgate.csharp.dotnet.net import url_text

PORTS = {"http": 80, "https": 443, "ftp": 21, "ws": 80, "wss": 443}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DNS = re.compile(r"(?=.{1,253}\.?\Z)(?:[^\W_](?:[\w-]{0,61}[^\W])?|[^\W])(?:\.(?:[\w-]{0,62}[^\W]))*\.?\Z")
_PATH_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~!$&'()*+,;=:@/%[]")
_QUERY_SAFE = _PATH_SAFE | frozenset(b"?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")
_KEPT = frozenset("%#?/\\@")


class BadUri(Exception):
    """The text is no absolute URI; the message is .NET's."""


@frozen
class Parts:
    """An absolute URI, canonical. `port` is -1 where the scheme has none; `query` and `fragment` keep their mark."""

    scheme: str
    user: str = ""
    host: str = ""
    port: int = -1
    path: str = ""
    query: str = ""
    fragment: str = ""
    opaque: bool = False

    @property
    def default_port(self) -> bool:
        return self.port == PORTS.get(self.scheme, -1)

    @property
    def authority(self) -> str:
        return self.host if self.default_port else f"{self.host}:{self.port}"

    @property
    def root(self) -> str:
        """Everything before the path."""
        user = f"{self.user}@" if self.user else ""
        return f"{self.scheme}:" if self.opaque else f"{self.scheme}://{user}{self.authority}"


def is_absolute(text: str) -> bool:
    return _SCHEME.match(text.strip()) is not None or text.strip().startswith("/")


def parse(text: str) -> Parts:
    """Raises BadUri."""
    body = text.strip()
    if not body:
        raise BadUri("Invalid URI: The URI is empty.")
    found = _SCHEME.match(body)
    if found is None:
        if body.startswith("/") and not body.startswith("//"):
            return _finish(Parts("file"), body)
        raise BadUri("Invalid URI: The format of the URI could not be determined.")
    scheme, rest = found[1].lower(), body[found.end() :]
    if scheme not in PORTS and not rest.startswith("//"):
        return _opaque(scheme, rest)
    return _hierarchical(scheme, rest.replace("\\", "/") if scheme in PORTS else rest)


def _opaque(scheme: str, rest: str) -> Parts:
    body, mark, fragment = rest.partition("#")
    path, question, query = body.partition("?")
    return Parts(
        scheme,
        path=_escape(path, _PATH_SAFE),
        query=question + query,
        fragment=mark + _escape(fragment, _QUERY_SAFE),
        opaque=True,
    )


def _hierarchical(scheme: str, rest: str) -> Parts:
    if not rest.startswith("//"):
        raise BadUri("Invalid URI: The Authority/Host could not be parsed.")
    end = re.search(r"[/?#]", rest[2:])
    authority = rest[2 : 2 + end.start()] if end else rest[2:]
    user, at, host = authority.rpartition("@")
    name, port = _split_port(host)
    if not name and scheme != "file":
        raise BadUri("Invalid URI: The hostname could not be parsed.")
    number = _port(port, scheme)
    return _finish(Parts(scheme, user if at else "", canonical_host(name), number), rest[2 + len(authority) :])


def _split_port(host: str) -> tuple[str, str | None]:
    if host.startswith("["):
        name, _, tail = host.partition("]")
        return name + "]", tail[1:] if tail.startswith(":") else None
    name, colon, port = host.partition(":")
    return name, port if colon else None


def _port(text: str | None, scheme: str) -> int:
    if not text:
        return PORTS.get(scheme, -1)
    if not text.isascii() or not text.isdigit() or int(text[:8]) > 65535:
        raise BadUri("Invalid URI: Invalid port specified.")
    return int(text)


def canonical_host(name: str) -> str:
    """Lower case; IPv6 in its short form. Raises BadUri."""
    if not name:
        return ""
    kind = host_kind(name)
    if kind == "Unknown":
        raise BadUri("Invalid URI: The hostname could not be parsed.")
    if kind == "IPv6":
        return f"[{IPv6Address(name.strip('[]').partition('%')[0])}]"
    return name.lower()


def host_kind(name: str) -> str:
    """``Dns``, ``IPv4``, ``IPv6`` or ``Unknown``."""
    try:
        IPv6Address(name.removeprefix("[").removesuffix("]"))
    except AddressValueError:
        pass
    else:
        return "IPv6"
    try:
        IPv4Address(name)
    except AddressValueError:
        return "Dns" if len(name) < 254 and _DNS.match(name) else "Unknown"
    return "IPv4"


def _finish(parts: Parts, rest: str) -> Parts:
    body, mark, fragment = rest.partition("#")
    path, question, query = body.partition("?")
    path = remove_dots(_escape(path or "/", _PATH_SAFE))
    return replace(
        parts,
        path=path,
        query=question + _escape(query, _QUERY_SAFE),
        fragment=mark + _escape(fragment, _QUERY_SAFE),
    )


def _escape(text: str, safe: frozenset[int]) -> str:
    """Escape what may not stand there, and decode what need not be escaped."""
    stray = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    encoded = url_text.percent_encode(stray, safe)
    return re.sub(r"%[0-9A-Fa-f]{2}", lambda found: _plain(found[0]), encoded)


def escape_path(text: str) -> str:
    """A path with what may not stand in one escaped, question mark and hash among it."""
    return url_text.percent_encode(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), _PATH_SAFE)


def _plain(escape: str) -> str:
    char = chr(int(escape[1:], 16))
    return char if char in _UNRESERVED else escape


def remove_dots(path: str) -> str:
    """RFC 3986 section 5.2.4."""
    out: list[str] = []
    segments = path.split("/")
    for index, segment in enumerate(segments):
        last = index == len(segments) - 1
        if segment == "..":
            if len(out) > 1:
                out.pop()
            if last:
                out.append("")
        elif segment == ".":
            if last:
                out.append("")
        else:
            out.append(segment)
    return "/".join(out)


def spell(parts: Parts) -> str:
    """``AbsoluteUri``."""
    return parts.root + parts.path + parts.query + parts.fragment


def readable(parts: Parts) -> str:
    """``ToString()``: escapes decoded but for those that would change the meaning."""
    return parts.root + unescape(parts.path) + unescape(parts.query) + unescape(parts.fragment)


def unescape(text: str) -> str:
    def one(run: re.Match[str]) -> str:
        decoded = url_text.percent_decode(run[0])
        return decoded if all(char not in _KEPT and char >= " " for char in decoded) else _each(run[0])

    return re.sub(r"(?:%[0-9A-Fa-f]{2})+", one, text)


def _each(run: str) -> str:
    """Escapes in a row of which some stay as they are written."""
    pieces = re.split(r"((?:%(?:23|25|2[fF]|3[fF]|40|5[cC]|[01][0-9A-Fa-f]))+)", run)
    return "".join(piece if at % 2 else url_text.percent_decode(piece) for at, piece in enumerate(pieces))


def combine(base: Parts, relative: str) -> Parts:
    """RFC 3986 section 5.2.2. Raises BadUri."""
    text = relative.strip()
    found = _SCHEME.match(text)
    if found is not None:
        return parse(text)
    if text.startswith(("//", "\\\\")):
        return parse(f"{base.scheme}:{text}")
    if not text:
        return replace(base, fragment="")
    if text.startswith("#"):
        return replace(base, fragment="#" + _escape(text[1:], _QUERY_SAFE))
    if text.startswith("?"):
        return _finish(base, base.path + text)
    path = text.replace("\\", "/")
    return _finish(base, path if path.startswith("/") else base.path[: base.path.rfind("/") + 1] + path)
