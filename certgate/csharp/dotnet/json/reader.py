"""JSON text to a tree, with the gateway's time zone: what all of ``Parse`` and the message body use."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from certgate.csharp.dotnet.json.dates import read_date as read_date
from certgate.csharp.dotnet.json.load import PLAIN
from certgate.csharp.dotnet.json.load import parse as parse_with
from certgate.csharp.dotnet.json.reading import ReadOptions

if TYPE_CHECKING:
    from datetime import tzinfo

    from certgate.csharp.dotnet.json.load import LoadOptions
    from certgate.csharp.dotnet.json.tokens import Token


def parse(text: str, wanted: str = "", zone: tzinfo = UTC, dates: bool = True, load: LoadOptions = PLAIN) -> Token:
    """One token and nothing after it. `wanted` is ``Object``, ``Array`` or empty for any; `dates`: read dates in texts.

    JsonReaderException as a thrown exception.
    """
    return parse_with(text, wanted, ReadOptions(zone=zone, dates="DateTime" if dates else "None"), load)
