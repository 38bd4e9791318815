"""JSON text as tokens, as Newtonsoft's JsonTextReader takes it: more than JSON allows, with its errors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.json import dates as json_dates
from certgate.csharp.dotnet.json.reading import bytes_of
from certgate.csharp.dotnet.json.text_scan import Scanner
from certgate.csharp.dotnet.json.tokens import BigInteger
from certgate.csharp.dotnet.numbers.number_parse import FLOAT, TooLarge, parse_decimal, parse_float
from certgate.csharp.values import Long

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.runtime import ThrownException

_NUMBER = re.compile(r"[-+0-9a-fA-FxX.]*")
_LONGEST_INTEGER = 380
_VALUE_STATES = frozenset({"Start", "Property", "Array", "ArrayStart", "Constructor", "ConstructorStart"})


class TextReader(Scanner):
    """The tokens of a text."""

    # Tokens

    def read(self) -> bool:
        while True:
            if self.state in _VALUE_STATES:
                return self._read_value()
            if self.state in ("Object", "ObjectStart"):
                return self._read_member()
            if self.state == "PostValue":
                if self._after_value(keep_comments=True):
                    return True
            else:
                return self._finish()

    def _finish(self) -> bool:
        self._skip_blanks()
        if self.at >= self.length:
            self.set_token("None")
            return False
        if self.text[self.at] == "/":
            self._comment(keep=True)
            return True
        raise self.fail(f"Additional text encountered after finished reading JSON content: {self.text[self.at]}.")

    def _after_value(self, *, keep_comments: bool) -> bool:
        """Up to a comma, or to the end of a container, which is then the token and True the answer."""
        while True:
            self._skip_blanks()
            char = self.text[self.at]
            if self.at >= self.length:
                self.state = "Finished"
                return False
            if char in "}])":
                self.at += 1
                self.set_token({"}": "EndObject", "]": "EndArray", ")": "EndConstructor"}[char])
                return True
            if char == "/":
                self._comment(keep=keep_comments)
                if keep_comments:
                    return True
            elif char == ",":
                self.at += 1
                self.state = self.current.kind if self.current is not None else "Finished"
                return False
            else:
                raise self.fail(f"After parsing a value an unexpected character was encountered: {char}.")

    def _read_member(self) -> bool:
        self._skip_blanks()
        if self.at >= self.length:
            return False
        char = self.text[self.at]
        if char == "}":
            self.set_token("EndObject")
            self.at += 1
        elif char == "/":
            self._comment(keep=True)
        else:
            self._name(char)
        return True

    def _name(self, char: str) -> None:
        if char in "\"'":
            self.at += 1
            name = self._string(char)
        elif _is_identifier(char):
            name = self._bare_name()
        else:
            raise self.fail(f"Invalid property identifier character: {char}.")
        self._skip_blanks()
        if self.text[self.at] != ":":
            raise self.fail(
                f"Invalid character after parsing property name. Expected ':' but got: {self.text[self.at]}."
            )
        self.at += 1
        self.set_token("PropertyName", name)

    def _bare_name(self) -> str:
        begin = self.at
        while True:
            char = self.text[self.at]
            if self.at >= self.length:
                raise self.fail("Unexpected end while parsing unquoted property name.")
            if not _is_identifier(char):
                break
            self.at += 1
        if char not in ":\0" and not char.isspace():
            raise self.fail(f"Invalid JavaScript property identifier character: {char}.")
        return self.text[begin : self.at]

    def _read_value(self) -> bool:
        self._skip_blanks()
        if self.at >= self.length:
            return False
        char = self.text[self.at]
        if char in "\"'":
            self._quoted(char)
        elif char in "{[":
            self.at += 1
            self.set_token("StartObject" if char == "{" else "StartArray")
        elif char in "])":
            self.at += 1
            self.set_token("EndArray" if char == "]" else "EndConstructor")
        elif char == ",":
            # The comma is read again by what comes next, so that several in a row give several values.
            self.set_token("Undefined")
        elif char == "/":
            self._comment(keep=True)
        elif char in "tfnuNI" or (char == "-" and self._has(1) and self.text[self.at + 1] == "I"):
            self._word(char)
        elif char.isnumeric() or char in "-.":
            self._number()
        else:
            raise self._unexpected(char)
        return True

    def _unexpected(self, char: str) -> ThrownException:
        return self.fail(f"Unexpected character encountered while parsing value: {char}.")

    # Words

    def _word(self, char: str, kind: str = "") -> None:
        match char:
            case "t" | "f":
                self._expect("true" if char == "t" else "false", "Error parsing boolean value.")
                self.set_token("Boolean", char == "t")
            case "n":
                self._null_or_new()
            case "u":
                self._expect("undefined", "Error parsing undefined value.")
                self.set_token("Undefined")
            case _:
                word = {"N": "NaN", "I": "Infinity", "-": "-Infinity"}[char]
                self._expect(word, f"Error parsing {word} value.")
                if kind == "String":
                    self.set_token("String", word)
                elif kind in ("", "Double") and not self.options.decimals:
                    self.set_token("Float", float(word))
                else:
                    raise self.fail(f"Cannot read {word} value.")

    def _null_or_new(self) -> None:
        if not self._has(1):
            self.at += 1
            raise self.fail("Unexpected end when reading JSON.")
        following = self.text[self.at + 1]
        if following == "u":
            self._expect("null", "Error parsing null value.")
            self.set_token("Null")
        elif following == "e":
            self._constructor()
        else:
            raise self._unexpected("n")

    def _constructor(self) -> None:
        self._expect("new", "Unexpected content while parsing JSON.")
        self._skip_blanks()
        begin = self.at
        while self.text[self.at].isalnum():
            self.at += 1
        if self.at >= self.length:
            raise self.fail("Unexpected end while parsing constructor.")
        name = self.text[begin : self.at]
        self._skip_blanks()
        if self.text[self.at] != "(":
            raise self.fail(f"Unexpected character while parsing constructor: {self.text[self.at]}.")
        self.at += 1
        self.set_token("StartConstructor", name)

    # Strings

    def _quoted(self, quote: str, kind: str = "") -> str:
        """The string at the quote, which becomes the token as far as `kind` leaves that to be done here."""
        self.at += 1
        text = self._string(quote)
        self.after_value(moves=True)
        if kind == "Bytes":
            self.set_token("Bytes", bytes_of(text), moves=False)
        elif kind == "String":
            self.set_token("String", text, moves=False)
        elif kind not in ("Int32", "Decimal", "Boolean"):
            date = None
            if self.options.dates != "None" and text[:1] and text[0] in "/0123456789":
                date = json_dates.taken(text, self.options, offset=self._keeps_offset(kind))
            if date is None:
                self.set_token("String", text, moves=False)
            else:
                self.set_token("Date", date, moves=False)
        return text

    def _keeps_offset(self, kind: str) -> bool:
        """Whether a date is to be a DateTimeOffset."""
        return kind == "DateTimeOffset" or (kind != "DateTime" and self.options.dates == "DateTimeOffset")

    # Numbers

    def _number(self, kind: str = "") -> None:
        found = _NUMBER.match(self.text, self.at)
        begin, self.at = self.at, found.end() if found else self.at
        char = self.text[self.at]
        if char not in ",]}/)\0" and not char.isspace():
            raise self.fail(f"Unexpected character encountered while parsing number: {char}.")
        text = self.text[begin : self.at]
        self.after_value(moves=True)
        token, value = self._number_value(text, kind)
        self.set_token(token, value, moves=False)

    def _number_value(self, text: str, kind: str) -> tuple[str, Any]:
        other_base = text[:1] == "0" and len(text) > 1 and text[1] not in ".eE"
        match kind:
            case "String":
                if (_based(text, 64) if other_base else parse_float(text, FLOAT)) is None:
                    raise self._not_a("number", text)
                return "String", text
            case "Int32":
                return "Integer", self._int32(text, other_base)
            case "Decimal":
                number = _based(text, 64) if other_base else None
                return "Float", self._required("decimal", text, _decimal(text if number is None else str(number)))
            case "Double":
                if other_base:
                    return "Float", float(self._required("double", text, _based(text, 64)))
                return "Float", self._required("double", text, parse_float(text, FLOAT))
        if other_base:
            return "Integer", Long(self._required("number", text, _based(text, 64)))
        return self._any_number(text)

    def _any_number(self, text: str) -> tuple[str, Any]:
        if re.fullmatch("-?[0-9]+", text):
            if len(text) > _LONGEST_INTEGER:
                raise self._wrong(f"JSON integer {text} is too large to parse.")
            number = int(text)
            return "Integer", Long(number) if -(2**63) <= number < 2**63 else BigInteger(number)
        if self.options.decimals:
            return "Float", self._required("decimal", text, _decimal(text))
        return "Float", self._required("number", text, parse_float(text, FLOAT))

    def _int32(self, text: str, other_base: bool) -> int:
        if other_base:
            return int(self._required("integer", text, _based(text, 32)))
        if not re.fullmatch("-?[0-9]+", text):
            raise self._not_a("integer", text)
        number = int(text) if len(text) < 12 else 1 << 40
        if not -(2**31) <= number < 2**31:
            raise self._wrong(f"JSON integer {text} is too large or small for an Int32.")
        return number

    def _required(self, name: str, text: str, found: Any) -> Any:
        if found is None:
            raise self._not_a(name, text)
        return found

    def _not_a(self, name: str, text: str) -> ThrownException:
        return self._wrong(f"Input string '{text}' is not a valid {name}.")

    def _wrong(self, message: str) -> ThrownException:
        self.set_token("Undefined", moves=False)
        return self.fail(message)

    # Reading as a type

    def read_typed(self, kind: str) -> None:
        """Other than of a tree, a character that cannot begin such a value is refused by itself."""
        if self.state == "PostValue" and self._after_value(keep_comments=False):
            return
        if self.state not in _VALUE_STATES:
            if not self._finish_typed():
                return
            raise self.fail(f"Unexpected state: {self.state}.")
        while True:
            self._skip_blanks()
            if self.at >= self.length:
                self.set_token("None")
                return
            char = self.text[self.at]
            if char == "/":
                self._comment(keep=False)
            elif char == "]":
                self.at += 1
                if self.state not in ("Array", "ArrayStart"):
                    raise self._unexpected(char)
                self.set_token("EndArray")
                return
            else:
                self._typed_value(kind, char)
                return

    def _finish_typed(self) -> bool:
        """At the end there is no token; True where something else is the matter."""
        if self.state != "Finished":
            return True
        while self._finish():
            pass
        return False

    def _typed_value(self, kind: str, char: str) -> None:
        if char in "\"'":
            text = self._quoted(char, kind)
            return None if kind in ("String", "Bytes") else self._convert(kind, text)
        if char == "n":
            return self._typed_null()
        if char == ",":
            self.at += 1
            self.set_token("Undefined")
            raise self._unexpected(char)
        taker = self._TAKERS.get(kind)
        if taker is not None and taker(self, kind, char):
            return None
        if kind == "Bytes" and char in "{[":
            self.at += 1
            self.set_token("StartObject" if char == "{" else "StartArray")
            return self.typed("Bytes", self.kind)
        self.at += 1
        raise self._unexpected(char)

    def _convert(self, kind: str, text: str) -> None:
        """A string that is wanted as a number, a bool or a date."""
        if kind.startswith("Date") and self.kind == "Date":
            return self.typed(kind, "Date")
        return self.from_text(kind, text)

    def _typed_null(self) -> None:
        if not self._has(1):
            self.at = self.length
            raise self.fail("Unexpected end when reading JSON.")
        if self.text[self.at + 1] != "u":
            self.at += 2
            raise self._unexpected(self.text[self.at - 1])
        self._expect("null", "Error parsing null value.")
        self.set_token("Null")

    def _take_number(self, kind: str, char: str) -> bool:
        if char in "NI" or (char == "-" and self._has(1) and self.text[self.at + 1] == "I"):
            self._word(char, kind)
        elif char in "-.0123456789":
            self._number(kind)
        else:
            return False
        return True

    def _take_boolean(self, kind: str, char: str) -> bool:
        if char in "tf":
            return self._take_word(char, "Boolean")
        if char not in "-.0123456789":
            return False
        self._number()
        self.typed(kind, self.kind)
        return True

    def _take_string(self, kind: str, char: str) -> bool:
        return self._take_word(char, "String") if char in "tf" else self._take_number(kind, char)

    def _take_word(self, char: str, made: str) -> bool:
        word = "true" if char == "t" else "false"
        if not self._matches(word):
            raise self._unexpected(self.text[self.at])
        self.set_token(made, word if made == "String" else char == "t")
        return True

    _TAKERS: dict[str, Callable[[TextReader, str, str], bool]] = {  # noqa: RUF012 - never changed
        "Int32": _take_number,
        "Decimal": _take_number,
        "Double": _take_number,
        "Boolean": _take_boolean,
        "String": _take_string,
    }


def _is_identifier(char: str) -> bool:
    return char.isalnum() or char in "_$"


def _based(text: str, bits: int) -> int | None:
    """A number in base 16 after ``0x``, in base 8 otherwise; a set highest bit makes it negative."""
    digits, base = (text[2:], 16) if text[:2] in ("0x", "0X") else (text, 8)
    if not re.fullmatch("[0-9a-fA-F]+" if base == 16 else "[0-7]+", digits):
        return None
    number = int(digits, base)
    if number >= 1 << bits:
        return None
    return number - (1 << bits) if number >> (bits - 1) else number


def _decimal(text: str) -> Any:
    from certgate.csharp.decimals import NetDecimal

    try:
        read = parse_decimal(text, FLOAT)
    except TooLarge:
        return None
    return None if read is None else NetDecimal(-read[0] if read[2] else read[0], read[1], read[2])
