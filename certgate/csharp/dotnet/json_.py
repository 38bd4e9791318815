"""``Newtonsoft.Json``: everything that the gateway's expressions use of it, loaded together."""

from __future__ import annotations

from certgate.csharp.dotnet import (
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
