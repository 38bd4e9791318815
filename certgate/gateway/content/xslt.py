"""XSLT 1.0 by lxml, for ``xsl-transform``.

SECURITY: a stylesheet comes from a policy, the document from a caller. Neither can read a file or an address, write
one, name an entity outside, or call an extension. Sizes, texts of variables, the depth of templates and the turns of
templates and loops are bounded; what a single XPath expression takes is not, so that nobody waits for it beyond some
seconds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.gateway.content.patience import SECONDS, TooLong, in_time

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_INPUT = 4 * 1024 * 1024
MAX_OUTPUT = 16 * 1024 * 1024
MAX_TURNS = 500_000
"""Runs of templates, turns of loops, and variables."""

_PARAMETER = re.compile(r"(?!_input$|profile_run$)[^\W\d][\w.-]*")
_BLANKS = re.compile(r"\s+")

XSL = "http://www.w3.org/1999/XSL/Transform"
_SCRIPTS = frozenset({"urn:schemas-microsoft-com:xslt", "http://exslt.org/functions"})
_EXTENSIONS = ("http://exslt.org/", "http://icl.com/saxon", "http://xmlsoft.org/", "http://www.jclark.com/xt")
"""Beginnings of the names of libxslt's own extensions, which .NET does not have."""
_NODE_SET = "http://exslt.org/common"
_OWN = "urn:certgate:turns"
_BOUNDED = f"{{{XSL}}}template", f"{{{XSL}}}for-each"
_PARAM, _VARIABLE = f"{{{XSL}}}param", f"{{{XSL}}}variable"
_FIRST = _PARAM, f"{{{XSL}}}sort"
"""What stands before everything else in a template or loop."""
_ABSENT = ("document(", "system-property(", "unparsed-entity-uri(")
_UNRESOLVED = frozenset({f"{{{XSL}}}import", f"{{{XSL}}}include"})


@frozen
class Transformed:
    """`fault`: why there is no result, in the words of libxml2 and libxslt."""

    data: bytes = b""
    fault: str = ""


class Unsupported(Exception):
    """Something in the stylesheet that is not simulated."""


def transform(stylesheet: str, document: bytes, parameters: Mapping[str, str]) -> Transformed:
    """Raises Unsupported."""
    if len(document) > MAX_INPUT:
        raise Unsupported(f"certgate transforms no document beyond {MAX_INPUT // 1024 // 1024} MiB")
    wrong = next((name for name in parameters if not _PARAMETER.fullmatch(name)), None)
    if wrong is not None:
        raise Unsupported(f"certgate does not know what a parameter of the name '{wrong[:40]}' does")
    turns = _Turns()
    try:
        return in_time(lambda: _transformed(stylesheet, document, parameters, turns), SECONDS)
    except TooLong:
        turns.left = 0
        raise Unsupported(f"certgate waits for no transformation beyond {SECONDS:g} seconds") from None


class _Turns:
    """How often templates and loops may still run."""

    def __init__(self) -> None:
        self.left = MAX_TURNS

    def take(self, _: Any, length: float) -> bool:
        """An XPath function. Raises Unsupported, which ends the transformation."""
        if length > MAX_OUTPUT:
            raise Unsupported(f"certgate keeps no text of a stylesheet beyond {MAX_OUTPUT // 1024 // 1024} MiB")
        self.left -= 1
        if self.left < 0:
            raise Unsupported(f"certgate runs no more than {MAX_TURNS} templates and turns of loops")
        return False


def _transformed(stylesheet: str, document: bytes, parameters: Mapping[str, str], turns: _Turns) -> Transformed:
    from lxml import etree

    try:
        style = _stylesheet(stylesheet, turns)
        tree = _read(document)
        result = style(tree, **{name: etree.XSLT.strparam(text) for name, text in parameters.items()})
        written = bytes(result)
        if result.getroot() is not None:
            # libxslt ends a document with a line feed, .NET does not.
            written = written.removesuffix(b"\n")
    except (etree.LxmlError, ValueError) as error:
        if isinstance(error, etree.XSLTApplyError) and any("recursion" in each.message for each in error.error_log):
            raise Unsupported("certgate follows no templates that nest so deep") from error
        return Transformed(fault=_words(error))
    if len(written) > MAX_OUTPUT:
        raise Unsupported(f"certgate keeps no result beyond {MAX_OUTPUT // 1024 // 1024} MiB")
    return Transformed(written)


def _stylesheet(text: str, turns: _Turns) -> Any:
    """Compiled anew for every document: what libxslt compiles in one thread it copies for another."""
    from lxml import etree

    tree = _read(text.encode())
    elements = list(tree.iter(etree.Element))
    for element in elements:
        _check(element)
    for element in elements:
        if element.tag in _BOUNDED:
            given = [each for each in element if each.tag in _FIRST]
            at = element.index(given[-1]) + 1 if given else 0
            element.insert(at, _counted([each.get("name") for each in given if each.tag == _PARAM]))
        elif element.tag == _VARIABLE and element.getparent() is not tree:
            element.addnext(_counted([element.get("name")]))
    denied: Any = etree.XSLTAccessControl
    functions: Any = {(_OWN, "take"): turns.take}
    return etree.XSLT(tree, extensions=functions, regexp=False, access_control=denied.DENY_ALL)


def _counted(names: list[str | None]) -> Any:
    """An instruction that counts a turn, and says how long the texts of these variables are."""
    from lxml import etree

    length = " + ".join(f"string-length(${name})" for name in names) or "0"
    return etree.Element(f"{{{XSL}}}if", {"test": f"own:take({length})"}, nsmap={"own": _OWN})


def _read(data: bytes) -> Any:
    """A document without a DTD: entities could make much of little. Raises Unsupported, and what lxml raises."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    root: Any = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise Unsupported("certgate transforms nothing that has a DTD")
    return root


def _check(element: Any) -> None:
    if element.tag in _UNRESOLVED:
        raise Unsupported("certgate does not simulate xsl:import and xsl:include")
    if any(element.tag.startswith(f"{{{space}}}") for space in _SCRIPTS):
        raise Unsupported("the gateway takes no scripts in a stylesheet, and does not say how it refuses them")
    version = element.get("version") if element.tag in (f"{{{XSL}}}stylesheet", f"{{{XSL}}}transform") else None
    if version not in (None, "1.0"):
        raise Unsupported(f"certgate does not simulate XSLT {version[:10]}")
    for space in element.nsmap.values():
        if space != _NODE_SET and (space == _OWN or space.startswith(_EXTENSIONS)):
            raise Unsupported(f"certgate does not simulate the XSLT extensions of {space[:60]}")
    if element.get("extension-element-prefixes") or element.get(f"{{{XSL}}}extension-element-prefixes"):
        raise Unsupported("certgate does not simulate extension elements of XSLT")
    scripts = [f"{prefix}:" for prefix, space in element.nsmap.items() if space in _SCRIPTS]
    for value in element.attrib.values():
        said = _BLANKS.sub("", value)
        if any(prefix in said for prefix in scripts):
            raise Unsupported("certgate does not simulate functions of scripts in a stylesheet")
        if function := next((each for each in _ABSENT if each in said), None):
            raise Unsupported(f"certgate does not simulate the XSLT function {function})")


def _words(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0][:300].partition(" (<string>")[0] if lines else type(error).__name__
