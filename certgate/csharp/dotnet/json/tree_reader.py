"""The tokens of a tree, one after the other, as Newtonsoft's JTokenReader gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet.dates.date_values import DateTimeValue
from certgate.csharp.dotnet.json import dates as json_dates
from certgate.csharp.dotnet.json.containers import ConstructorToken, Container, PropertyToken
from certgate.csharp.dotnet.json.reading import JsonReader, ReadOptions
from certgate.csharp.dotnet.json.tokens import Token, ValueToken
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator


class TreeReader(JsonReader):
    """Reads `root` and what it holds. Paths start with its own; places are those at which the text was read."""

    def __init__(self, root: Token, options: ReadOptions) -> None:
        super().__init__(options)
        self.node: Token | None = None
        self._prefix = root.path()
        self._walk = self._through(root)

    def read(self) -> bool:
        charge_steps(1)
        if next(self._walk, None) is not None:
            return True
        self.node = None
        self.set_token("None")
        return False

    def _through(self, token: Token) -> Iterator[bool]:
        # The node is noted before its token: where the token is refused, the message names its place.
        self.node = token
        if isinstance(token, ValueToken):
            self._scalar(token)
            yield True
            return
        if isinstance(token, PropertyToken):
            self.set_token("PropertyName", token.name)
        else:
            self.set_token(f"Start{token.kind}", token.name if isinstance(token, ConstructorToken) else None)
        yield True
        if isinstance(token, Container):
            for child in token.children():
                yield from self._through(child)
        if not isinstance(token, PropertyToken):
            self.node = token
            self.set_token(f"End{token.kind}")
            yield True

    def _scalar(self, token: ValueToken) -> None:
        value = token.value
        match token.kind:
            case "Guid" | "TimeSpan":
                self.set_token("String", text_of(value))
            case "Uri":
                self.set_token("String", value.original if value is not None else None)
            case "Date" if isinstance(value, DateTimeValue):
                self.set_token("Date", json_dates.moved(value, self.options.date_zone))
            case kind:
                self.set_token(kind, value)

    def place(self) -> tuple[int, int] | None:
        return None if self.node is None or self.state == "Start" else self.node.place

    def path(self) -> str:
        inner = super().path()
        if not self._prefix or not inner:
            return self._prefix or inner
        return f"{self._prefix}{inner}" if inner[0] == "[" else f"{self._prefix}.{inner}"
