"""SECURITY: secret named values leave no trace in an outcome: every text in it is masked, at any depth.

Knows too what a run makes of them: an expression that holds a secret value is watched, and so is one that reads what
such an expression gave. Its text results are masked wherever they turn up; that it is true or 42 may be seen, as the
decision shows as much.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from certgate.core.value import field_names, is_value, replace
from certgate.policy.document import Expression
from certgate.policy.masking import MASK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.runtime import ThrownException
    from certgate.gateway.outcome import Outcome
    from certgate.policy.document import Element

T = TypeVar("T")

SHORTEST = 4
"""Characters. Of shorter texts made of a secret little can be learnt, and masking them would spoil every other text."""


class Secrets:
    """What one run makes of secret values: the texts that come out, and where it puts them."""

    __slots__ = ("_credentials", "_marks", "_texts")

    def __init__(self) -> None:
        self._credentials: set[str] = set()
        self._marks: set[str] = set()
        self._texts: dict[str, str] = {}

    def watched(self, expression: Expression) -> bool:
        """Whether an expression holds a secret value, or reads something that may be made of one."""
        return expression.secret or any(mark in expression.text.casefold() for mark in self._marks)

    def holds(self, element: Element) -> bool:
        """Whether a secret value stands in an element, or one of its expressions reads something made of one."""
        values = [attribute.value for each in element.walk() for attribute in each.attributes.values()]
        values += [each.text for each in element.walk() if each.text is not None]
        return element.secret or any(isinstance(value, Expression) and self.watched(value) for value in values)

    def put(self, element: Element, mark: str) -> None:
        """`element` has set what an expression reads by writing `mark`, such as a variable's name in quotes."""
        if self.holds(element):
            self.mark(mark)

    def mark(self, mark: str) -> None:
        """What an expression reads by writing `mark` is made of a secret value."""
        self._marks.add(mark.casefold())

    def credential(self, text: str) -> None:
        """`text` is a credential that a policy sends: it is masked wherever it turns up."""
        if len(text) >= SHORTEST:
            self._credentials.add(text)

    def made(self, element: Element, *texts: str) -> None:
        """`element` has written these texts otherwise than it was given them, such as escaped in an address."""
        if self.holds(element):
            for text in texts:
                self.credential(text)

    def remade(self, element: Element, text: str, *, of_anything: bool = False) -> None:
        """`element` has made `text` out of the body that it found. Of a body made of a secret value nobody can tell
        what is in it now, so all of it is masked. `of_anything`: it may have read more than the body."""
        if self.holds(element) or "body" in self._marks or (of_anything and self._marks):
            self.mark("Body")
            self.credential(text)

    @property
    def any_credential(self) -> bool:
        return bool(self._credentials)

    def kept(self) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
        """All of this, for a later run that is given what this run made."""
        return frozenset(self._marks), tuple(self._texts.items())

    def adopt(self, kept: tuple[frozenset[str], tuple[tuple[str, str], ...]]) -> None:
        """Know what an earlier run knew."""
        self._marks |= kept[0]
        self._texts.update(kept[1])

    def shown(self, expression: Expression, value: Any, display: str) -> str:
        """The value of a watched expression as its own record shows it; elsewhere a text value is masked."""
        text = _text(value)
        if text is None:
            return display
        self._texts.setdefault(text, expression.text)
        return MASK

    def thrown(self, expression: Expression, thrown: ThrownException) -> str:
        """The message of a watched expression's exception, as its own record shows it."""
        from certgate.csharp.runtime import null_reference

        if thrown.message == null_reference().message:
            return thrown.message
        self._texts.setdefault(thrown.message, expression.text)
        self._marks.add("lasterror")
        return MASK

    def texts(self, redact: Callable[[str], str]) -> Iterator[str]:
        """All texts that are to be masked; not those that the policy itself writes beside the secret."""
        yield from self._credentials
        for text, expression in self._texts.items():
            if len(text) >= SHORTEST and text not in redact(expression):
                yield text


def _text(value: Any) -> str | None:
    """The value as the gateway would write it; None where it is null, a Boolean or a number."""
    from certgate.csharp.decimals import NetDecimal
    from certgate.csharp.values import ByteArray, from_utf16, text_of

    match value:
        case None | bool() | int() | float() | NetDecimal():
            return None
        case ByteArray():
            return bytes(value).decode("utf-8", "replace")
    return from_utf16(value if type(value) is str else text_of(value))


def redacted(outcome: Outcome, mask: Callable[[str], str]) -> Outcome:
    """The outcome with `mask` applied to every text. The verdict stays: it holds certificates, no policy's text."""
    return replace(_masked(replace(outcome, verdict=None), mask), verdict=outcome.verdict)


def _masked(value: T, mask: Callable[[str], str]) -> T:
    result: Any = value
    match value:
        case None | Enum() | bool() | int():
            pass
        case str():
            result = mask(value)
        case tuple():
            result = tuple(_masked(each, mask) for each in value)
        case Mapping():
            result = {mask(name): _masked(each, mask) for name, each in value.items()}
        case _ if is_value(value):
            result = replace(value, **{name: _masked(getattr(value, name), mask) for name in field_names(value)})
        case _:
            # SECURITY: what is not known to be masked never leaves.
            raise TypeError(f"{type(value).__name__} cannot be masked")
    return result  # type: ignore[no-any-return]
