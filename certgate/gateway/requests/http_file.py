"""An ``.http`` or ``.rest`` file, as REST clients of editors use it: requests as they go over the wire, with ``###``
between them, comments, variables, and files as bodies.

Scripts of an editor are not run: those that look at an answer are passed over, those that make a request are refused.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.source import MAX_BYTES, Source
from certgate.core.value import field, slotted
from certgate.gateway.requests.named import MAX_REQUESTS, Field, NamedRequest, fault, headers, made
from certgate.gateway.requests.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Any

    from certgate.core.source import Place, Text
    from certgate.gateway.exchange import Request

# SECURITY: these match a line without the blanks around it: nothing in them can end at many places.
_DEFINITION = re.compile(r"@([A-Za-z_][\w.-]*)\s*=\s*(.*)")
_SETTING = re.compile(r"(?:#|//)\s*@(name|ip|at)(?:\s*=\s*|\s+)(\S.*)")
_REQUEST = re.compile(r"(?:([A-Za-z][A-Za-z-]*)\s+)?(\S.*)")
_VERSION = re.compile(r"HTTP/[0-9.]{1,5}", re.IGNORECASE)
_INCLUDE = re.compile(r"<(@(?:[A-Za-z][\w-]*)?)?\s+(\S.*)")
_METHODS = (
    *("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "LOCK", "UNLOCK", "PROPFIND"),
    *("PROPPATCH", "COPY", "MOVE", "MKCOL", "MKCALENDAR", "ACL", "SEARCH", "QUERY"),
)
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_ANSWER = re.compile(r"(>|<>)\s")
"""Begins what an editor does with the answer."""
_FORM = "application/x-www-form-urlencoded"

Line = tuple[int, str]
"""Where a line begins, and its text."""


@slotted
class _Block:
    """The lines of one request; `name` is what stands behind its ``###``."""

    name: str | None = None
    lines: list[Line] = field(default_factory=list)


def read(text: Text, now: datetime) -> list[NamedRequest]:
    """All requests of a file, in order. Raises InputError with the line of what is wrong."""
    variables = Variables(now)
    blocks = _blocks(text, variables)
    reader = _Reader(text, variables)
    return [found for block in blocks if (found := reader.request(block)) is not None]


def _blocks(text: Text, variables: Variables) -> list[_Block]:
    """The file cut at its separators, its definitions taken out."""
    blocks, started = [_Block()], False
    for match in _LINE.finditer(text.text):
        line = match[1]
        if line.startswith("###"):
            blocks.append(_Block(line.lstrip("#").strip() or None))
            started = False
            if len(blocks) > MAX_REQUESTS + 1:
                raise fault(f"holds more than {MAX_REQUESTS} requests", _place(text, (match.start(), line)))
        elif not started and (found := _DEFINITION.fullmatch(line.strip())):
            variables.define(found[1], found[2])
        else:
            started = started or bool(line.strip() and not _comment(line))
            blocks[-1].lines.append((match.start(), line))
    return blocks


def _comment(line: str) -> bool:
    return line.lstrip().startswith(("#", "//"))


def _place(text: Text, line: Line) -> Place:
    at, content = line
    lead = len(content) - len(content.lstrip())
    return text.span(at + lead, at + max(lead + 1, len(content.rstrip()))).place()


class _Reader:
    """Reads the blocks of one file."""

    def __init__(self, text: Text, variables: Variables) -> None:
        self.text = text
        self.variables = variables
        self.included = 0

    def fault(self, message: str, line: Line, hint: str | None = None) -> InputError:
        return fault(message, _place(self.text, line), hint)

    def filled(self, line: Line) -> str:
        # Its place takes longer to find than most lines to read.
        return line[1] if "{{" not in line[1] else self.variables.filled(line[1], _place(self.text, line))

    def request(self, block: _Block) -> NamedRequest | None:
        """The request of a block; None for one that holds nothing but comments."""
        settings: dict[str, Line] = {}
        start = next((at for at, line in enumerate(block.lines) if line[1].strip() and not _comment(line[1])), None)
        if start is None:
            return None
        for line in block.lines[:start]:
            if found := _SETTING.fullmatch(line[1].strip()):
                settings[found[1]] = (line[0], found[2])
        lines = block.lines[start:]
        if lines[0][1].lstrip().startswith("<"):
            raise self.fault("certgate runs no scripts of an editor", lines[0])
        named = settings.pop("name", None)
        return NamedRequest(self._made(lines, settings), named[1] if named else block.name)

    def _made(self, lines: list[Line], settings: dict[str, Line]) -> Request:
        method, target, rest = self._target(lines)
        fields, body = _parted(rest)
        pairs = list(self._fields(fields, settings))
        found = headers(pairs)
        url = self._absolute(target, found, lines[0])

        def place(part: str) -> Place:
            return _place(self.text, settings.get(part, lines[0]))

        given: dict[str, Any] = {part: self.filled(line) for part, line in settings.items()}
        kind = next((values[0] for name, values in found.items() if name.lower() == "content-type"), "")
        content = self._body(body, kind.lower())
        return made(place, method=method, url=url, headers=found, body=content, **given)

    def _target(self, lines: list[Line]) -> tuple[str, str, list[Line]]:
        """Method and address, which may go on over lines that begin with ``?`` or ``&``, and the lines after them."""
        first = (lines[0][0], self.filled(lines[0]))
        if first[1].lstrip().lower().startswith("curl "):
            hint = "write it as it goes over the wire: GET https://..., then headers"
            raise self.fault("certgate reads no curl commands", lines[0], hint)
        found = _REQUEST.fullmatch(first[1].strip())
        if found is None:
            raise self.fault("must be a request: METHOD ADDRESS", lines[0])
        method, target = (found[1] or "GET"), _unversioned(found[2])
        if " " in target and method.upper() not in _METHODS:
            raise self.fault("must be a request: METHOD ADDRESS", lines[0])
        at = 1
        while at < len(lines):
            line = lines[at][1].strip()
            if line.startswith(("?", "&")):
                target += self.filled(lines[at]).strip()
            elif not (_comment(line) and line):
                break
            at += 1
        if method.upper() in _METHODS:
            method = method.upper()
        return method, _unversioned(target), lines[at:]

    def _fields(self, lines: list[Line], settings: dict[str, Line]) -> Iterator[Field]:
        for line in lines:
            if found := _SETTING.fullmatch(line[1].strip()):
                settings.setdefault(found[1], (line[0], found[2]))
            if _comment(line[1]):
                continue
            name, colon, value = self.filled(line).partition(":")
            if not colon:
                hint = "an empty line stands between the headers and the body"
                raise self.fault("must be a header: Name: value", line, hint)
            yield name.strip(), value.strip(), partial(_place, self.text, line)

    def _absolute(self, target: str, found: dict[str, tuple[str, ...]], line: Line) -> str:
        """The address. A path belongs to the host of the headers, and is asked by TLS; blanks are encoded."""
        url = target.split("#", 1)[0].replace(" ", "%20")
        if "://" in url:
            return url
        host = next((values[0] for name, values in found.items() if name.lower() == "host"), None)
        if url.startswith("/") and host is not None:
            return f"https://{host}{url}"
        if url.startswith("/") or url == "*":
            raise self.fault("a path needs a Host header, or write the whole address", line)
        return f"https://{url}"

    def _body(self, lines: list[Line], kind: str) -> bytes | None:
        pieces: list[bytes] = []
        for line in lines:
            text = line[1]
            if found := _INCLUDE.fullmatch(text.rstrip()):
                if found[2].startswith("{%"):
                    raise self.fault("certgate runs no scripts of an editor", line)
                pieces.append(self._file(found[2], found[1], line))
            else:
                pieces.append(self.filled(line).encode("utf-8", "surrogatepass"))
        if kind.startswith(_FORM):
            # Editors let a form go on over lines that begin with &.
            joined = (piece if piece.startswith(b"&") else b"\n" + piece for piece in pieces)
            return b"".join(joined).removeprefix(b"\n") or None
        return (b"\r\n" if kind.startswith("multipart/") else b"\n").join(pieces) or None

    def _file(self, name: str, how: str | None, line: Line) -> bytes:
        """What a file holds that a body names, relative to the request file; with ``<@`` variables are filled in."""
        place = _place(self.text, line)
        path = Path(self.text.name).parent / self.variables.filled(name, place)
        if not _at_hand(path, Path(self.text.name).parent):
            hint = "it may stand below the folder of the request file, or below the one that certgate runs in"
            raise fault(f"{path}: certgate reads no body from there", place, hint)
        try:
            data = Source.read(path).data
        except InputError as error:
            raise fault(f"{path}: {error.message}", place) from None
        self.included += len(data)
        if self.included > MAX_BYTES:
            raise self.fault("the files that it includes are too large together", line)
        if how is None:
            return data
        try:
            return self.variables.filled(data.decode(how[1:] or "utf-8"), place).encode("utf-8", "surrogatepass")
        except (UnicodeError, LookupError):
            raise self.fault(f"{path}: is not text in {how[1:] or 'utf-8'}", line) from None


def _at_hand(path: Path, folder: Path) -> bool:
    """Whether a file stands below the folder of the request file, or below the one that certgate runs in.

    SECURITY: a request file may come from anywhere, and what it includes is shown; links are followed first.
    """
    try:
        found = path.resolve()
        return any(found.is_relative_to(each.resolve()) for each in (folder, Path()))
    except (OSError, RuntimeError, ValueError):
        return False


def _unversioned(target: str) -> str:
    """An address without the version of HTTP behind it."""
    address, blank, version = target.rpartition(" ")
    return address.rstrip() if blank and _VERSION.fullmatch(version) else target


def _parted(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Headers and body: the body begins behind the first empty line, and ends before what looks at the answer."""
    end = next((at for at, line in enumerate(lines) if not line[1].strip()), len(lines))
    body = lines[end + 1 :]
    stop = next((at for at, line in enumerate(body) if _ANSWER.match(line[1])), len(body))
    body = body[:stop]
    while body and not body[-1][1].strip():
        body.pop()
    return [line for line in lines[:end] if not _ANSWER.match(line[1])], body
