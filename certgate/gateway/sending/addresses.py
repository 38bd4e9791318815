"""How policies change the address of a request: its path, its query, and templates of either.

Knows how text is written in an address. Does not know policies; what cannot be an address is None here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_plus

from certgate.core.errors import UsageError
from certgate.gateway.exchange import Url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")
_KEPT = "/:@!$&'()*+,;=?#[]-._~%"
"""What stands in an address as it is; of the percent sign only that of an escape."""

_PARAMETER = re.compile(r"\{\*?([^{}]+)\}")

MAX_PARAMETERS = 2000
"""SECURITY: more parameters than this are not told apart."""


def escaped(text: str) -> str:
    """`text` as it can stand in an address: escapes and delimiters stay, everything else is escaped in UTF-8."""
    parts = re.split(f"({_ESCAPE.pattern})", text)
    return "".join(part if at % 2 else quote(part.replace("%", "%25"), safe=_KEPT) for at, part in enumerate(parts))


def absolute(text: str) -> Url | None:
    """The address that `text` is, None where it is no absolute one of http or https."""
    try:
        return Url.parse(escaped(text.strip()))
    except UsageError:
        return None


def changed(url: Url, path: str, query: str) -> Url | None:
    """`url` with another path and query, each escaped where it has to be; None where it would be too long."""
    text = f"{url.scheme}://{url.authority}{escaped(path)}{'?' if query else ''}{escaped(query)}"
    try:
        return Url.parse(text)
    except UsageError:
        return None


def parameters(query: str) -> list[str]:
    """The parameters of a query as they are written, without its ``?``."""
    return [part for part in query.removeprefix("?").split("&", MAX_PARAMETERS) if part]


def name_of(parameter: str) -> str:
    """The name of a parameter as it is compared: without regard to case."""
    return unquote_plus(parameter.partition("=")[0]).lower()


def written(name: str, value: str) -> str:
    """A parameter as it stands in a query."""
    return f"{quote(name, safe='')}={quote(value, safe='')}"


def set_values(query: str, name: str, values: Sequence[str]) -> str:
    """The query with these values of a parameter where its first stood, else at the end; without any it goes."""
    wanted, result = name.lower(), []
    new = [written(name, value) for value in values]
    for part in parameters(query):
        if name_of(part) != wanted:
            result.append(part)
        elif new:
            result += new
            new = []
    return "&".join(result + new)


def append_values(query: str, name: str, values: Iterable[str]) -> str:
    return "&".join([*parameters(query), *(written(name, value) for value in values)])


def has(query: str, name: str) -> bool:
    return any(name_of(part) == name.lower() for part in parameters(query))


def without(query: str, others: str) -> list[str]:
    """The parameters of `query` whose names do not stand in `others`."""
    taken = {name_of(part) for part in parameters(others)}
    return [part for part in parameters(query) if name_of(part) not in taken]


def placeholders(template: str) -> list[str]:
    """The names of the parameters of a template, in order."""
    return _PARAMETER.findall(template)


def filled(template: str, value: Callable[[str], str]) -> str:
    """The template with the values of its parameters, escaped as a part of a path or query has to be."""
    return _PARAMETER.sub(lambda found: quote(value(found[1]), safe="/-._~"), template)


def path_below(path: str, own: str) -> str:
    """The path without the API's own in front of it, where it has that."""
    prefix = "/" + own.strip("/")
    if prefix != "/" and f"{path.lower()}/".startswith(f"{prefix.lower()}/"):
        return path[len(prefix) :]
    return path


def matches(text: str, names: Iterable[str]) -> str | None:
    """The one of `names` that is `text`: as it is written, else without regard to case."""
    every = tuple(names)
    return text if text in every else next((name for name in every if name.lower() == text.lower()), None)
