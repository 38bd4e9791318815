"""XPath 1.0 expressions as trees (https://www.w3.org/TR/1999/REC-xpath-19991116).

A tree is a tuple that begins with its kind: ``path``, ``filter``, ``number``, ``string``, ``call``, ``variable``, or an
operator. Knows the grammar; does not know documents.
"""

from __future__ import annotations

import re
from typing import Any

from certgate.core.value import frozen
from certgate.csharp.exceptions import ExceptionValue
from certgate.csharp.runtime import ThrownException, UnsupportedReached, charge_size, charge_steps

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<string>\"[^\"]*\"|'[^']*')"
    r"|(?P<sign>::|//|\.\.|!=|<=|>=|[/()\[\].@,|+=<>*$:-])"
    r"|(?P<name>[^\W\d][\w.\-\u00b7]*))"
)
AXES = frozenset(
    (
        *("ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self", "following"),
        *("following-sibling", "namespace", "parent", "preceding", "preceding-sibling", "self"),
    )
)
NODE_TYPES = ("comment", "text", "processing-instruction", "node")
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_MAX_DEPTH = 60
"""SECURITY: what reads and runs an expression calls itself for those inside."""

Tree = tuple[Any, ...]


@frozen
class Test:
    """What a step asks of a node: a kind and, for elements, attributes and instructions, a name (None: any)."""

    kind: str
    prefix: str | None = None
    name: str | None = None


def parse(text: str) -> Tree:
    """XPathException for what is no expression."""
    charge_size(len(text))
    reader = _Parser(text)
    found = reader.expression()
    if reader.peek():
        raise reader.invalid()
    return found


def xpath_fault(message: str) -> ThrownException:
    name = "System.Xml.XPath.XPathException"
    return ThrownException(name, message, ExceptionValue(name, message, HResult=0x80131943 - (1 << 32)))


class _Parser:
    def __init__(self, text: str) -> None:
        self.source = text
        self.tokens = self._scan(text)
        self.at = 0
        self.depth = 0

    def invalid(self) -> ThrownException:
        return xpath_fault(f"'{self.source}' has an invalid token.")

    def _scan(self, text: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        at = 0
        body = text.rstrip()
        while at < len(body):
            charge_steps(1)
            match = _TOKEN.match(body, at)
            if match is None:
                raise self.invalid()
            kind = match.lastgroup or ""
            value = match[kind]
            if self._is_operator(kind, value, found):
                kind = "operator"
            found.append((kind, value))
            at = match.end()
        return found

    def _is_operator(self, kind: str, value: str, found: list[tuple[str, str]]) -> bool:
        """Behind what ends an operand, a star and some names are operators."""
        if kind == "sign" and value in ("|", "+", "-", "=", "!=", "<", "<=", ">", ">="):
            return True
        if not found or (value != "*" and (kind != "name" or value not in ("and", "or", "div", "mod"))):
            return False
        before, sign = found[-1]
        return before != "operator" and (before != "sign" or sign in (")", "]", ".", ".."))

    def peek(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead][1] if self.at + ahead < len(self.tokens) else ""

    def kind(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead][0] if self.at + ahead < len(self.tokens) else ""

    def next(self) -> str:
        value = self.peek()
        self.at += 1
        return value

    def accept(self, sign: str) -> bool:
        if self.peek() == sign and self.kind() in ("sign", "operator"):
            self.at += 1
            return True
        return False

    def expect(self, sign: str) -> None:
        if not self.accept(sign):
            raise self.invalid()

    # -- operators -----------------------------------------------------------------------------------

    def expression(self, level: int = 0) -> Tree:
        if level == 0:
            self.depth += 1
            if self.depth > _MAX_DEPTH:
                raise UnsupportedReached("certgate does not simulate XPath expressions that nest so deep")
        if level == len(_LEVELS):
            return self._unary()
        found = self.expression(level + 1)
        while self.kind() == "operator" and self.peek() in _LEVELS[level]:
            sign = self.next()
            found = (sign, found, self.expression(level + 1))
        if level == 0:
            self.depth -= 1
        return found

    def _unary(self) -> Tree:
        signs = 0
        while self.kind() == "operator" and self.accept("-"):
            signs += 1
        found = self._union()
        for _ in range(min(signs, 2 - signs % 2) if signs else 0):
            found = ("negate", found)
        return found

    def _union(self) -> Tree:
        found = self._path()
        while self.kind() == "operator" and self.accept("|"):
            found = ("|", found, self._path())
        return found

    # -- paths ---------------------------------------------------------------------------------------

    def _path(self) -> Tree:
        if not self._starts_filter():
            return self._location()
        found = self._primary()
        predicates = self._predicates()
        if predicates:
            found = ("filter", found, predicates)
        if self.peek() in ("/", "//") and self.kind() == "sign":
            return ("path", found, self._steps([]))
        return found

    def _starts_filter(self) -> bool:
        kind, value = self.kind(), self.peek()
        if kind in ("number", "string") or value in ("(", "$"):
            return True
        if kind != "name":
            return False
        ahead = 3 if self.peek(1) == ":" else 1
        return self.peek(ahead) == "(" and not (ahead == 1 and value in NODE_TYPES)

    def _primary(self) -> Tree:
        kind, value = self.kind(), self.next()
        if kind == "number":
            return ("number", float(value))
        if kind == "string":
            return ("string", value[1:-1])
        if value == "$":
            return ("variable", self.next())
        if value == "(":
            found = self.expression()
            self.expect(")")
            return ("group", found)
        if self.accept(":"):
            value = f"{value}:{self.next()}"
        self.expect("(")
        arguments: list[Tree] = []
        while not self.accept(")"):
            if arguments:
                self.expect(",")
            arguments.append(self.expression())
        return ("call", value, tuple(arguments))

    def _location(self) -> Tree:
        if self.peek() == "/" and self.kind() == "sign":
            if not self._starts_step(1):
                self.at += 1
                return ("path", "root", ())
            return ("path", "root", self._steps([]))
        if self.peek() == "//" and self.kind() == "sign":
            return ("path", "root", self._steps([]))
        return ("path", None, self._steps([self._step()]))

    def _starts_step(self, ahead: int) -> bool:
        return self.kind(ahead) == "name" or (self.kind(ahead) == "sign" and self.peek(ahead) in (".", "..", "@", "*"))

    def _steps(self, found: list[Tree]) -> tuple[Tree, ...]:
        while self.kind() == "sign" and self.peek() in ("/", "//"):
            charge_steps(1)
            if self.next() == "//":
                found.append(("descendant-or-self", Test("node"), ()))
            found.append(self._step())
        return tuple(found)

    def _step(self) -> Tree:
        if self.accept("."):
            return ("self", Test("node"), ())
        if self.accept(".."):
            return ("parent", Test("node"), ())
        axis = "child"
        if self.accept("@"):
            axis = "attribute"
        elif self.kind() == "name" and self.peek(1) == "::":
            axis = self.next()
            if axis not in AXES:
                raise self.invalid()
            self.at += 1
        return (axis, self._test(), self._predicates())

    def _test(self) -> Test:
        if self.peek() == "*" and self.kind() in ("sign", "operator"):
            self.at += 1
            return Test("name")
        if self.kind() != "name":
            raise self.invalid()
        name = self.next()
        if name in NODE_TYPES and self.accept("("):
            target = self.next()[1:-1] if self.kind() == "string" else None
            self.expect(")")
            return Test(name, None, target)
        if self.accept(":"):
            if self.accept("*"):
                return Test("name", name)
            if self.kind() != "name":
                raise self.invalid()
            return Test("name", name, self.next())
        return Test("name", "", name)

    def _predicates(self) -> tuple[Tree, ...]:
        found: list[Tree] = []
        while self.accept("["):
            found.append(self.expression())
            self.expect("]")
        return tuple(found)
