"""Variables of an ``.http`` file: ``@name = value`` and ``{{name}}``, and the few that editors make up themselves.

What stands for a value that only an editor has (an answer of another request, its settings, the environment) is refused
by name. SECURITY: no environment variable is read, since a request file may come from anywhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.errors import UsageError
from certgate.core.registry import did_you_mean
from certgate.core.world import moment
from certgate.gateway.requests.named import fault

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.core.source import Place

MAX_LENGTH = 1024 * 1024
"""Characters. SECURITY: variables that hold each other twice grow without end."""
MAX_DEPTH = 16
MAX_USES = 100_000
"""SECURITY: the most variables that are filled in in one file, those inside of others counted."""

_USE = re.compile(r"\{\{([^{}]*)\}\}")
_OFFSET = re.compile(r"([+-]?[0-9]{1,6}) +(s|m|h|d|w|y)")
_KNOWN = "$timestamp, $datetime iso8601|rfc1123, $guid, $randomInt MIN MAX"


class Variables:
    """The variables of a file. Editors take a definition from anywhere in it, and of several the last."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._texts: dict[str, str] = {}
        self._drawn = 0
        self._used = 0

    def define(self, name: str, text: str) -> None:
        self._texts[name] = text

    def filled(self, text: str, place: Place) -> str:
        """`text` with every ``{{name}}`` replaced. Raises InputError for one that has no value."""
        return self._filled(text, place, 0)

    def _filled(self, text: str, place: Place, depth: int) -> str:
        if "{{" not in text:
            return text
        if depth > MAX_DEPTH:
            raise fault("the variables hold each other", place)
        parts, at, length = [], 0, 0
        for use in _USE.finditer(text):
            self._used += 1
            if self._used > MAX_USES:
                raise fault(f"more than {MAX_USES} variables are filled in", place)
            value = self._value(use[1].strip(), place, depth)
            parts += [text[at : use.start()], value]
            length += use.start() - at + len(value)
            if length > MAX_LENGTH:
                raise fault(f"its variables make more than {MAX_LENGTH} characters of it", place)
            at = use.end()
        return "".join([*parts, text[at:]])

    def _value(self, name: str, place: Place, depth: int) -> str:
        if name in self._texts:
            return self._filled(self._texts[name], place, depth + 1)
        # Editors write {{%name}} for a value that is to be percent-encoded.
        if name.startswith("%") and name[1:] in self._texts:
            from urllib.parse import quote

            return quote(self._filled(self._texts[name[1:]], place, depth + 1), safe="")
        if name.startswith("$"):
            return self._made_up(name, place)
        hint = did_you_mean(name, self._texts) or f"define it in the file: @{name} = VALUE"
        if ".response." in name or ".request." in name:
            hint = "certgate takes no value from the answer of another request"
        raise fault(f"the variable '{name}' has no value", place, hint)

    def _made_up(self, name: str, place: Place) -> str:
        """A value that the editor would make: of the moment, or a random one, the same in each run."""
        kind, _, rest = name.partition(" ")
        try:
            match kind:
                case "$timestamp":
                    return str(int(self._moment(rest).timestamp()))
                case "$isoTimestamp":
                    return self._moment(rest).strftime("%Y-%m-%dT%H:%M:%S.000Z")
                case "$datetime":
                    return self._date(rest)
                case "$guid" | "$uuid" | "$random.uuid":
                    return self._guid()
                case "$randomInt" | "$random.integer":
                    return self._number(rest)
        except (ValueError, OverflowError, UsageError):
            pass
        hint = f"certgate knows {_KNOWN}; define a variable of your own: @name = VALUE"
        raise fault(f"certgate makes no value for '{name}'", place, hint)

    def _moment(self, offset: str) -> datetime:
        if not offset.strip():
            return self.now
        found = _OFFSET.fullmatch(offset.strip())
        if found is None:
            raise ValueError
        count = found[1] if found[1][0] in "+-" else f"+{found[1]}"
        return moment(f"{count}{found[2]}", self.now)

    def _date(self, rest: str) -> str:
        form, _, offset = rest.strip().partition(" ")
        at = self._moment(offset)
        if form == "iso8601":
            return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        if form != "rfc1123":
            raise ValueError
        from email.utils import format_datetime

        return format_datetime(at, usegmt=True)

    def _guid(self) -> str:
        import uuid

        return str(uuid.UUID(bytes=self._draw()[:16], version=4))

    def _number(self, rest: str) -> str:
        low, high = map(int, re.findall(r"-?[0-9]{1,12}", rest) or ("0", "1000"))
        if high <= low:
            raise ValueError
        return str(low + int.from_bytes(self._draw()[:8], "big") % (high - low))

    def _draw(self) -> bytes:
        """The next bytes that look random."""
        import hashlib

        self._drawn += 1
        return hashlib.sha256(f"{self.now.isoformat()} {self._drawn}".encode()).digest()
