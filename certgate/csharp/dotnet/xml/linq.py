"""Loads every module that declares members of System.Xml.Linq."""

from __future__ import annotations

from certgate.csharp.dotnet.xml import attribute as xml_attribute
from certgate.csharp.dotnet.xml import casts as xml_casts
from certgate.csharp.dotnet.xml import container as xml_container
from certgate.csharp.dotnet.xml import document as xml_document
from certgate.csharp.dotnet.xml import element as xml_element
from certgate.csharp.dotnet.xml import extensions as xml_extensions
from certgate.csharp.dotnet.xml import leaves as xml_leaves
from certgate.csharp.dotnet.xml import load as xml_load
from certgate.csharp.dotnet.xml import names as xml_names
from certgate.csharp.dotnet.xml import node as xml_node

FAMILY = (
    *(xml_names, xml_node, xml_container, xml_element, xml_attribute),
    *(xml_leaves, xml_document, xml_load, xml_casts, xml_extensions),
)
