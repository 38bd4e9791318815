"""Files of every format give their certificates, and everything else gets its own error."""

from __future__ import annotations

import base64
import json
import random
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs7

from certgate.core.errors import InputError
from certgate.core.source import MAX_BYTES, Source
from certgate.pki import der
from certgate.pki.files import ber
from certgate.pki.files.load import Certificates, load, load_all
from tests.pki import minted
from tests.pki.minted import ISSUING, LEAF, OTHER, ROOT

B64 = base64.b64encode(LEAF.der).decode()
CHAIN = LEAF.pem + ISSUING.pem + ROOT.pem


def read(data: str | bytes, password: str | None = None) -> Certificates:
    return load(Source("file", data.encode() if isinstance(data, str) else data), password)


def fault(data: str | bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read(data)
    return caught.value


def p7b(encoding: Encoding) -> bytes:
    return pkcs7.serialize_certificates([one.certificate for one in (LEAF, ISSUING, ROOT)], encoding)


SINGLE = {
    "pem": LEAF.pem,
    "crlf": LEAF.pem.replace("\n", "\r\n"),
    "cr": LEAF.pem.replace("\n", "\r"),
    "text around": f"subject=CN = client\n{LEAF.pem}the end — Ende\n",
    "text in another code page": "friendlyName: Müller\n".encode("latin-1") + LEAF.pem.encode(),
    "indented": LEAF.pem.replace("\n", "\n    "),
    "byte-order mark": b"\xef\xbb\xbf" + LEAF.pem.encode(),
    "utf-16 as powershell writes it": LEAF.pem.encode("utf-16"),
    "utf-16, big endian, no mark": LEAF.pem.encode("utf-16-be"),
    "one line": LEAF.pem.replace("\n", " "),
    "line ends spelled out": LEAF.pem.replace("\n", "\\n"),
    "trusted certificate": LEAF.pem.replace("CERTIFICATE", "TRUSTED CERTIFICATE"),
    "x509 certificate": LEAF.pem.replace("CERTIFICATE", "X509 CERTIFICATE"),
    "der": LEAF.der,
    "der and bytes after it": LEAF.der + b"\n",
    "base64 in one line": B64,
    "base64 wrapped": base64.encodebytes(LEAF.der),
    "base64 in utf-16": B64.encode("utf-16"),
    "base64 with white space": f"  \r\n{B64[:100]} \t{B64[100:]}\r\n\r\n",
    "base64 without padding": B64.rstrip("="),
    "base64 of pem": base64.b64encode(LEAF.pem.encode()),
    "json text": json.dumps(B64),
    "key vault secret of pem": json.dumps({"value": LEAF.pem, "contentType": "application/x-pem-file", "id": "x"}),
    "key vault certificate": json.dumps({"id": "x", "cer": B64, "kid": "k"}),
    "arm resource": json.dumps({"name": "a", "properties": {"data": B64, "password": ""}}),
    "arm resource as list": json.dumps([{"properties": {"data": B64}}]),
    "json in utf-16": json.dumps({"value": B64}).encode("utf-16"),
}


@pytest.mark.parametrize("data", SINGLE.values(), ids=SINGLE.keys())
def test_one_certificate(data: str | bytes) -> None:
    """One certificate is found whatever it is wrapped in."""
    found = read(data)
    assert found.leaf.der == LEAF.der
    assert found.others == ()
    assert not found.leaf.has_private_key
    assert found.leaf.source == found.source == "file"


MANY = {
    "leaf first": CHAIN,
    "root first": ROOT.pem + ISSUING.pem + LEAF.pem,
    "in between": ISSUING.pem + LEAF.pem + ROOT.pem,
    "twice": CHAIN + CHAIN,
    "pkcs7, der": p7b(Encoding.DER),
    "pkcs7, pem": p7b(Encoding.PEM),
    "pkcs7 in base64": base64.b64encode(p7b(Encoding.DER)),
    "pkcs7 labelled as a certificate": p7b(Encoding.PEM).replace(b"PKCS7", b"CERTIFICATE"),
}


@pytest.mark.parametrize("data", MANY.values(), ids=MANY.keys())
def test_a_chain(data: str | bytes) -> None:
    """The leaf is the one that no other was issued by; each certificate counts once."""
    found = read(data)
    assert found.leaf.der == LEAF.der
    assert len(found) == 3
    assert next(iter(found)).der == LEAF.der


def test_others_keep_the_order_of_the_file() -> None:
    """The certificates that are not the leaf stay in the order of the file."""
    assert [one.der for one in read(ROOT.pem + LEAF.pem + ISSUING.pem).others] == [ROOT.der, ISSUING.der]
    assert [one.der for one in load_all(Source("file", CHAIN.encode()))] == [LEAF.der, ISSUING.der, ROOT.der]


FORMATS = {
    "PEM": CHAIN,
    "DER": LEAF.der,
    "base64": B64,
    "PKCS#7": p7b(Encoding.PEM),
    "base64 (PKCS#7)": base64.b64encode(p7b(Encoding.DER)),
    "Key Vault secret (PEM)": json.dumps({"value": CHAIN}),
    "Key Vault secret": json.dumps({"value": B64}),
    "Key Vault certificate": json.dumps({"cer": B64}),
    "ARM certificate resource": json.dumps({"properties": {"data": B64}}),
}


@pytest.mark.parametrize(("name", "data"), FORMATS.items())
def test_format_is_named(name: str, data: str | bytes) -> None:
    """The format is named for people, the wrapping first."""
    assert read(data).format == name


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_the_key_tells_the_leaf(form: PrivateFormat) -> None:
    """Of certificates that nothing else tells apart the one with the key is meant."""
    found = read(LEAF.pem + OTHER.pem + OTHER.key_pem(form=form))
    assert found.leaf.der == OTHER.der
    assert found.leaf.has_private_key
    assert [one.has_private_key for one in found.others] == [False]


def test_a_key_before_its_certificate() -> None:
    """A key may stand before its certificate, and may be that of an authority."""
    found = read(ISSUING.key_pem() + CHAIN)
    assert found.leaf.der == ISSUING.der
    assert found.leaf.has_private_key


def test_the_key_of_another_certificate() -> None:
    """A key that belongs to no certificate of the file gives none of them a private key."""
    assert not read(LEAF.pem + OTHER.key_pem()).leaf.has_private_key


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_an_encrypted_key_beside_certificates(form: PrivateFormat) -> None:
    """An encrypted key is taken for that of the leaf, without its password."""
    found = read(CHAIN + LEAF.key_pem(b"secret", form))
    assert found.leaf.der == LEAF.der
    assert found.leaf.has_private_key


def test_a_root_and_a_certificate_of_the_same_name() -> None:
    """A certificate with its issuer's own name is told from it by the key identifiers."""
    same = minted.mint("namesake", ROOT, common_name="Contoso Root CA")
    with pytest.raises(InputError) as caught:
        read(same.pem + ROOT.pem)
    assert caught.value.code == "leaf-ambiguous"


def test_several_candidates_are_listed() -> None:
    """Where nothing tells which certificate is meant the error lists them all."""
    error = fault(LEAF.pem + OTHER.pem)
    assert error.code == "leaf-ambiguous"
    for one in (LEAF, OTHER):
        assert one.thumbprint in error.message


def pem(label: str, data: bytes) -> str:
    return f"-----BEGIN {label}-----\n{base64.encodebytes(data).decode()}-----END {label}-----\n"


def nested(text: str, depth: int) -> str:
    return nested(json.dumps({"value": text}), depth - 1) if depth else text


CSR = minted.request("client").public_bytes(Encoding.DER)
CRL = minted.revocation_list(ISSUING).public_bytes(Encoding.DER)
FAULTS = {
    "file-empty": ["", "\n \t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0"],
    "private-key-only": [
        LEAF.key_pem(),
        LEAF.key_pem(b"x"),
        LEAF.key_pem(form=PrivateFormat.TraditionalOpenSSL),
        LEAF.key_der(),
        base64.b64encode(LEAF.key_der()),
    ],
    "is-csr": [CSR, pem("CERTIFICATE REQUEST", CSR), pem("NEW CERTIFICATE REQUEST", CSR), base64.b64encode(CSR)],
    "is-crl": [CRL, pem("X509 CRL", CRL)],
    "is-public-key": [LEAF.public_key_pem()],
    "file-truncated": [LEAF.der[:-1], LEAF.der[:100], LEAF.pem[:300], B64[:300], B64[:301], CHAIN[:-40]],
    "pem-broken": [
        LEAF.pem.replace("M", "*", 1),
        LEAF.pem.replace("\n-----END", "A\n-----END"),
        LEAF.pem.replace("END CERTIFICATE", "END PKCS7"),
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        LEAF.pem.replace("-----END CERTIFICATE-----\n", "") + LEAF.pem,
        LEAF.pem.replace("-----BEGIN CERTIFICATE-----\n", ""),
    ],
    "not-a-certificate": [
        "hello",
        "<policies><inbound/></policies>",
        "<!DOCTYPE html><html></html>",
        "<?xml version='1.0'?><a/>",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== me",
        "3A E9 CB E0 FA BD DB F4 EC B4 91 D3 D6 85 EA 34 02 B1 19 81",
        b"\xfe\xed\xfe\xed\0\0\0\2",
        b"PK\x03\x04rest",
        bytes(range(256)),
        b"\x30\x03\x0a\x01\x00",
        b"\x30\x80\x02\x01",
        "{}",
        "{",
        "[]",
        "[1, 2]",
        '{"value": ""}',
        '{"value": 5}',
        '{"properties": {"data": "[parameters(\'pfx\')]"}}',
        '{"properties": {"keyVault": {"secretIdentifier": "https://x"}}}',
        '{"value": "hello"}',
        base64.b64encode(b"hello, this is no certificate"),
    ],
    "limit-exceeded": [nested(B64, 5)],
    "file-too-large": [b"x" * (MAX_BYTES + 1)],
}


@pytest.mark.parametrize(
    ("code", "data"),
    [(code, data) for code, files in FAULTS.items() for data in files],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_certificate(code: str, data: str | bytes) -> None:
    """Every kind of wrong file has a code of its own, and its name in the place."""
    error = fault(data)
    assert error.code == code
    assert error.place is not None
    assert error.place.file == "file"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("<policies><inbound/></policies>", "a policy"),
        ("<html>", "HTML"),
        (b"\xfe\xed\xfe\xed\0\0\0\2", "Java key store"),
        ("3A E9 CB E0 FA BD DB F4 EC B4 91 D3 D6 85 EA 34 02 B1 19 81", "thumbprint"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== me", "SSH"),
    ],
)
def test_what_a_wrong_file_looks_like(data: str | bytes, words: str) -> None:
    """The error says what the file looks like."""
    assert words in fault(data).message


def test_broken_blocks_are_reported_with_their_lines() -> None:
    """All broken blocks of a file are reported together, each with its line."""
    broken = LEAF.pem.replace("\n", "\n!", 1)
    error = fault("first line\n" + broken + LEAF.pem + broken)
    lines = len(LEAF.pem.splitlines())
    assert [problem.place.line for problem in error.problems if problem.place] == [3, 3 + 2 * lines]


def test_no_key_is_shown() -> None:
    """SECURITY: what is wrong with a private key block is said without showing its text."""
    error = fault(LEAF.key_pem().replace("\n", " ").replace("M", "*", 1))
    assert error.place is not None
    assert error.place.source_line is None
    assert "BEGIN" not in error.message


def test_lines_inside_json_are_not_lines_of_the_file() -> None:
    """A broken PEM in JSON names the file only."""
    error = fault(json.dumps({"value": LEAF.pem.replace("M", "*", 1)}))
    assert error.code == "pem-broken"
    assert error.place is not None
    assert error.place.line is None


def test_deep_json_is_refused() -> None:
    """SECURITY: nesting in JSON ends in an error, not in the end of the stack."""
    assert fault("[" * 100_000).code == "not-a-certificate"


def indefinite(data: bytes) -> bytes:
    """The same value with every length indefinite, as BER allows."""
    node = der.read(data)
    if not node.constructed:
        return node.raw
    return bytes((node.tag, 0x80)) + b"".join(indefinite(child.raw) for child in node) + b"\0\0"


def test_pkcs7_in_ber() -> None:
    """Indefinite lengths around the certificates are read; the certificates stay as they are."""
    whole = der.read(p7b(Encoding.DER))
    oid, wrapped = whole.children()
    [signed] = wrapped.children()
    data = b"\x30\x80" + oid.raw + b"\xa0\x80\x30\x80" + signed.content + b"\0\0\0\0\0\0"
    found = read(data)
    assert [one.der for one in found] == [LEAF.der, *(one.der for one in found.others)]
    assert len(found) == 3


def test_ber_to_der_is_the_inverse() -> None:
    """Turning lengths into indefinite ones and back gives the same bytes."""
    assert ber.to_der(indefinite(LEAF.der)) == LEAF.der
    assert ber.to_der(LEAF.der) is not None
    assert ber.to_der(b"\x24\x80\x04\x01a\x04\x01b\0\0") == b"\x04\x02ab"


def test_damaged_files_never_crash() -> None:
    """SECURITY: whatever bytes are changed, the answer is a certificate or an InputError."""
    chance = random.Random(7)  # noqa: S311 - the same damage in every run
    originals = [LEAF.der, LEAF.pem.encode(), p7b(Encoding.DER), json.dumps({"value": CHAIN}).encode()]
    for number in range(600):
        data = bytearray(originals[number % len(originals)])
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            load(Source("file", bytes(data if number % 3 else data[: chance.randint(1, len(data))])))
        except InputError as error:
            assert error.place


def test_quick_formats_need_no_cryptography() -> None:
    """Reading PEM, DER, base64 and PKCS#7 imports neither cryptography nor json."""
    code = (
        "import sys, base64\n"
        "from certgate.core.source import Source\n"
        "from certgate.pki.files.load import load\n"
        "data = base64.b64decode(sys.stdin.read())\n"
        "load(Source('f', data)).leaf.thumbprint\n"
        "bad = {'cryptography', 'json', 'rich', 'typer'} & {name.split('.')[0] for name in sys.modules}\n"
        "sys.exit(str(bad) if bad else 0)\n"
    )
    for data in (CHAIN.encode(), LEAF.der, base64.b64encode(LEAF.der), p7b(Encoding.DER)):
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=base64.b64encode(data).decode(),
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
