"""``certgate inspect`` as text: a readable view, ready-to-paste policy text, and the JSON by contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from certgate.core.errors import InputError
from certgate.core.excerpt import visible
from certgate.report.json_ import dump
from certgate.report.page import Page, Piece, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, tzinfo

    from certgate.pki.certificate import Certificate
    from certgate.pki.extensions import Extension

COLUMN = 14
PURPOSES = {
    "1.3.6.1.5.5.7.3.1": "server authentication",
    "1.3.6.1.5.5.7.3.2": "client authentication",
    "1.3.6.1.5.5.7.3.3": "code signing",
    "1.3.6.1.5.5.7.3.4": "e-mail protection",
    "1.3.6.1.5.5.7.3.8": "time stamping",
    "1.3.6.1.5.5.7.3.9": "OCSP signing",
    "2.5.29.37.0": "any purpose",
}


class Loaded(Protocol):
    """The certificates of one file: its leaf and the others in the order of the file."""

    @property
    def leaf(self) -> Certificate: ...
    @property
    def others(self) -> tuple[Certificate, ...]: ...
    @property
    def format(self) -> str: ...
    @property
    def source(self) -> str: ...


def to_json(files: Sequence[Loaded], zone: tzinfo) -> str:
    rows = [
        {
            "source": file.source,
            "has_private_key": file.leaf.has_private_key,
            "properties": file.leaf.properties(zone),
            "extensions": [_extension(item) for item in file.leaf.extensions],
            "chain": [{"thumbprint": one.thumbprint, "subject": one.subject, "issuer": one.issuer} for one in chain],
        }
        for file in files
        for chain in [_chain(file)]
    ]
    return dump({"schema": "certgate/inspect/1", "certificates": rows})


def to_page(files: Sequence[Loaded], now: datetime, zone: tzinfo, columns: int) -> Page:
    page = Page(columns)
    for file in files:
        page.blank()
        _file(page, file, now, zone)
    return page


def _chain(file: Loaded) -> list[Certificate]:
    """The leaf and, as far as the file holds them, its issuers."""
    chain, rest = [file.leaf], list(file.others)
    while rest:
        last = chain[-1]
        issuer = next((one for one in rest if one.subject_name.raw == last.issuer_name.raw), None)
        if issuer is None or last.subject_name.raw == last.issuer_name.raw:
            break
        chain.append(issuer)
        rest.remove(issuer)
    return chain


def _extension(extension: Extension) -> dict[str, Any]:
    return {
        "oid": extension.oid,
        "FriendlyName": extension.friendly_name,
        "critical": extension.critical,
        "type": extension.type_name,
        "raw": extension.raw.hex().upper(),
        "Format(false)": extension.format(False),
        "Format(true)": extension.format(True),
        "decoded": _readable(lambda: extension.decoded),
    }


def _readable(read: Callable[[], str | None]) -> str | None:
    """What a member gives; None where the bytes cannot be decoded."""
    try:
        return read()
    except (InputError, ValueError):
        return None


def _file(page: Page, file: Loaded, now: datetime, zone: tzinfo) -> None:
    leaf = file.leaf
    page.add(Piece(file.source, Style.GOOD), f"  {_contents(file)}")
    page.blank()
    facts: list[tuple[str, Callable[[], str | None]]] = [
        ("Subject", lambda: leaf.subject or "(empty)"),
        ("Issuer", lambda: leaf.issuer or "(empty)"),
        ("Thumbprint", lambda: leaf.thumbprint),
        ("Serial", lambda: leaf.serial_number),
        ("Valid", lambda: _validity(leaf, now, zone)),
        ("Key", lambda: _key(leaf)),
        ("Usage", lambda: _usage(leaf)),
        ("Names", lambda: _names(leaf)),
        ("Revocation", lambda: _revocation(leaf)),
        ("Issuer from", lambda: ", ".join(leaf.ca_issuer_urls)),
    ]
    for label, read in facts:
        try:
            text = read()
        except InputError as error:
            text = f"(cannot be read: {error.message})"
        if text:
            page.entry(label, visible(text), column=COLUMN)
    chain = _chain(file)
    for depth, one in enumerate(chain[1:]):
        page.entry("" if depth else "Issued by", f"{'  ' * depth}└ {visible(one.subject)}", column=COLUMN)
    page.blank()
    page.add(Piece("  in a policy", Style.LABEL))
    for line in snippets(leaf):
        page.add(f"    {line}")


def _contents(file: Loaded) -> str:
    key = " with its key" if file.leaf.has_private_key else ""
    more = len(file.others)
    beside = f", {more} more" if more else ""
    return f"{file.format}, 1 certificate{key}{beside}"


def _validity(leaf: Certificate, now: datetime, zone: tzinfo) -> str:
    start, end = leaf.not_before, leaf.not_after
    dates = f"{start.astimezone(zone):%Y-%m-%d %H:%M} to {end.astimezone(zone):%Y-%m-%d %H:%M}"
    if now < start:
        return f"{dates}   valid in {_span((start - now).total_seconds())}"
    if now >= end:
        return f"{dates}   expired {_span((now - end).total_seconds())} ago"
    return f"{dates}   expires in {_span((end - now).total_seconds())}"


def _span(seconds: float) -> str:
    """A length of time in its largest unit: ``43 days``, ``5 hours``, ``1 minute``."""
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= length:
            count = int(seconds // length)
            return f"{count} {unit}{'s' if count != 1 else ''}"
    return "less than a minute"


def _key(leaf: Certificate) -> str:
    key = leaf.public_key
    size = f" {key.size}" if key.size else ""
    return f"{key.oid.friendly_name or key.oid.value}{size}, signed with {_oid(leaf)}"


def _oid(leaf: Certificate) -> str:
    return leaf.signature_algorithm.friendly_name or leaf.signature_algorithm.value


def _usage(leaf: Certificate) -> str:
    uses: list[str] = []
    if leaf.key_usage is not None:
        uses += [_words(flag) for flag in leaf.key_usage.text.split(", ")]
    purposes = leaf.enhanced_key_usage
    uses += ["any purpose"] if purposes is None else [PURPOSES.get(oid, oid) for oid in purposes]
    if leaf.basic_constraints and leaf.basic_constraints.certificate_authority:
        uses.append("CA")
    return " · ".join(uses)


def _words(flag: str) -> str:
    """``DigitalSignature`` as ``digital signature``; abbreviations stay."""
    flag = flag.replace("Crl", "CRL")
    words = "".join(f" {char}" if char.isupper() and flag[i - 1].islower() else char for i, char in enumerate(flag))
    return " ".join(word if word.isupper() else word.lower() for word in words.replace("CRLS", "CRL s").split())


def _names(leaf: Certificate) -> str:
    return " · ".join(f"{name.kind.name.replace('_', ' ')} {name.text}" for name in leaf.subject_alternative_names)


def _revocation(leaf: Certificate) -> str:
    lists = [f"CRL {url}" for point in leaf.crl_distribution_points for url in point.urls]
    return " · ".join([*lists, *(f"OCSP {url}" for url in leaf.ocsp_urls)]) or (
        "no address; Verify() needs a revocation list in the trust store"
    )


def snippets(leaf: Certificate) -> list[str]:
    """Expressions and `<identity>` elements that match this certificate, ready to paste."""
    subject, issuer = leaf.subject, leaf.issuer
    lines = [
        f'context.Request.Certificate.Thumbprint == "{leaf.thumbprint}"',
        f"context.Request.Certificate.Subject == {_literal(subject)}",
        f"context.Request.Certificate.Issuer == {_literal(issuer)}",
        f'<identity thumbprint="{leaf.thumbprint}" />',
        f'<identity subject="{_attribute(subject)}" issuer-subject="{_attribute(issuer)}" />',
    ]
    return [line for line in lines if '""' not in line]


def _literal(text: str) -> str:
    """A C# string literal."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
    parts = [escapes.get(char) or (char if char.isprintable() else _escaped(char)) for char in text]
    return f'"{"".join(parts)}"'


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def _attribute(text: str) -> str:
    """The text inside an XML attribute between double quotes."""
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    return "".join(named.get(char) or (char if char.isprintable() else f"&#x{ord(char):X};") for char in text)
