"""JSON text to tokens, as Newtonsoft's reader takes it: more than JSON allows, dates included, with its errors.

Positions in messages are Newtonsoft's: characters read on the line so far.
"""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import calendar, dates
from certgate.csharp.dotnet.date_values import DateTimeValue, local
from certgate.csharp.dotnet.json_tokens import (
    ArrayToken,
    BigInteger,
    ObjectToken,
    PropertyToken,
    Token,
    ValueToken,
    path_name,
)
from certgate.csharp.exceptions import ExceptionValue
from certgate.csharp.runtime import ThrownException, charge_size, charge_steps
from certgate.csharp.values import Long

if TYPE_CHECKING:
    from datetime import tzinfo

_WHITE = " \t\r\n"
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "\\": "\\", '"': '"', "'": "'", "/": "/"}
_PLAIN = {'"': re.compile(r'[^"\\\0]*+'), "'": re.compile(r"[^'\\\0]*+")}
_NUMBER = re.compile(r"[-+0-9a-fA-FxX.]+")
_WORDS: dict[str, tuple[Any, str]] = {
    "true": (True, "Boolean"),
    "false": (False, "Boolean"),
    "null": (None, "Null"),
    "undefined": (None, "Undefined"),
    "NaN": (float("nan"), "Float"),
    "Infinity": (float("inf"), "Float"),
    "-Infinity": (float("-inf"), "Float"),
}
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7})\d*)?(?:(Z)|([+-])(\d\d):?(\d\d)?)?", re.ASCII
)
_MICROSOFT = re.compile(r"/Date\((-?\d+)([+-]\d{4})?\)/")
# Dates come out of JSON, so what they can do is declared from here on.
DATES = dates.MODULES
_EPOCH = calendar.UNIX_EPOCH
_MAX_DEPTH = 64
_NAMES = {"Object": "JObject", "Array": "JArray", "": "JToken"}


def parse(text: str, wanted: str = "", zone: tzinfo = UTC, dates: bool = True) -> Token:
    """One token and nothing after it. `wanted` is ``Object``, ``Array`` or empty for any; `dates`: read dates in texts.

    JsonReaderException as a thrown exception.
    """
    charge_size(len(text))
    charge_steps(3 * len(text))
    reader = Reader(text, zone, dates)
    reader.skip()
    if reader.peek() == "":
        raise reader.fail(f"Error reading {_NAMES[wanted]} from JsonReader.")
    start = reader.peek()
    kind = {"{": "Object", "[": "Array"}.get(start, "")
    if wanted and kind != wanted:
        raise reader.unexpected(wanted)
    token = reader.value()
    reader.skip()
    if reader.peek():
        raise reader.fail(f"Additional text encountered after finished reading JSON content: {reader.peek()}.")
    return token


def read_date(text: str, zone: tzinfo) -> DateTimeValue | None:
    """The date that Newtonsoft takes a text for, None where it stays a text."""
    if text.startswith("/Date(") and (found := _MICROSOFT.fullmatch(text)):
        ticks = _EPOCH + int(found[1]) * 10_000
        if not 0 <= ticks <= calendar.MAX_TICKS:
            return None
        return local(ticks, zone) if found[2] else DateTimeValue(ticks, 1, zone)
    found = _ISO.fullmatch(text) if 19 <= len(text) <= 40 else None
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    start = calendar.date_ticks(year, month, day)
    if start is None or hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second):
        return None
    ticks = start + ((hour * 60 + minute) * 60 + second) * 10_000_000 + int((found[7] or "").ljust(7, "0"))
    if found[8]:
        return DateTimeValue(ticks, 1, zone)
    if not found[9]:
        return DateTimeValue(ticks, 0, zone)
    offset = (int(found[10]) * 60 + int(found[11] or 0)) * 600_000_000
    return local(ticks + offset if found[9] == "-" else ticks - offset, zone)


class Reader:
    def __init__(self, text: str, zone: tzinfo, dates: bool) -> None:
        self.text = text
        self.at = 0
        self.zone = zone
        self.dates = dates
        self.path: list[str | int] = []
        self._line = 1
        self._line_start = 0

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def fail(self, message: str) -> ThrownException:
        line, position = self.place()
        text = f"{message} Path '{self.path_text()}', line {line}, position {position}."
        name = "Newtonsoft.Json.JsonReaderException"
        value = ExceptionValue(name, text, LineNumber=line, LinePosition=position, Path=self.path_text())
        return ThrownException(name, text, value)

    def place(self) -> tuple[int, int]:
        """Line and position; before it has read anything, Newtonsoft's reader has no line."""
        start = max(self.text.rfind("\n", 0, self.at), self.text.rfind("\r", 0, self.at)) + 1
        if start > self._line_start:
            # A line feed right after a carriage return ends the same line.
            passed = self.text[self._line_start : start]
            self._line += passed.count("\n") + passed.count("\r") - passed.count("\r\n")
            self._line_start = start
        return (self._line if self.at else 0), self.at - start

    def path_text(self) -> str:
        parts: list[str] = []
        for part in self.path:
            parts.append(f"[{part}]" if isinstance(part, int) else path_name(part, first=not parts))
        return "".join(parts)

    def unexpected(self, wanted: str) -> ThrownException:
        """The text holds something else than an object or an array."""
        article = "an object" if wanted == "Object" else "an array"
        token = self.peek()
        kind = {"{": "StartObject", "[": "StartArray"}.get(token)
        if kind is not None:
            self.at += 1
        else:
            read = self.value()
            kind = read.kind if isinstance(read, ValueToken) else "None"
        message = f"Error reading {_NAMES[wanted]} from JsonReader. Current JsonReader item is not {article}: {kind}."
        return self.fail(message)

    def skip(self) -> None:
        """White space and comments."""
        while char := self.peek():
            if char in _WHITE or char.isspace():
                self.at += 1
            elif char == "/" and self.text[self.at + 1 : self.at + 2] == "*":
                end = self.text.find("*/", self.at + 2)
                if end < 0:
                    self.at = len(self.text)
                    raise self.fail("Unexpected end while parsing comment.")
                self.at = end + 2
            elif char == "/" and self.text[self.at + 1 : self.at + 2] == "/":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                return

    def value(self) -> Token:
        opened = self.peek() in ("{", "[")
        token = self._value()
        if not opened:
            token.place = self.place()
        return token

    def _value(self) -> Token:
        char = self.peek()
        if char in "{[" and char:
            if len(self.path) >= _MAX_DEPTH:
                self.at += 1
                raise self.fail(f"The reader's MaxDepth of {_MAX_DEPTH} has been exceeded.")
            return self._object() if char == "{" else self._array()
        if char in "\"'" and char:
            return self._text()
        for word, (value, kind) in _WORDS.items():
            if self.text.startswith(word, self.at):
                return self._word(word, value, kind)
        if char and (char in "-+." or char.isdigit()):
            return self._number()
        raise self.fail(f"Unexpected character encountered while parsing value: {char}.")

    def _word(self, word: str, value: Any, kind: str) -> Token:
        end = self.at + len(word)
        following = self.text[end : end + 1]
        if following and (following.isalnum() or following == "_"):
            label = "boolean" if kind == "Boolean" else word
            self.at = end
            raise self.fail(f"Error parsing {label} value.")
        self.at = end
        return ValueToken(value, kind)

    def _object(self) -> Token:
        made = ObjectToken()
        self.at += 1
        made.place = self.place()
        while True:
            self.skip()
            if self.peek() == "}":
                self.at += 1
                return made
            if not self.peek():
                raise self.fail("Unexpected end of content while loading JObject.")
            name = self._name()
            self.path.append(name)
            self.skip()
            if self.peek() != ":":
                message = f"Invalid character after parsing property name. Expected ':' but got: {self.peek()}."
                raise self.fail(message)
            self.at += 1
            place = self.place()
            self.skip()
            if not self.peek():
                raise self.fail("Unexpected end of content while loading JObject.")
            value = self.value()
            # A name that comes twice: the last value stays, at the place of the first.
            if name in made.properties:
                made.properties[name].put(value)
            else:
                made.add(PropertyToken(name, value))
            made.properties[name].place = place
            if not self._goes_on("}", "JObject"):
                self.path.pop()
                return made
            self.path.pop()

    def _array(self) -> Token:
        made = ArrayToken()
        self.at += 1
        made.place = self.place()
        self.path.append(0)
        while True:
            self.skip()
            if self.peek() == "]":
                self.at += 1
                self.path.pop()
                return made
            if not self.peek():
                raise self.fail("Unexpected end of content while loading JArray.")
            self.path[-1] = len(made.items)
            made.add(ValueToken(None, "Undefined") if self.peek() == "," else self.value())
            if not self._goes_on("]", "JArray"):
                self.path.pop()
                return made

    def _goes_on(self, closing: str, kind: str) -> bool:
        self.skip()
        char = self.peek()
        if not char:
            raise self.fail(f"Unexpected end of content while loading {kind}.")
        if char not in (closing, ","):
            message = f"After parsing a value an unexpected character was encountered: {char}."
            raise self.fail(message)
        self.at += 1
        return char == ","

    def _name(self) -> str:
        char = self.peek()
        if char in "\"'":
            return self._string()
        if not (char.isalnum() or char in "_$"):
            raise self.fail(f"Invalid property identifier character: {char}.")
        begin = self.at
        while (char := self.peek()) and (char.isalnum() or char in "_$"):
            self.at += 1
        if not char:
            raise self.fail("Unexpected end while parsing unquoted property name.")
        if char != ":" and not char.isspace():
            raise self.fail(f"Invalid JavaScript property identifier character: {char}.")
        return self.text[begin : self.at]

    def _text(self) -> Token:
        text = self._string()
        date = read_date(text, self.zone) if self.dates and text[:1] and text[0] in "/0123456789" else None
        return ValueToken(text, "String") if date is None else ValueToken(date, "Date")

    def _string(self) -> str:
        quote = self.peek()
        self.at += 1
        parts: list[str] = []
        while True:
            found = _PLAIN[quote].match(self.text, self.at)
            if found:
                parts.append(found[0])
                self.at = found.end()
            char = self.peek()
            if not char:
                raise self.fail(f"Unterminated string. Expected delimiter: {quote}.")
            self.at += 1
            if char == quote:
                return "".join(parts)
            parts.append(self._escape() if char == "\\" else char)

    def _escape(self) -> str:
        char = self.peek()
        self.at += 1
        if char == "u":
            digits = self.text[self.at : self.at + 4]
            if len(digits) < 4:
                self.at = len(self.text)
                raise self.fail("Unexpected end while parsing Unicode escape sequence.")
            if not re.fullmatch("[0-9a-fA-F]{4}", digits):
                raise self.fail(f"Invalid Unicode escape sequence: \\u{digits}.")
            self.at += 4
            return chr(int(digits, 16))
        if not char:
            self.at -= 1
            raise self.fail('Unterminated string. Expected delimiter: ".')
        if char not in _ESCAPES:
            raise self.fail(f"Bad JSON escape sequence: \\{char}.")
        return _ESCAPES[char]

    def _number(self) -> Token:
        found = _NUMBER.match(self.text, self.at)
        written = found[0] if found else ""
        self.at += len(written)
        following = self.peek()
        if following and following not in ",]}/ \t\r\n":
            raise self.fail(f"Unexpected character encountered while parsing number: {following}.")
        value = _number_value(written)
        if value is None:
            raise self.fail(f"Input string '{written}' is not a valid number.")
        return ValueToken(value)


def _number_value(written: str) -> Any:
    """A long or a double; a leading zero means octal, ``0x`` hexadecimal. None for what is no number."""
    try:
        if re.fullmatch("0[0-9]+", written):
            value = int(written, 8)
        elif written[:2] in ("0x", "0X"):
            value = int(written, 16)
        elif re.fullmatch("[-+]?[0-9]{1,400}", written):
            value = int(written)
        else:
            return float(written) if re.fullmatch(r"[-+]?[0-9]*\.?[0-9]*(?:[eE][-+]?[0-9]+)?", written) else None
    except ValueError:
        return None
    return Long(value) if -(2**63) <= value < 2**63 else BigInteger(value)
