"""Issuers that are missing, fetched as .NET on Linux does: each from the address that the last certificate of the path
names, as long as that leads on.

Knows addresses and paths; whether a path is any good is judged in `chain`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.fetch import Kind
from certgate.pki import bodies, path
from certgate.pki.certificate import Certificate
from certgate.pki.checks import title
from certgate.pki.facts import facts
from certgate.pki.path import Path, Pool
from certgate.pki.revocation.addresses import issuer_urls
from certgate.pki.revocation.sources import Sources, row, silence, unfit

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.core.fetch import Answer, Fetcher
    from certgate.pki.facts import Facts
    from certgate.pki.verdict import Evidence

MAX_DOWNLOADS = 20
"""SECURITY: the most issuers that are fetched for one chain; .NET has no such limit."""


class Issuers:
    """The issuers that are fetched for one chain. `downloads` says that the simulated gateway fetches any; else only
    those count that it kept."""

    def __init__(self, fetcher: Fetcher | None, now: datetime, *, downloads: bool) -> None:
        self._now = now
        self._downloads = downloads
        # SECURITY: nobody has vouched for a certificate whose issuer is not known.
        self._sources = Sources(fetcher, trusted=False, offline=not downloads)
        self.evidence: list[Evidence] = []
        self.addresses: dict[Certificate, str] = {}
        """Where each fetched certificate came from."""
        self.open: str | None = None
        """The address whose answer would be needed and is not known."""
        self.settle: tuple[str, ...] = ()
        self.reason = ""
        """What is to be said about the issuer that is still missing."""

    def complete(self, found: Path, anchors: Pool, members: tuple[Facts, ...]) -> Path:
        """The path, with what can be fetched for it; `members` are the certificates that it was looked for among."""
        before, leaf = found, found.elements[0]
        asked: Facts | None = None
        while not found.complete and found.elements[-1] is not asked:
            asked = found.elements[-1]
            if len(self.addresses) >= MAX_DOWNLOADS:
                self.open = next(iter(issuer_urls(asked)), None)
                self.reason = f"certgate fetches no more than {MAX_DOWNLOADS} issuers"
                break
            issuer = self._fetch(asked)
            if issuer is None:
                break
            members = (*members, issuer)
            found = path.find(leaf, anchors, Pool(members), self._now)
        if self._downloads or found.trusted:
            return found
        # .NET keeps what it fetched only where all was well with the chain.
        self.evidence, self.addresses, self.reason = [], {}, ""
        return before

    def _fetch(self, element: Facts) -> Facts | None:
        urls = issuer_urls(element)
        if not urls:
            self.reason = ""
            return None

        def fresh(body: bytes, _: datetime) -> bool:
            kept = _certificate(body, urls[0])
            return kept is not None and element.may_be_issued_by(facts(kept))

        answer = self._sources.ask(urls[0], Kind.ISSUER, fresh)
        self.reason = f"the certificate names {urls[0]} as where to get it"
        if not answer.known:
            self.open, self.settle = urls[0], answer.settle
        certificate = None if answer.body is None else _certificate(answer.body, urls[0])
        if certificate is None:
            self._note_nothing(element, urls[0], answer)
            return None
        found = facts(certificate)
        fits = element.may_be_issued_by(found)
        what = f"{urls[0]} answers with {title(found)}"
        if not fits:
            self.reason += ", but what that answers with is not its issuer"
        detail = what if fits else f"{what}, which is not the issuer of {title(element)}"
        self.addresses.setdefault(certificate, urls[0])
        self.evidence.append(row(Kind.ISSUER, element, urls[0], answer, "fetched" if fits else "not used", detail))
        return found

    def _note_nothing(self, element: Facts, url: str, answer: Answer) -> None:
        result, detail = "not fetched", silence(url, answer)
        if answer.body is not None:
            result, detail = "not used", unfit(url, answer, "certificate that .NET takes there")
        if answer.known:
            self.reason += f", but {detail}"
        self.evidence.append(row(Kind.ISSUER, element, url, answer, result, detail))


def _certificate(body: bytes, url: str) -> Certificate | None:
    """The certificate in an answer, DER or PEM; .NET looks into no PKCS#7 and no PFX here."""
    for encoded in (bodies.whole(body), bodies.block(body, bodies.CERTIFICATE_LABELS)):
        if encoded is not None:
            try:
                return Certificate(encoded, source=url)
            except InputError:
                continue
    return None
