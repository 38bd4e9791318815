"""Blocks and assignments of Bicep and Terraform: who says what, and in which resource.

Knows how both are laid out, not what resources mean. Reads tokens once, front to back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from certgate.core.value import field, slotted
from certgate.layouts.tokens import Kind, Language

if TYPE_CHECKING:
    from certgate.layouts.tokens import Token, Tokens

_HEADER = 200
"""The most tokens between the beginning of a block and its bracket."""


@slotted
class Block:
    """A resource, a variable and so on. `labels`: the strings and words behind its `kind`."""

    kind: str
    labels: tuple[str, ...]
    parent: Block | None
    values: dict[str, int] = field(default_factory=dict)
    """The assignments in it: the names on the way, joined by dots, and the token at which the value begins."""


class Assignment(NamedTuple):
    """``name = value`` or ``name: value``. `word`: what stands in front of the name, such as ``var``."""

    path: str
    value: int
    block: Block
    word: str = ""


@slotted
class Outline:
    blocks: list[Block] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)


def outline(tokens: Tokens, language: Language) -> Outline:
    return _Reader(tokens, language).read()


class _Reader:
    def __init__(self, tokens: Tokens, language: Language) -> None:
        self._tokens = tokens
        self._language = language
        self._found = Outline()
        self._file = Block("", (), None)
        self._open: list[tuple[int, Block, str]] = [(len(tokens), self._file, "")]
        """Open brackets: the token that closes it, its block and the names on the way."""

    def read(self) -> Outline:
        at = 0
        while at < len(self._tokens):
            while at >= self._open[-1][0] and len(self._open) > 1:
                self._open.pop()
            at = self._step(at)
        return self._found

    def _step(self, at: int) -> int:
        token = self._tokens[at]
        _, block, path = self._open[-1]
        if token.kind is Kind.QUOTE:
            return self._quoted(at, block, path)
        if token.kind is Kind.OPEN:
            self._open.append((self._tokens.partner.get(at, len(self._tokens)), block, path))
            return at + 1
        if token.kind is Kind.WORD and self._begins(at):
            return self._line(at, block, path)
        return at + 1

    def _begins(self, at: int) -> bool:
        """Does an entry begin here?"""
        before = self._tokens[at - 1] if at else None
        return before is None or before.kind in {Kind.LINE, Kind.OPEN} or before.text == ","

    def _quoted(self, at: int, block: Block, path: str) -> int:
        """A string; as the name of an entry it says on the way."""
        end = self._tokens.partner.get(at, len(self._tokens) - 1) + 1
        if end < len(self._tokens) and self._begins(at) and self._tokens[end].text in {":", "="}:
            return self._assigned(self._plain(at), end + 1, block, path)
        return end

    def _plain(self, at: int) -> str:
        """The characters of a string; what is filled into it is left out."""
        end = self._tokens.partner.get(at, len(self._tokens))
        return "".join(token.text for token in self._tokens[at + 1 : end] if token.kind in {Kind.TEXT, Kind.ESCAPE})

    def _line(self, at: int, block: Block, path: str) -> int:
        following = self._token(at + 1)
        if following is not None and following.kind is Kind.MARK and following.text in {"=", ":"}:
            return self._assigned(self._tokens[at].text, at + 2, block, path)
        if self._language is Language.BICEP and self._tokens[at].text in {"var", "param", "output"}:
            return self._declared(at, block)
        opened = self._header(at)
        return at + 1 if opened is None else self._block(at, opened, block)

    def _token(self, at: int) -> Token | None:
        return self._tokens[at] if at < len(self._tokens) else None

    def _declared(self, at: int, block: Block) -> int:
        """``var name = …``, ``param name type = …``."""
        name, index = self._token(at + 1), at + 2
        while (token := self._token(index)) is not None and token.kind not in {Kind.LINE, Kind.CLOSE}:
            if token.text == "=" and name is not None:
                return self._assigned(name.text, index + 1, block, "", self._tokens[at].text)
            index = self._tokens.after(index)
        return index

    def _assigned(self, name: str, value: int, block: Block, path: str, word: str = "") -> int:
        whole = f"{path}.{name}" if path and len(path) < 200 else name
        while (token := self._token(value)) is not None and token.kind is Kind.LINE:
            value += 1
        self._found.assignments.append(Assignment(whole, value, block, word))
        block.values.setdefault(whole, value)
        if token is not None and token.kind is Kind.OPEN:
            self._open.append((self._tokens.partner.get(value, len(self._tokens)), block, whole))
            return value + 1
        return value

    def _header(self, at: int) -> int | None:
        """The bracket that opens the block whose header begins at `at`."""
        index = at + 1
        bicep = self._language is Language.BICEP
        if bicep and self._tokens[at].text not in {"resource", "module"}:
            return None
        while (token := self._token(index)) is not None and index - at < _HEADER:
            if token.kind is Kind.OPEN and token.text == "{":
                return index
            stepped_into = bicep and token.text == "["
            if token.kind is Kind.LINE and not bicep:
                return None
            if not bicep and token.kind not in {Kind.WORD, Kind.QUOTE}:
                return None
            index = index + 1 if stepped_into else self._tokens.after(index)
        return None

    def _block(self, at: int, opened: int, parent: Block) -> int:
        labels: list[str] = []
        index = at + 1
        while index < opened:
            token = self._tokens[index]
            if token.kind is Kind.QUOTE:
                labels.append(self._plain(index))
                index = self._tokens.after(index) - 1
            elif token.kind is Kind.WORD:
                labels.append(token.text)
            elif token.text == "=":
                break
            index += 1
        block = Block(self._tokens[at].text, tuple(labels), parent)
        self._found.blocks.append(block)
        self._open.append((self._tokens.partner.get(opened, len(self._tokens)), block, ""))
        return opened + 1
