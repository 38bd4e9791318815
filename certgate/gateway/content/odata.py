"""An OData request as far as its address and headers show it: versions, and the names of system query options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

OPTIONS = (
    *("$filter", "$select", "$expand", "$orderby", "$top", "$skip", "$count", "$search", "$format", "$compute"),
    *("$index", "$apply", "$schemaversion", "$skiptoken", "$deltatoken", "$id", "$levels", "$value"),
)
"""The system query options of OData 4.01, and those that services add to a page's address."""
_VERSION = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def version(text: str) -> tuple[int, ...] | None:
    """A version as numbers; None where the text is none."""
    text = text.partition(";")[0].strip()
    return (
        tuple(int(part) for part in (text if "." in text else f"{text}.0").split("."))
        if _VERSION.fullmatch(text)
        else None
    )


def wrong_option(query: Iterable[tuple[str, list[str]]]) -> str:
    """What is wrong with the system query options, whatever the service; empty where nothing is."""
    for name, values in query:
        if not name.startswith("$"):
            continue
        if name.lower() not in OPTIONS:
            return f"The query option '{name}' is not a system query option."
        if len(values) > 1:
            return f"The query option '{name}' is given more than once."
        if name.lower() in ("$top", "$skip") and not re.fullmatch("[0-9]{1,18}", values[0]):
            return f"The value of '{name}' is not a non-negative integer."
        if name.lower() == "$count" and values[0] not in ("true", "false"):
            return "The value of '$count' is neither true nor false."
    return ""


def plain(query: Iterable[tuple[str, list[str]]]) -> bool:
    """Whether no option is there whose value only the service's model could judge."""
    judged = {"$top", "$skip", "$count"}
    return all(not name.startswith("$") or name.lower() in judged for name, _ in query)
