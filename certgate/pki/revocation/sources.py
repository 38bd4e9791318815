"""Asking the addresses of one chain: each once, and never more than the mode of revocation allows.

Knows who may be asked, and how an answer becomes a row of the evidence; what an answer is worth is decided elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.fetch import Answer, Given, Kind
from certgate.pki.verdict import Evidence

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.core.fetch import Fetcher, Fresh
    from certgate.pki.chains.facts import Facts

RULES = ".NET"
_OUT_OF_REACH = "it is out of the gateway's reach, and was not kept"


class Sources:
    """Who asks for one chain. `trusted` says that its certificates lead to a trusted root; `offline` that the gateway
    reaches nobody, and has only what it kept. Without a `fetcher` no answer is known."""

    def __init__(self, fetcher: Fetcher | None, *, trusted: bool, offline: bool = False) -> None:
        self._fetcher = fetcher
        self._trusted = trusted
        self._offline = offline
        self._answers: dict[tuple[str, Kind], Answer] = {}

    def ask(self, url: str, kind: Kind, fresh: Fresh) -> Answer:
        """The answer of an address, asked at most once."""
        answer = self._answers.get((url, kind))
        if answer is None:
            answer = self._answers[url, kind] = self._ask(url, kind, fresh)
        return answer

    def _ask(self, url: str, kind: Kind, fresh: Fresh) -> Answer:
        if self._offline:
            kept = self._fetcher.kept(url, kind) if self._fetcher else None
            return kept or Answer(url, Given.NOBODY, error=_OUT_OF_REACH)
        if self._fetcher is None:
            return Answer(url, Given.NOBODY, known=False)
        return self._fetcher.ask(url, kind, trusted=self._trusted, fresh=fresh)


def row(
    kind: Kind, element: Facts, url: str, answer: Answer, result: str, detail: str, until: datetime | None = None
) -> Evidence:
    """A row of the evidence: what an answer said of an element, and where it came from."""
    return Evidence(
        kind.value,
        element.certificate.thumbprint,
        result,
        url,
        detail,
        rules=RULES,
        given="" if answer.given is Given.NOBODY else answer.given.value,
        fetched=answer.fetched,
        seconds=answer.seconds,
        size=None if answer.body is None else len(answer.body),
        until=until,
    )


def silence(url: str, answer: Answer) -> str:
    """Why an address gave nothing, in a sentence."""
    if not answer.known:
        return f"what {url} answers is not known" + (f": {answer.error}" if answer.error else "")
    if answer.error.startswith("it "):
        return f"{url} {answer.error.removeprefix('it ')}"
    return f"{url} gave no answer" + (f": {answer.error}" if answer.error else "")


def unfit(url: str, answer: Answer, kind: str) -> str:
    """That the answer of an address is not what was asked for, in a sentence."""
    status = "" if answer.status in (None, 200) else f" (HTTP status {answer.status})"
    return f"what {url} answers is no {kind}{status}" if answer.body else f"{url} answers nothing{status}"
