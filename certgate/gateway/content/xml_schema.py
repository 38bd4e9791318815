"""XML held against an XML Schema, by lxml.

SECURITY: no network, no entities from outside, no schema files beside the one given.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from certgate.core.value import frozen
from certgate.gateway.content.schemas import NotSimulated

MAX_DOCUMENT = 4 * 1024 * 1024
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_SOAP = ("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")


@frozen
class XmlFault:
    """What does not fit, in libxml2's words, and where; `broken`: the document is no XML at all."""

    message: str
    line: int = 0
    position: int = 0
    broken: bool = False

    @property
    def text(self) -> str:
        # libxml2 counts no columns while it validates.
        place = f"Line: {self.line}, Position: {self.position}" if self.position else f"Line: {self.line}"
        return f"{self.message} {place}"


def check(data: bytes) -> str:
    """Why these bytes are no XML Schema; empty where they are one."""
    from lxml import etree

    try:
        _compiled(data)
    except NotSimulated:
        return ""
    except (etree.LxmlError, ValueError) as error:
        return _words(error)
    return ""


def well_formed(document: bytes, *, soap: bool) -> XmlFault | None:
    """Why a document cannot be read, or has no content in a SOAP envelope."""
    return _read(document, soap)[1]


def fault(document: bytes, schema: bytes, *, soap: bool) -> XmlFault | None:
    """The first thing that does not fit. `soap`: what is held against the schema stands in a SOAP envelope."""
    from lxml import etree

    root, broken = _read(document, soap)
    if root is None:
        return broken
    try:
        compiled = _compiled(schema)
        if compiled.validate(root):
            return None
    except etree.LxmlError as error:
        # libxml2 gives up, such as on a pattern that goes to and fro.
        raise NotSimulated(f"certgate cannot apply the XML Schema: {_words(error)}") from None
    for entry in compiled.error_log:
        return XmlFault(entry.message, entry.line, entry.column)
    return XmlFault("The document is not valid.")


def _read(document: bytes, soap: bool) -> tuple[Any, XmlFault | None]:
    from lxml import etree

    if len(document) > MAX_DOCUMENT:
        raise NotSimulated(f"certgate validates no document beyond {MAX_DOCUMENT // 1024 // 1024} MiB")
    try:
        root = etree.fromstring(document, _parser())
    except (etree.LxmlError, ValueError) as error:
        return None, XmlFault(_words(error), broken=True)
    if root.getroottree().docinfo.doctype:
        raise NotSimulated("certgate validates no document that has a DTD")
    if not soap:
        return root, None
    bodies = [each for space in _SOAP for each in root.findall(f"{{{space}}}Body")]
    inside = [each for each in bodies[0] if isinstance(each.tag, str)] if bodies else []
    if len(inside) > 1:
        raise NotSimulated("certgate does not know how the gateway validates several elements in a SOAP body")
    if not inside:
        return None, XmlFault("The message has no SOAP body with content in it.", broken=True)
    return etree.fromstring(etree.tostring(inside[0], with_tail=False), _parser()), None


@lru_cache(maxsize=32)
def _compiled(data: bytes) -> Any:
    from lxml import etree

    tree = etree.fromstring(data, _parser())
    if tree.getroottree().docinfo.doctype:
        raise NotSimulated("certgate follows no XML Schema that has a DTD")
    for name in ("import", "include", "redefine"):
        if tree.find(f".//{_XSD}{name}[@schemaLocation]") is not None:
            raise NotSimulated(f"certgate follows no xs:{name} from one XML Schema to another")
    return etree.XMLSchema(tree)


def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _words(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0][:300].partition(" (<string>")[0] if lines else type(error).__name__
