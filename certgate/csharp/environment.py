"""What an expression is compiled against: its globals, the imported namespaces, and whether the gateway's allow-list
holds."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True, eq=False)
class Environment:
    """`globals`: name -> C# type name. `unrestricted` lifts the gateway's allow-list, and imports two more
    namespaces."""

    globals: Mapping[str, str] = field(default_factory=dict)
    unrestricted: bool = False
    global_types: dict[str, NetType] = field(default_factory=dict, init=False, repr=False)
    type_names: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict, init=False, repr=False)

    @property
    def namespaces(self) -> tuple[str, ...]:
        return (*IMPORTED, *UNRESTRICTED) if self.unrestricted else IMPORTED
