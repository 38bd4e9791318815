"""``Newtonsoft.Json``: everything that the gateway's expressions use of it, loaded together."""

from __future__ import annotations

from certgate.csharp.dotnet.json import casts as json_casts
from certgate.csharp.dotnet.json import convert as json_convert
from certgate.csharp.dotnet.json import extensions as json_extensions
from certgate.csharp.dotnet.json import merge as json_merge
from certgate.csharp.dotnet.json import object as json_object
from certgate.csharp.dotnet.json import settings as json_settings
from certgate.csharp.dotnet.json import token as json_token
from certgate.csharp.dotnet.json import value as json_value
from certgate.csharp.dotnet.json import xml as json_xml

MODULES = (
    json_casts,
    json_convert,
    json_extensions,
    json_merge,
    json_object,
    json_settings,
    json_token,
    json_value,
    json_xml,
)
