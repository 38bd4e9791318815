"""The answers that an operation documents: which example ``mock-response`` shows.

`responses` of the operation have the shape that ARM gives them: `statusCode`, and `representations` with `contentType`
and `examples` (name to `value`) or one `sample`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.gateway.context.data import Entity


@frozen
class Example:
    """One documented answer."""

    status: int
    kind: str
    value: Any

    @property
    def body(self) -> bytes:
        return (self.value if isinstance(self.value, str) else json.dumps(self.value, ensure_ascii=False)).encode()

    def fits(self, status: int, kind: str | None) -> bool:
        return self.status == status and (kind is None or _media_type(self.kind) == _media_type(kind))


def example(operation: Entity | None, status: int, kind: str | None, index: int | None) -> Example | None:
    """The first example for a status and, where it is given, a content type. An `index` picks one of all, whatever its
    status, where there are as many."""
    found = list(_examples(operation))
    if index is not None and 0 <= index < len(found):
        return found[index]
    return next((each for each in found if each.fits(status, kind)), None)


def _examples(operation: Entity | None) -> Iterator[Example]:
    for response in (operation or {}).get("responses") or ():
        status = response.get("statusCode") or 200
        for representation in response.get("representations") or ():
            kind = representation.get("contentType") or ""
            for shown in (representation.get("examples") or {}).values():
                yield Example(status, kind, (shown or {}).get("value"))
            if representation.get("sample") is not None:
                yield Example(status, kind, representation["sample"])


def _media_type(text: str) -> str:
    return text.partition(";")[0].strip().lower()
