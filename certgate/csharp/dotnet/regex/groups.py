"""The groups of a .NET regular expression, found before it is read, and the escapes that may refer to them."""

from __future__ import annotations

from certgate.csharp.dotnet.regex import charset as regex_charset
from certgate.csharp.dotnet.regex.scan import Option, Scanner


def is_name(char: str) -> bool:
    return bool(char) and regex_charset.is_boundary_word(char)


class Groups(Scanner):
    """The first look: which groups there are. `names`: number to name, `by_name` the other way round, `places`: number
    to where it is first declared."""

    def __init__(self, text: str, options: int) -> None:
        super().__init__(text, options)
        self.names: dict[int, str] = {0: "0"}
        self.by_name: dict[str, int] = {}
        self.places: dict[int, int] = {0: 0}
        self._following = 1
        self._named: dict[str, int] = {}
        self._outer: list[int] = []
        self._passes_over = False

    def look_through(self) -> None:
        while not self.ended:
            begin = self.at
            char = self.next()
            if char == "\\":
                if not self.ended:
                    self._escape()
            elif char == "#" and self.has(Option.IGNORE_SPACE):
                self.at -= 1
                self.skip_blank()
            elif char == "[":
                self.charset(scan_only=True)
            elif char == ")":
                if self._outer:
                    self.options = self._outer.pop()
            elif char == "(":
                self._open(begin)
        self._number_names()

    def _open(self, begin: int) -> None:
        if self.text.startswith("?#", self.at):
            self.at -= 1
            self.skip_blank()
        else:
            self._outer.append(self.options)
            if self.peek() == "?":
                self.at += 1
                if self._marked(begin):
                    return
            elif not self.has(Option.EXPLICIT_CAPTURE) and not self._passes_over:
                self._note(self._following, begin)
                self._following += 1
        self._passes_over = False

    def _marked(self, begin: int) -> bool:
        """After ``(?``; whether the bracket that comes next is a condition's."""
        if self.peek() in ("<", "'") and self.peek(1):
            self.at += 1
            if self.peek() != "0" and is_name(self.peek()):
                if "1" <= self.peek() <= "9":
                    self._note(self.number(), begin)
                else:
                    self._named.setdefault(self.word(), begin)
            return False
        self.scan_options()
        if self.peek() == ")":
            self.at += 1
            self._outer.pop()
        elif self.peek() == "(":
            self._passes_over = True
            return True
        return False

    def _note(self, number: int, begin: int) -> None:
        self.names.setdefault(number, str(number))
        self.places.setdefault(number, begin)

    def _number_names(self) -> None:
        """Unnamed groups are numbered first, then the named ones in the order of the text, around explicit numbers."""
        for name, begin in self._named.items():
            while self._following in self.names:
                self._following += 1
            self._note(self._following, begin)
            self.names[self._following] = name
            self.by_name[name] = self._following
            self._following += 1

    def _escape(self) -> None:
        """Pass over an escape; one that is none is an error already."""
        char = self.peek()
        if char in "bBAGZzwWsSdDpP":
            self.at += 1
            return
        Escape(self, None).read()


class Escape:
    """An escape that may refer to a group; without `groups` it is only passed over."""

    def __init__(self, scanner: Scanner, groups: Groups | None) -> None:
        self.scanner = scanner
        self.groups = groups

    def read(self) -> int | str | None:
        """The number of a group, or a character; None for a group that is not looked for."""
        scanner = self.scanner
        begin = scanner.at
        char = scanner.peek()
        closing = ""
        if char == "k":
            closing = self._named_mark()
        elif char in ("<", "'") and scanner.peek(1):
            closing = "'" if char == "'" else ">"
            scanner.at += 1
        char = scanner.peek()
        found: int | None = None
        if closing and "0" <= char <= "9":
            number = scanner.number()
            if not scanner.ended and scanner.next() == closing:
                return self._numbered(number)
        elif closing and is_name(char):
            name = scanner.word()
            if not scanner.ended and scanner.next() == closing:
                return self._named(name)
        elif not closing and "1" <= char <= "9":
            if self.groups is None and not scanner.has(Option.ECMASCRIPT):
                scanner.number()
                return None
            found = self._plain()
            if found is not None:
                return found
        scanner.at = begin
        return scanner.character()

    def _named_mark(self) -> str:
        """``k<``: what closes it."""
        scanner = self.scanner
        closing = ""
        if scanner.peek(1):
            scanner.at += 1
            closing = {"<": ">", "'": "'"}.get(scanner.next(), "")
        if not closing or scanner.ended:
            raise scanner.fail("MalformedNamedReference", "Malformed \\k<...> named back reference.")
        return closing

    def _plain(self) -> int | None:
        """``\\1``; None where it is a character by its octal number."""
        if self.scanner.has(Option.ECMASCRIPT):
            return self._ecmascript()
        number = self.scanner.number()
        if self.groups is not None and number in self.groups.names:
            return number
        return self._numbered(number) if number <= 9 else None

    def _ecmascript(self) -> int | None:
        """As many digits as name a group that was opened before."""
        scanner, best = self.scanner, None
        if self.groups is None:
            return None
        begin, value = scanner.at - 1, int(scanner.peek())
        while value <= max(self.groups.names):
            if value in self.groups.names and self.groups.places[value] < begin:
                best = value
            scanner.at += 1
            if not "0" <= scanner.peek() <= "9":
                break
            value = value * 10 + int(scanner.peek())
        return best

    def _numbered(self, number: int) -> int | None:
        if self.groups is None:
            return None
        if number not in self.groups.names:
            raise self.scanner.fail("UndefinedNumberedReference", f"Reference to undefined group number {number}.")
        return number

    def _named(self, name: str) -> int | None:
        if self.groups is None:
            return None
        if name not in self.groups.by_name:
            raise self.scanner.fail("UndefinedNamedReference", f"Reference to undefined group name '{name}'.")
        return self.groups.by_name[name]
