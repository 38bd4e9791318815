"""XSLT 1.0 by lxml, for ``xsl-transform``.

SECURITY: a stylesheet comes from a policy, the document from a caller. Neither can read a file or an address, write
one, name an entity outside, or call an extension; sizes and the depth of templates are bounded. Time is not: libxslt
has no such limit that lxml could set, so a stylesheet can take as long as its author made it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_INPUT = 4 * 1024 * 1024
MAX_OUTPUT = 16 * 1024 * 1024

XSL = "http://www.w3.org/1999/XSL/Transform"
_SCRIPTS = frozenset({"urn:schemas-microsoft-com:xslt", "http://exslt.org/functions"})
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
    from lxml import etree

    if len(document) > MAX_INPUT:
        raise Unsupported(f"certgate transforms no document beyond {MAX_INPUT // 1024 // 1024} MiB")
    try:
        style = _stylesheet(stylesheet)
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


@lru_cache(maxsize=32)
def _stylesheet(text: str) -> Any:
    from lxml import etree

    tree = _read(text.encode())
    for element in tree.iter(etree.Element):
        _check(element)
    denied: Any = etree.XSLTAccessControl
    return etree.XSLT(tree, access_control=denied.DENY_ALL)


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
    if any("document(" in value for value in element.attrib.values()):
        raise Unsupported("certgate does not simulate the XSLT function document()")


def _words(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0][:300].partition(" (<string>")[0] if lines else type(error).__name__
