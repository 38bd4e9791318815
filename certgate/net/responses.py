"""Recorded answers: the JSON of ``--responses`` read, looked up and written.

Shape: ``{"http://host/path": {"status", "reason"?, "headers"?, "body"? (base64)}}``, or ``{"error": "timeout"}`` and
``{"error": "connection"}`` for no answer at all. Follows no redirect and asks nobody.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from certgate.core.errors import InputError
from certgate.core.source import Place, Source
from certgate.net import json_members
from certgate.net.guard import SCHEMES
from certgate.net.reply import CONNECTION, TIMEOUT, Reply, Silence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import NoReturn

    from certgate.core.source import Span, Text

MAX_BYTES = 128 * 1024 * 1024
"""The largest file of recorded answers that is read: revocation lists are long, and base64 makes them longer."""

_SHOWN = 200
"""Characters of a name that a message shows."""
_KEYS = ("status", "reason", "headers", "body", "error")
_STATUSES = range(100, 1000)
_RECORDED_HEADERS = ("content-type", "location")
"""The headers that a recording keeps. SECURITY: others may hold what is nobody's business, such as cookies."""

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FIELD = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*")
"""A header's name and value (RFC 9110 section 5)."""
_HINT = 'write {"status": 200, "headers": {"Name": "value"}, "body": "base64"} or {"error": "timeout"}'

_SILENCES = {
    TIMEOUT: Silence(TIMEOUT, "it gives no answer in time, say the recorded answers"),
    CONNECTION: Silence(CONNECTION, "it cannot be reached, say the recorded answers"),
}


def read(path: str | Path) -> Responses:
    """The recorded answers of a file. Raises InputError."""
    return Responses.parse(Source.read(path, MAX_BYTES))


class Responses(Mapping[str, Reply | Silence]):
    """Recorded answers by address."""

    def __init__(self, answers: Mapping[str, Reply | Silence]) -> None:
        self._answers = dict(answers)
        self._normal = {_normal(url): url for url in reversed(self._answers)}

    @classmethod
    def parse(cls, given: Source | Mapping[str, object]) -> Responses:
        """Read JSON, or a mapping of the same shape, whose bodies may be bytes too.

        Raises InputError with a code ``responses-…``, the place and what would be right.
        """
        if isinstance(given, Responses):
            return given
        if isinstance(given, Source):
            return cls(_from_text(given.decode()))
        if not isinstance(given, Mapping):
            raise InputError(
                f"recorded answers are a mapping of addresses, not {type(given).__name__}",
                code="responses-shape",
                hint=_HINT,
            )
        return cls({url: _Reader(url, {}).answer(value) for url, value in given.items()})

    def __getitem__(self, url: str) -> Reply | Silence:
        return self._answers[url]

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)

    def find(self, url: str, *, responder: bool = False) -> Reply | Silence | None:
        """What is recorded for an address; that of an OCSP `responder` may stand there without the request at its
        end."""
        candidates = [url]
        if responder:
            base = url.rpartition("/")[0]
            candidates += [f"{base}/", base]
        for candidate in candidates:
            exact = candidate if candidate in self._answers else self._normal.get(_normal(candidate))
            if exact is not None:
                return self._answers[exact]
        return None


def _normal(url: str) -> str:
    """An address as it is asked: host in lower case, no port that is the usual one, a path, no fragment."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").lower()
    except ValueError:
        return url
    host = f"[{host}]" if ":" in host else host
    usual = port is None or port == SCHEMES.get(parts.scheme)
    return urlunsplit((parts.scheme, host if usual else f"{host}:{port}", parts.path or "/", parts.query, ""))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _from_text(text: Text) -> dict[str, Reply | Silence]:
    found: dict[str, Reply | Silence] = {}
    try:
        rows = json_members.read(text.text)
    except json_members.NotJson as error:
        place = text.span(error.at).place()
        raise InputError(f"is not JSON: {error}", code="responses-syntax", place=place, hint=_HINT) from None
    except json_members.Twice as twice:
        place = text.span(twice.at).place()
        raise InputError(f"'{_short(twice.name)}' is there twice", code="responses-duplicate", place=place) from None
    for url, at, value in rows:
        span = text.span(at)
        if not isinstance(value, tuple):
            found[url] = _Reader(url, {"": span}).answer(value)
            continue
        spans = {member.name: text.span(member.at) for member in value}
        found[url] = _Reader(url, {"": span, **spans}).answer({member.name: member.value for member in value})
    return found


class _Reader:
    """Reads one answer; every fault names the address, and the place of the member (or "", the whole) in a text."""

    def __init__(self, url: str, spans: Mapping[str, Span]) -> None:
        self.url = url
        self.spans = spans

    def fault(self, code: str, message: str, key: str = "", hint: str | None = _HINT) -> NoReturn:
        span = self.spans.get(key) or self.spans.get("")
        place = span.place() if span else Place("responses")
        raise InputError(f"'{_short(self.url)}': {message}", code=f"responses-{code}", place=place, hint=hint)

    def answer(self, value: object) -> Reply | Silence:
        self.check_url()
        if isinstance(value, Reply | Silence):
            return value
        if not isinstance(value, Mapping):
            self.fault("shape", "an answer is an object")
        for key in value:
            if key not in _KEYS:
                from certgate.core.registry import did_you_mean

                hint = did_you_mean(str(key), _KEYS) or f"the keys are {', '.join(_KEYS)}"
                self.fault("key", f"unknown key '{_short(str(key))}'", key, hint)
        if "error" in value:
            return self.silence(value)
        return Reply(
            self.status(value.get("status")),
            self.reason(value.get("reason")),
            self.headers(value.get("headers")),
            self.body(value.get("body")),
        )

    def check_url(self) -> None:
        scheme, _, rest = str(self.url).partition("://")
        if scheme.lower() not in SCHEMES or not rest or not self.url.isascii() or not self.url.isprintable():
            hint = "an address is whole and begins with http:// or https://"
            self.fault("url", "is no address", hint=hint)

    def silence(self, value: Mapping[Any, object]) -> Silence:
        error = value["error"]
        if len(value) > 1:
            self.fault("error", "an answer that is an error has nothing else", "error")
        if not isinstance(error, str) or error not in _SILENCES:
            self.fault("error", f"'error' is one of {', '.join(_SILENCES)}", "error")
        return _SILENCES[error]

    def status(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value not in _STATUSES:
            self.fault("status", f"'status' is a number from {_STATUSES[0]} to {_STATUSES[-1]}", "status")
        return value

    def reason(self, value: object) -> str:
        if value is None:
            return ""
        if not isinstance(value, str) or not _FIELD.fullmatch(value):
            self.fault("reason", "'reason' is a text of one line", "reason")
        return value

    def headers(self, value: object) -> dict[str, tuple[str, ...]]:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.fault("headers", "'headers' is an object of names and texts", "headers")
        return {self.name(name): self.texts(name, texts) for name, texts in value.items()}

    def name(self, name: object) -> str:
        if not isinstance(name, str) or not _TOKEN.fullmatch(name):
            self.fault("headers", f"'{_short(str(name))}' cannot be the name of a header", "headers")
        return name

    def texts(self, name: str, value: object) -> tuple[str, ...]:
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list | tuple) or not all(
            isinstance(text, str) and _FIELD.fullmatch(text) for text in texts
        ):
            self.fault("headers", f"the header '{_short(name)}' is a text of one line, or a list of them", "headers")
        return tuple(texts)

    def body(self, value: object) -> bytes:
        if value is None:
            return b""
        if isinstance(value, bytes):
            return value
        try:
            return base64.b64decode(value if isinstance(value, str) else "?", validate=True)
        except (binascii.Error, ValueError):
            self.fault("body", "'body' is not base64", "body", "encode the bytes in base64, on one line")


def write(answers: Iterable[tuple[str, Reply | Silence]]) -> str:
    """The JSON of these answers, in the order of their addresses; of headers only those that a replay needs."""
    rows = {url: _row(answer) for url, answer in sorted(answers, key=lambda pair: pair[0])}
    return json.dumps(rows, indent=2) + "\n"


def _row(answer: Reply | Silence) -> dict[str, object]:
    if isinstance(answer, Silence):
        return {"error": answer.error}
    row: dict[str, object] = {"status": answer.status}
    if answer.reason and _FIELD.fullmatch(answer.reason):
        row["reason"] = answer.reason
    headers = {
        name: list(values) if len(values) > 1 else values[0]
        for name, values in sorted(answer.headers.items())
        if values and name.lower() in _RECORDED_HEADERS and all(map(_FIELD.fullmatch, values))
    }
    if headers:
        row["headers"] = headers
    if answer.body:
        row["body"] = base64.b64encode(answer.body).decode()
    return row
