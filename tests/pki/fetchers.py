"""Answers without a network: a fetcher over a mapping in the shape of ``--responses``, with or without a memory."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from certgate.core.fetch import Answer, Given, Kind

Responses = Mapping[str, Mapping[str, Any] | bytes]


class Replay:
    """Answers from a mapping; what is not in it answers 404. `online` False: nobody is asked, only `memory` counts.

    `unknown` are addresses that certgate itself may not ask. `asked` notes who was asked, in order.
    """

    def __init__(
        self,
        responses: Responses,
        now: datetime,
        *,
        memory: dict[str, tuple[bytes, datetime]] | None = None,
        online: bool = True,
        unknown: tuple[str, ...] = (),
    ) -> None:
        self.responses = responses
        self.now = now
        self.memory = memory
        self.online = online
        self.unknown = unknown
        self.asked: list[str] = []
        self.trusted: dict[str, bool] = {}

    def ask(self, url: str, kind: Kind, *, trusted: bool, fresh: Callable[[bytes, datetime], bool]) -> Answer:
        self.trusted[url] = trusted
        if any(url.startswith(one) for one in self.unknown):
            return Answer(url, Given.NOBODY, error="not allowed", known=False, settle=("--allow-private-network",))
        kept = self.kept(url, kind)
        if kept is not None and kept.body is not None and kept.fetched and fresh(kept.body, kept.fetched):
            return kept
        if not self.online:
            return Answer(url, Given.NOBODY, error="offline", known=False)
        self.asked.append(url)
        answer = self._replayed(url)
        if self.memory is not None and answer.body is not None:
            self.memory[url] = answer.body, self.now
        return answer

    def kept(self, url: str, kind: Kind) -> Answer | None:
        if self.memory is None or url not in self.memory:
            return None
        body, fetched = self.memory[url]
        return Answer(url, Given.CACHE, body, fetched=fetched)

    def _replayed(self, url: str, redirects: int = 0) -> Answer:
        found = self.responses.get(url)
        if found is None:
            bases = [one for one in self.responses if url.startswith(one.rstrip("/") + "/")]
            found = self.responses[bases[0]] if bases else {"status": 404}
        if isinstance(found, bytes):
            found = {"body": base64.b64encode(found).decode()}
        if "error" in found:
            return Answer(url, Given.RESPONSES, error=str(found["error"]))
        status = int(found.get("status", 200))
        if status in (300, 301, 302, 303, 307, 308):
            location = (found.get("headers") or {}).get("Location", "")
            if not location.startswith("http://") or redirects == 10:
                return Answer(url, Given.RESPONSES, status=status, error="it leads nowhere")
            return self._replayed(location, redirects + 1)
        return Answer(url, Given.RESPONSES, base64.b64decode(found.get("body") or ""), status, fetched=self.now)
