"""Issuers that are missing, fetched as .NET on Linux does: each from the address that the last certificate of the path
names, as long as that leads on.

Knows addresses and paths; whether a path is any good is judged in `chain`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.fetch import Kind
from certgate.core.lazy import lazy
from certgate.pki.certificate import Certificate
from certgate.pki.chains import bodies, path
from certgate.pki.chains.checks import title
from certgate.pki.chains.facts import facts
from certgate.pki.chains.path import Path, Pool
from certgate.pki.revocation.addresses import issuer_url
from certgate.pki.revocation.sources import Sources, row, silence, unfit

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.core.fetch import Answer, Fetcher
    from certgate.pki.chains.facts import Facts
    from certgate.pki.verdict import Evidence

MAX_DOWNLOADS = 20
"""SECURITY: the most issuers that are fetched for one chain; .NET has no such limit."""


class Issuers:
    """The issuers that are fetched for one chain. `downloads` says that the simulated gateway fetches any; else only
    those count that it kept."""

    def __init__(self, fetcher: Fetcher | None, now: datetime, *, downloads: bool) -> None:
        self._fetcher = fetcher
        self._now = now
        self._downloads = downloads
        self.evidence: list[Evidence] = []
        self.addresses: dict[Certificate, str] = {}
        """Where each fetched certificate came from."""
        self.open = False
        """Whether it is not known what the gateway gets."""
        self.wanted: tuple[str, ...] = ()
        """The address whose answer is not known, if that is why."""
        self.settle: tuple[str, ...] = ()
        self.reason = ""
        """What is to be said about the issuer that is still missing."""

    @lazy
    def _sources(self) -> Sources:
        # SECURITY: nobody has vouched for a certificate whose issuer is not known.
        return Sources(self._fetcher, trusted=False, offline=not self._downloads)

    def complete(self, found: Path, anchors: Pool, members: tuple[Facts, ...]) -> Path:
        """The path, with what can be fetched for it; `members` are the certificates that it was looked for among."""
        before, leaf = found, found.elements[0]
        asked: Facts | None = None
        while not found.complete and found.elements[-1] is not asked:
            asked = found.elements[-1]
            if len(self.addresses) >= MAX_DOWNLOADS and (url := issuer_url(asked)) is not None:
                self.open, self.wanted = True, (url,)
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
        self.evidence, self.addresses, self.open, self.reason = [], {}, False, ""
        return before

    def _fetch(self, element: Facts) -> Facts | None:
        url = issuer_url(element)
        if url is None:
            self.reason = ""
            return None

        def fresh(body: bytes, _: datetime) -> bool:
            kept = _certificate(body, url)
            return kept is not None and element.may_be_issued_by(facts(kept))

        answer = self._sources.ask(url, Kind.ISSUER, fresh)
        self.reason = f"the certificate names {url} as where to get it"
        if not answer.known:
            self.open, self.wanted, self.settle = True, (url,), answer.settle
        certificate = _certificate(answer.body, url) if answer.known and answer.body is not None else None
        if certificate is None:
            self._note_nothing(element, url, answer)
            return None
        found = facts(certificate)
        fits = element.may_be_issued_by(found)
        what = f"{url} answers with {title(found)}"
        if not fits:
            self.reason += ", but what that answers with is not its issuer"
        detail = what if fits else f"{what}, which is not the issuer of {title(element)}"
        self.addresses.setdefault(certificate, url)
        self.evidence.append(row(Kind.ISSUER, element, url, answer, "fetched" if fits else "not used", detail))
        return found

    def _note_nothing(self, element: Facts, url: str, answer: Answer) -> None:
        result, detail = "not fetched", silence(url, answer)
        if answer.known and answer.body is not None:
            result, detail = "not used", unfit(url, answer, "certificate that .NET takes there")
            if bodies.unread(answer.body, bodies.CERTIFICATE_LABELS):
                self.open = True
                detail = f"certgate cannot read what {url} answers, and the gateway perhaps can"
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
