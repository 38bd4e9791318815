"""JSON values of Python as tokens of expressions."""

from __future__ import annotations

import json
from typing import Any

from certgate.csharp.dotnet.json.reader import parse
from certgate.csharp.dotnet.json.tokens import Token
from certgate.csharp.values import to_utf16


def token_of(value: Any) -> Token:
    """The token of a value; a text that looks like a date stays a text."""
    return parse(to_utf16(json.dumps(value)), dates=False)
