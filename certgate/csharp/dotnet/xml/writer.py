"""A writer of well-formed XML: namespaces, prefixes, escapes and indentation as .NET's XmlWriter has them.

Knows texts and names; does not know the trees that are written (``output.py``, ``dom.py``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.value import slotted
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.chars import WHITESPACE, argument_fault, first_invalid
from certgate.csharp.dotnet.xml.exception import xml_fault
from certgate.csharp.dotnet.xml.names import XML, XMLNS
from certgate.csharp.runtime import charge_size, charge_steps

if TYPE_CHECKING:
    from certgate.csharp.runtime import ThrownException

_TEXT = re.compile("[&<>\r\n]")
_TEXTS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "\n", "\n": "\n"}
_VALUE = re.compile('[&<>"\t\r\n]')
_VALUES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;"}


@slotted
class _Declared:
    """A prefix on the stack. `state`: ``special``, ``implied`` (known already), ``needed``, ``written``."""

    prefix: str
    space: str
    state: str


def _spaces() -> list[_Declared]:
    return [_Declared("xmlns", XMLNS, "special"), _Declared("xml", XML, "special"), _Declared("", "", "implied")]


def escape_text(text: str) -> str:
    _check(text)
    return _TEXT.sub(lambda found: _TEXTS[found[0]], text.replace("\r\n", "\n"))


def escape_value(text: str) -> str:
    _check(text)
    return _VALUE.sub(lambda found: _VALUES[found[0]], text)


def _check(text: str) -> None:
    bad = first_invalid(text)
    if bad >= 0:
        raise argument_fault(text, bad)


class Writer:
    """`indent`: two blanks a level, but never where text stands; `merge`: no namespace is declared again."""

    def __init__(self, *, indent: bool, merge: bool = False) -> None:
        self.indent = indent
        self.merge = merge
        self.parts: list[str] = []
        self.declared = _spaces()
        self.open: list[tuple[str, int, bool]] = []
        self.mixed = False
        self.tag_open = False
        self.rooted = False

    def text_so_far(self) -> str:
        return "".join(self.parts)

    def put(self, text: str) -> None:
        charge_size(len(text))
        self.parts.append(text)

    def declaration(self, encoding: str | None, standalone: str | None) -> None:
        self.put('<?xml version="1.0"')
        if encoding:
            self.put(f' encoding="{encoding}"')
        if standalone:
            self.put(f' standalone="{standalone}"')
        self.put("?>")

    # -- elements ----------------------------------------------------------------------------------

    def start(self, prefix: str | None, local: str, space: str) -> None:
        """`prefix` None: any that stands for the namespace, else the namespace becomes the default one."""
        charge_steps(1)
        self.close_tag()
        self._break()
        if prefix is None:
            prefix = self.prefix_of(space) or ""
        elif prefix and not space:
            raise faults.argument("Cannot use a prefix with an empty namespace.")
        name = f"{prefix}:{local}" if prefix else local
        self.put(f"<{name}")
        self.open.append((name, len(self.declared), self.mixed))
        self.tag_open = True
        self._imply(prefix, space)

    def attribute(self, prefix: str | None, local: str, space: str, value: str) -> None:
        if not prefix and local == "xmlns":
            self._declare("", value)
        elif prefix == "xmlns":
            if not value:
                raise faults.argument("Cannot use a prefix with an empty namespace.")
            self._declare(local, value)
        else:
            prefix = self._attribute_prefix(prefix, space)
            if prefix == "xml" and local in ("space", "lang"):
                _check_space(local, value)
            elif prefix:
                self._imply(prefix, space)
            self.put(f' {prefix}:{local}="' if prefix else f' {local}="')
            self.put(escape_value(value) + '"')

    def _attribute_prefix(self, prefix: str | None, space: str) -> str:
        if not space:
            return ""
        if prefix is None:
            prefix = self.prefix_of(space)
        if not prefix:
            prefix = self.prefix_of(space)
            return prefix if prefix else self._new_prefix()
        if prefix != "xml":
            mine = self._find(prefix)
            if mine >= self._scope() and self.declared[mine].space != space:
                return self._new_prefix()
        return prefix

    def end(self, *, full: bool) -> None:
        """`full`: with an end tag also where nothing stands inside."""
        name, scope, mixed = self.open.pop()
        if self.tag_open and not full:
            self._finish_declarations()
            self.tag_open = False
            self.put(" />")
        elif self.tag_open:
            self._finish_tag()
            self.put(f"</{name}>")
        else:
            self._break()
            self.put(f"</{name}>")
        self.mixed = mixed
        del self.declared[scope:]

    def close_tag(self) -> None:
        if self.tag_open:
            self._finish_tag()

    def _finish_tag(self) -> None:
        self._finish_declarations()
        self.tag_open = False
        # A document's own white space does not reach into its root element.
        self.mixed = False if len(self.open) <= 1 and not self.rooted else self.mixed
        self.rooted = True
        self.put(">")

    def _finish_declarations(self) -> None:
        for found in self.declared[self._scope() :]:
            if found.state == "needed":
                found.state = "written"
                self._write_declaration(found.prefix, found.space)

    def _break(self) -> None:
        """A new line and the indentation, where nothing but markup stands around."""
        if self.indent and not self.mixed and self.parts:
            self.put("\n" + "  " * len(self.open))

    # -- namespaces --------------------------------------------------------------------------------

    def _scope(self) -> int:
        return self.open[-1][1] if self.open else 3

    def _find(self, prefix: str) -> int:
        for at in range(len(self.declared) - 1, -1, -1):
            if self.declared[at].prefix == prefix:
                return at
        return -1

    def prefix_of(self, space: str) -> str | None:
        """The newest prefix that stands for a namespace and was not given to another one since."""
        charge_steps(1 + (len(self.declared) >> 3))
        for at in range(len(self.declared) - 1, -1, -1):
            if self.declared[at].space == space:
                prefix = self.declared[at].prefix
                return None if self._find(prefix) > at else prefix
        return None

    def _new_prefix(self) -> str:
        base = f"p{len(self.declared) - 3}"
        if self._find(base) < 0:
            return base
        number = 0
        while self._find(f"{base}{number}") >= 0:
            number += 1
        return f"{base}{number}"

    def _imply(self, prefix: str, space: str) -> None:
        """Note that a name uses a prefix: it is declared behind the attributes where it does not stand for this yet."""
        at = self._find(prefix)
        if at >= self._scope():
            if self.declared[at].space != space:
                raise self._redefined(self.declared[at], space)
            return
        if at >= 0:
            state = "implied" if self.declared[at].space == space else "needed"
            if self.declared[at].state == "special" and state == "needed":
                raise _reserved(prefix)
        else:
            state = "needed"
        self._push(prefix, space, state)

    def _declare(self, prefix: str, space: str) -> None:
        """A declaration that stands among the attributes."""
        at = self._find(prefix)
        if at >= self._scope():
            found = self.declared[at]
            if found.space != space:
                raise self._redefined(found, space)
            if found.state == "written":
                name = f"xmlns:{prefix}" if prefix else "xmlns"
                raise xml_fault(f"'{name}' is a duplicate attribute name.")
            if not (self.merge and found.state != "needed"):
                found.state = "written"
                self._write_declaration(prefix, space)
            return
        if at >= 0 and self.merge and self.declared[at].space == space:
            return
        if (space == XML and prefix != "xml") or (space == XMLNS and prefix != "xmlns"):
            raise faults.argument(
                f'Prefix \'{prefix}\' cannot be mapped to namespace name reserved for "xml" or "xmlns".'
            )
        self._push(prefix, space, "written")
        self._write_declaration(prefix, space)

    def _push(self, prefix: str, space: str, state: str) -> None:
        charge_size(1)
        self.declared.append(_Declared(prefix, space, state))

    def _redefined(self, found: _Declared, space: str) -> ThrownException:
        message = (
            f"The prefix '{found.prefix}' cannot be redefined from '{found.space}' to '{space}' within the same start "
            "element tag."
        )
        return xml_fault(message)

    def _write_declaration(self, prefix: str, space: str) -> None:
        self.put(f' xmlns:{prefix}="' if prefix else ' xmlns="')
        self.put(escape_value(space) + '"')

    # -- what is no element ------------------------------------------------------------------------

    def text(self, text: str) -> None:
        self.close_tag()
        self.mixed = True
        self.put(escape_text(text))

    def cdata(self, text: str) -> None:
        self.close_tag()
        self.mixed = True
        _check(text)
        self.put(f"<![CDATA[{_lines(text).replace(']]>', ']]]]><![CDATA[>')}]]>")

    def comment(self, text: str) -> None:
        self.close_tag()
        self._break()
        _check(text)
        body = re.sub(r"-(?=-|\Z)", "- ", _lines(text))
        self.put(f"<!--{body}-->")

    def instruction(self, target: str, data: str) -> None:
        self.close_tag()
        self._break()
        _check(data)
        body = _lines(data).replace("?>", "? >")
        self.put(f"<?{target} {body}?>" if body else f"<?{target}?>")

    def document_type(self, name: str, public: str | None, system: str | None, subset: str | None) -> None:
        self._break()
        self.put(f"<!DOCTYPE {name}")
        if public is not None:
            self.put(f' PUBLIC "{public}" "{system or ""}"')
        elif system is not None:
            self.put(f' SYSTEM "{system}"')
        else:
            self.put(" ")
        if subset is not None:
            self.put(f"[{subset}]")
        self.put(">")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _reserved(prefix: str) -> ThrownException:
    if prefix == "xml":
        return faults.argument(
            f'Prefix "xml" is reserved for use by XML and can be mapped only to namespace name "{XML}".'
        )
    return faults.argument('Prefix "xmlns" is reserved for use by XML.')


def _check_space(local: str, value: str) -> None:
    if local == "space" and value.strip(WHITESPACE) not in ("default", "preserve"):
        raise faults.argument(f"'{value}' is an invalid xml:space value.")
