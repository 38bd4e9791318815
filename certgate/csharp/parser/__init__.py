"""Tokens to nodes: recursive descent in the shape of C#'s own parser, with C#'s syntax errors. Knows no types.

The language is C# 7.3; newer syntax is CS8370 with the feature's name. The text is read inside a frame, as a compiler
has to put one around it: ``return ( … );`` in a method, or the body of one, with the last bracket on a line of its own.
"""

from __future__ import annotations

from certgate.core.value import frozen
from certgate.csharp.depth import MAX_HEIGHT, REFUSED_DEPTH, TooDeep
from certgate.csharp.diagnostic import Diagnostic
from certgate.csharp.lexer import END, Tokens
from certgate.csharp.parser.cursor import Errors
from certgate.csharp.parser.statements import StatementParser
from certgate.csharp.syntax import Block, Expression, Node, Parenthesized, Tuple

_TAILS = {"(": "\n);}}", "{": "\n}}"}
_CLOSING = {"(": ")", "{": "}"}
_OPENING, _ENDING = frozenset("([{"), frozenset(")]}")


@frozen
class Parsed:
    """An expression of ``@( … )`` or the block of ``@{ … }``. With diagnostics, `node` may be anything or None.

    The diagnostics are C#'s syntax errors, in C#'s order. `too_deep`: the text nests deeper than certgate follows, but
    C# may well take it; there is neither node nor diagnostic then.
    """

    node: Expression | Block | None
    diagnostics: tuple[Diagnostic, ...]
    too_deep: bool = False


def parse(text: str) -> Parsed:
    """The tree of an expression with its ``@( )`` or ``@{ }``; every offset is one of `text`.

    ValueError where `text` begins with neither. A text that is cut off is read as if its last character were the
    bracket.
    """
    if text[:2] not in ("@(", "@{"):
        raise ValueError("an expression begins with @( or @{")
    opening = text[1]
    framed = text[:-1] + _TAILS[opening]
    errors = Errors()
    node: Expression | Block | None = None
    tokens: Tokens | None = None
    try:
        tokens = Tokens(framed, 1, len(framed))
        parser = StatementParser(framed, tokens, errors, first=1)
        node = _expression(parser, len(text)) if opening == "(" else _block(parser, len(text))
        if node is not None and len(parser.kinds) > MAX_HEIGHT and _height(node) > MAX_HEIGHT:
            raise TooDeep
    except TooDeep:
        return _too_deep(tokens) if tokens is not None else Parsed(None, (), too_deep=True)
    if not errors and text[-1] != _CLOSING[opening]:
        code = "CS1026" if opening == "(" else "CS1513"
        errors.add(0, (code, f"{_CLOSING[opening]} expected", len(framed), len(framed)))
    if errors and parser.scan_was_cut:
        return _too_deep(tokens)
    return Parsed(node, _diagnostics(errors.listed(), len(text)))


def _too_deep(tokens: Tokens) -> Parsed:
    """C#'s error where C# could not go on either, at the bracket that is too much."""
    open_ = 0
    for kind, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
        open_ += (kind in _OPENING) - (kind in _ENDING)
        if open_ > REFUSED_DEPTH:
            message = "An expression is too long or complex to compile"
            return Parsed(None, (Diagnostic("CS8078", message, start, end),))
    return Parsed(None, (), too_deep=True)


def _expression(parser: StatementParser, length: int) -> Expression | None:
    """``return (…);``: what stands in the brackets, which must be those of the frame."""
    found = parser.parse_expression()
    if isinstance(found, Parenthesized | Tuple) and found.end > length:
        parser.expect(";")
        _finish(parser, 2)
    elif not parser.errors:
        # SECURITY: what closes the frame's bracket early is no expression, even where the whole would compile.
        closing = parser.closing(0)
        end = found.end if closing is None else parser.ends[closing]
        parser.errors.add(0, ("CS1073", "Unexpected token ')'", end - 1, end))
    match found:
        case Parenthesized(expression=inner):
            return inner
        case Tuple(elements=elements):
            return Tuple(elements[0].start, elements[-1].end, elements)
        case _:
            return None


def _block(parser: StatementParser, length: int) -> Block:
    block = parser.parse_block()
    _finish(parser, 1)
    return Block(block.start, min(block.end, length), block.statements)


def _finish(parser: StatementParser, braces: int) -> None:
    """The frame's own brackets and nothing else; what follows would be members of its class."""
    while braces and parser.take("}"):
        braces -= 1
    if not parser.errors and (braces or parser.kind is not END):
        parser.missing("CS1022", "Type or namespace definition, or end-of-file expected")


def _diagnostics(problems: list[tuple[str, str, int, int]], length: int) -> tuple[Diagnostic, ...]:
    def real(offset: int) -> int:
        """The frame has a line's end before the last bracket, and more behind it than the text has."""
        return offset if offset < length else min(offset - 1, length)

    return tuple(Diagnostic(code, message, real(start), real(end)) for code, message, start, end in problems)


def _height(root: Node) -> int:
    """The most nodes on a way down from `root`; counted without recursion."""
    height = 0
    waiting: list[tuple[Node | tuple[object, ...], int]] = [(root, 1)]
    while waiting:
        node, level = waiting.pop()
        height = max(height, level)
        if isinstance(node, tuple):
            values, level = node, level - 1
        else:
            fields: tuple[str, ...] = node.__match_args__[2:]
            values = tuple(getattr(node, field) for field in fields)
        waiting += [(value, level + 1) for value in values if isinstance(value, Node | tuple)]
    return height
