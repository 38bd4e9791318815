"""What an expression is compiled against: its globals, the imported namespaces, and whether the gateway's allow-list
holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.csharp.types import NetType

IMPORTED = (
    "",
    "System",
    "System.Collections.Generic",
    "System.IO",
    "System.Linq",
    "System.Security.Cryptography",
    "System.Security.Cryptography.X509Certificates",
    "System.Text",
    "System.Text.RegularExpressions",
    "System.Threading",
    "System.Threading.Tasks",
    "System.Xml",
    "System.Xml.Linq",
    "Newtonsoft.Json",
    "Newtonsoft.Json.Linq",
)
"""The namespaces that the gateway imports (fact sheet 7.1)."""

UNRESTRICTED = ("System.Globalization", "System.Net")
"""Those imported besides where the allow-list is lifted."""


class Environment:
    """`globals`: name -> C# type name. `unrestricted` lifts the gateway's allow-list, and imports two more
    namespaces. The binder remembers here what the names mean."""

    __slots__ = ("global_types", "globals", "type_names", "unrestricted")

    def __init__(self, globals: Mapping[str, str] | None = None, unrestricted: bool = False) -> None:
        self.globals: Mapping[str, str] = globals or {}
        self.unrestricted = unrestricted
        self.global_types: dict[str, NetType] = {}
        self.type_names: dict[tuple[str, int], tuple[str, ...]] = {}

    @property
    def namespaces(self) -> tuple[str, ...]:
        return (*IMPORTED, *UNRESTRICTED) if self.unrestricted else IMPORTED
