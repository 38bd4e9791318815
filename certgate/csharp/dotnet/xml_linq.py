"""Loads every module that declares members of System.Xml.Linq."""

from __future__ import annotations

from certgate.csharp.dotnet import (
    xml_attribute,
    xml_casts,
    xml_container,
    xml_document,
    xml_element,
    xml_extensions,
    xml_leaves,
    xml_load,
    xml_names,
    xml_node,
)

FAMILY = (
    *(xml_names, xml_node, xml_container, xml_element, xml_attribute),
    *(xml_leaves, xml_document, xml_load, xml_casts, xml_extensions),
)
