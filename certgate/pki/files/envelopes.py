"""JSON that carries a certificate: Key Vault secrets and certificates, and ARM resources.

Knows which members hold what, not what the text in them is. Sources: Key Vault's REST reference ("Get Secret", "Get
Certificate"), ARM's schemas of Microsoft.ApiManagement, Microsoft.Web and Microsoft.Network certificates.
"""

from __future__ import annotations

import json

from certgate.core.value import field, frozen


@frozen
class Envelope:
    """The text found in a JSON document, what the document is, and the password that it names, if any."""

    kind: str
    text: str
    password: str | None = field(default=None, repr=False)


class NoEnvelope(Exception):
    """The JSON holds no certificate as text; the message says why, the hint what would help."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


_MEMBERS = {
    "value": "Key Vault secret",
    "cer": "Key Vault certificate",
    "data": "ARM certificate resource",
    "encodedCertificate": "ARM certificate resource",
    "pfxBlob": "ARM certificate resource",
    "cerBlob": "ARM certificate resource",
    "publicCert": "ARM certificate resource",
    "publicCertData": "ARM certificate resource",
    "certificate": "JSON",
    "x5c": "JSON Web Key",
}
"""Where the text stands, the first that is there wins, and what a document with this member is."""
_PASSWORDS = ("password", "certificatePassword")
_REFERENCES = ("keyVault", "keyVaultId", "keyVaultSecretId", "sid")


def read(text: str) -> Envelope:
    """The certificate's text in a JSON document. Raises NoEnvelope, and ValueError where it is not JSON."""
    try:
        document = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    # A list of one is what scripts make of a query.
    if isinstance(document, list):
        if len(document) != 1:
            raise NoEnvelope(f"is a JSON list of {len(document)}", "give one certificate a file")
        document = document[0]
    match document:
        case str():
            return Envelope("JSON text", document)
        case dict():
            return _member(document)
        case _:
            raise NoEnvelope("is JSON without a certificate in it")


def _member(document: dict[str, object]) -> Envelope:
    properties = document.get("properties")
    for level in (document, properties):
        if not isinstance(level, dict):
            continue
        for name, kind in _MEMBERS.items():
            value = level.get(name)
            if isinstance(value, list) and value and name == "x5c":
                value = value[0]
            if isinstance(value, str) and value.strip():
                return Envelope(kind, _literal(value, name), _password(level))
    known = ", ".join(_MEMBERS)
    if any(isinstance(level, dict) and set(_REFERENCES) & set(level) for level in (document, properties)):
        hint = "give the secret itself, as az keyvault secret show prints it"
        raise NoEnvelope("names a Key Vault secret and holds no certificate", hint)
    raise NoEnvelope("is JSON without a certificate in it", f"read are the members {known}, also below properties")


def _literal(value: str, name: str) -> str:
    if value.startswith("[") and value.endswith("]"):
        raise NoEnvelope(f"'{name}' is a template expression, not a certificate", "give the deployed value")
    return value


def _password(level: dict[str, object]) -> str | None:
    for name in _PASSWORDS:
        value = level.get(name)
        if isinstance(value, str) and value and not value.startswith("["):
            return value
    return None
