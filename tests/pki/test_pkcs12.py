"""PFX files: what .NET says of the recorded ones, every variant that OpenSSL writes, and hostile ones."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import NoEncryption, PrivateFormat, pkcs12

from certgate.core.errors import InputError, PasswordError
from certgate.core.source import Source
from certgate.pki import der
from certgate.pki.files import ber, rc2
from certgate.pki.files.load import Certificates, load, load_all
from certgate.pki.files.pbe import MAX_ROUNDS
from tests.pki.minted import ISSUING, LEAF, OTHER, ROOT, Minted, key

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "pfx.json").read_text())["files"]
PASSWORD = "s3cret"
OPENSSL = shutil.which("openssl")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="the openssl command is not there")


def source(row: dict[str, Any]) -> Source:
    return Source(row["id"], base64.b64decode(row["pfx"]))


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: row["id"])
def test_recorded_file(row: dict[str, Any]) -> None:
    """The leaf, its key and the others are what .NET gives, or both refuse."""
    expected = row["certificate"]
    if "error" in expected:
        with pytest.raises(InputError):
            load(source(row), row["password"])
        return
    leaf = load(source(row), row["password"]).leaf
    assert leaf.thumbprint == expected["Thumbprint"]
    assert leaf.has_private_key == expected["HasPrivateKey"]
    held = load_all(source(row), row["password"])
    assert [one.thumbprint for one in reversed(held)] == [one["Thumbprint"] for one in row["collection"]]


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: row["id"])
def test_recorded_file_without_password(row: dict[str, Any]) -> None:
    """Without a password a file opens where .NET opens it."""
    if isinstance(row["without_password"], str):
        assert load(source(row)).leaf.thumbprint == row["without_password"]
    else:
        with pytest.raises(InputError):
            load(source(row))


def made(
    password: str | None = PASSWORD, *, leaf: Minted = LEAF, others: tuple[Minted, ...] = (ISSUING, ROOT)
) -> bytes:
    protection = pkcs12.PBES.PBESv2SHA256AndAES256CBC
    builder = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(1000).key_cert_algorithm(protection)
    encryption = builder.build(password.encode()) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(
        b"name", key(leaf.name), leaf.certificate, [one.certificate for one in others], encryption
    )


def read(data: bytes, password: str | None = None) -> Certificates:
    return load(Source("client.pfx", data), password)


def fault(data: bytes, password: str | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        read(data, password)
    return caught.value


def test_wrong_and_missing_passwords() -> None:
    """A wrong and a missing password are told apart, and neither message holds a password."""
    missing, wrong = fault(made()), fault(made(), "not-this-one")
    assert isinstance(missing, PasswordError)
    assert missing.code == "password-missing"
    assert missing.hint is not None
    assert "--password-env" in missing.hint
    assert wrong.code == "password-wrong"
    assert "not-this-one" not in str(wrong) + str(wrong.hint)
    assert fault(made(), "").code == "password-wrong"


def test_the_password_is_asked_for_once() -> None:
    """Where a password is needed and none given it is asked for once; an unprotected file asks nobody."""
    asked: list[int] = []

    def ask() -> str:
        asked.append(1)
        return "s3cret"

    assert load(Source("f", made()), ask=ask).leaf.thumbprint == LEAF.thumbprint
    assert len(asked) == 1
    assert load(Source("f", made(None)), ask=ask).leaf.thumbprint == LEAF.thumbprint
    assert len(asked) == 1
    with pytest.raises(PasswordError) as caught:
        load(Source("f", made("another")), ask=ask)
    assert caught.value.code == "password-wrong"


@pytest.mark.parametrize("password", ["Grüße, 世界", "🔑 key", "x" * 500, " with spaces ", "-", "'\"$`\\"])
def test_unusual_passwords(password: str) -> None:
    """Passwords outside ASCII, long ones and odd characters open what they closed."""
    assert read(made(password), password).leaf.has_private_key


def test_wrapped_in_base64_and_json() -> None:
    """A PFX in base64, a Key Vault secret or an ARM resource that names its password."""
    text = base64.b64encode(made()).decode()
    assert read(text.encode(), "s3cret").format == "base64 (PFX)"
    secret = {"value": base64.b64encode(made(None)).decode(), "contentType": "application/x-pkcs12"}
    assert read(json.dumps(secret).encode()).format == "Key Vault secret (PFX)"
    resource = json.dumps({"properties": {"data": text, "password": "s3cret"}}).encode()
    assert read(resource).leaf.has_private_key
    assert fault(resource, "other").code == "password-wrong"


def test_the_key_of_an_authority_is_the_leaf() -> None:
    """The certificate with the key is the leaf even where it issued another one."""
    found = read(made(leaf=ISSUING, others=(LEAF, ROOT)), "s3cret")
    assert found.leaf.thumbprint == ISSUING.thumbprint
    assert [one.thumbprint for one in found.others] == [LEAF.thumbprint, ROOT.thumbprint]


def parts(data: bytes) -> tuple[der.Node, der.Node, der.Node]:
    version, safe, mac = der.read(data).children()
    return version, safe, mac


def octets(content: bytes) -> bytes:
    return ber.definite(der.OCTET_STRING, content)


def sequence(*items: bytes) -> bytes:
    return ber.definite(der.SEQUENCE, b"".join(items))


def number(value: int) -> bytes:
    return ber.definite(der.INTEGER, value.to_bytes(value.bit_length() // 8 + 1))


def identifier(text: str) -> bytes:
    first, second, *rest = map(int, text.split("."))
    content = bytearray([40 * first + second])
    for arc in rest:
        digits = [arc & 0x7F]
        while arc := arc >> 7:
            digits.append(arc & 0x7F | 0x80)
        content += bytes(reversed(digits))
    return ber.definite(der.OID, bytes(content))


def algorithm(oid: str, *parameters: bytes) -> bytes:
    return sequence(identifier(oid), *parameters)


def safe_content(safe: der.Node) -> bytes:
    return safe.children()[1].children()[0].content


def with_mac(data: bytes, mac: bytes) -> bytes:
    version, safe, _ = parts(data)
    return sequence(version.raw, safe.raw, mac)


def pbmac1(content: bytes, password: bytes, rounds: int) -> bytes:
    """MacData as RFC 9579 defines it, with SHA-256."""
    hashed = algorithm("1.2.840.113549.2.9", b"\x05\x00")
    derivation = algorithm("1.2.840.113549.1.5.12", sequence(octets(b"saltsalt"), number(rounds), number(32), hashed))
    scheme = algorithm("1.2.840.113549.1.5.14", sequence(derivation, hashed))
    digest = hmac.digest(hashlib.pbkdf2_hmac("sha256", password, b"saltsalt", rounds, 32), content, "sha256")
    return sequence(sequence(scheme, octets(digest)), octets(b"NOT USED"), number(1))


def test_pbmac1() -> None:
    """The integrity check of RFC 9579 is done."""
    data = made()
    content = safe_content(parts(data)[1])
    assert read(with_mac(data, pbmac1(content, b"s3cret", 100)), "s3cret").leaf.has_private_key
    assert fault(with_mac(data, pbmac1(content, b"other", 100)), "s3cret").code == "password-wrong"


def test_hostile_rounds() -> None:
    """SECURITY: a file that asks for more hashing than is reasonable is refused at once."""
    data = made()
    content = safe_content(parts(data)[1])
    for rounds in (MAX_ROUNDS + 1, 2**31 - 1, 2**200):
        mac = parts(data)[2].children()
        asking = sequence(mac[0].raw, mac[1].raw, number(rounds))
        assert fault(with_mac(data, asking), "s3cret").code == "limit-exceeded"
    derivation = algorithm("1.2.840.113549.1.5.12", sequence(octets(b"salt"), number(2**31), number(32)))
    hashed = algorithm("1.2.840.113549.2.9", b"\x05\x00")
    scheme = algorithm("1.2.840.113549.1.5.14", sequence(derivation, hashed))
    asking = sequence(sequence(scheme, octets(b"x" * 32)), octets(b"x"), number(1))
    assert fault(with_mac(data, asking), "s3cret").code == "limit-exceeded"
    assert content


def encrypted(oid: str, data: bytes) -> bytes:
    """A PFX without MAC whose certificates are `data`, said to be encrypted with an algorithm."""
    content = sequence(
        identifier("1.2.840.113549.1.7.1"),
        algorithm(oid, sequence(octets(b"12345678"), number(1))),
        ber.definite(0x80, data),
    )
    info = sequence(identifier("1.2.840.113549.1.7.6"), ber.definite(0xA0, sequence(number(0), content)))
    safe = sequence(identifier("1.2.840.113549.1.7.1"), ber.definite(0xA0, octets(sequence(info))))
    return sequence(number(3), safe)


@pytest.mark.parametrize(("oid", "words"), [("1.2.840.113549.1.12.1.1", "RC4 with 128 bits"), ("1.2.3.4", "1.2.3.4")])
def test_unsupported_algorithm(oid: str, words: str) -> None:
    """An algorithm that certgate has not got is named."""
    error = fault(encrypted(oid, b"12345678"), "x")
    assert error.code == "algorithm-unsupported"
    assert words in error.message


def test_a_key_alone() -> None:
    """A PFX with a key and no certificate is a private key alone."""
    data = pkcs12.serialize_key_and_certificates(None, key("client"), None, None, NoEncryption())
    assert fault(data).code == "private-key-only"


def test_in_ber() -> None:
    """Indefinite lengths and strings in pieces, as some programs write them."""
    version, safe, mac = parts(made())
    oid, wrapped = safe.children()
    content = wrapped.children()[0].content
    pieces = b"\x24\x80" + octets(content[:100]) + octets(content[100:]) + b"\0\0"
    data = b"\x30\x80" + version.raw + b"\x30\x80" + oid.raw + b"\xa0\x80" + pieces + b"\0\0\0\0" + mac.raw + b"\0\0"
    assert read(data, "s3cret").leaf.thumbprint == LEAF.thumbprint


def test_truncated_and_damaged() -> None:
    """A cut file is told from a damaged one, and nothing that is changed in it ends in another exception."""
    data = made()
    assert fault(data[:-10], "s3cret").code == "file-truncated"
    chance = random.Random(11)  # noqa: S311 - the same damage in every run
    for _ in range(400):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            read(bytes(damaged), "s3cret")
        except InputError as error:
            assert error.place


@pytest.mark.parametrize(
    ("secret", "bits", "plain", "cipher"),
    [
        ("0000000000000000", 63, "0000000000000000", "ebb773f993278eff"),
        ("ffffffffffffffff", 64, "ffffffffffffffff", "278b27e42e2f0d49"),
        ("3000000000000000", 64, "1000000000000001", "30649edf9be7d2c2"),
        ("88", 64, "0000000000000000", "61a8a244adacccf0"),
        ("88bca90e90875a", 64, "0000000000000000", "6ccf4308974c267f"),
        ("88bca90e90875a7f0f79c384627bafb2", 64, "0000000000000000", "1a807d272bbe5db1"),
        ("88bca90e90875a7f0f79c384627bafb2", 128, "0000000000000000", "2269552ab0f85ca6"),
    ],
)
def test_rc2(secret: str, bits: int, plain: str, cipher: str) -> None:
    """The known answers of RFC 2268 section 5."""
    assert rc2.decrypt_cbc(bytes.fromhex(secret), bits, bytes(8), bytes.fromhex(cipher)).hex() == plain


def test_rc2_is_bounded() -> None:
    """SECURITY: RC2 is done in Python and slow, hence refused for more data than a PFX needs."""
    assert fault(encrypted("1.2.840.113549.1.12.1.6", bytes(1024 * 1024)), "x").code == "limit-exceeded"


VARIANTS = {
    "default": [],
    "legacy": ["-legacy"],
    "3des": ["-legacy", "-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES"],
    "3des with two keys": ["-legacy", "-certpbe", "PBE-SHA1-2DES", "-keypbe", "PBE-SHA1-2DES"],
    "rc2-40": ["-legacy", "-certpbe", "PBE-SHA1-RC2-40", "-keypbe", "PBE-SHA1-RC2-40"],
    "rc2-128": ["-legacy", "-certpbe", "PBE-SHA1-RC2-128", "-keypbe", "PBE-SHA1-RC2-128"],
    "aes-128": ["-certpbe", "aes-128-cbc", "-keypbe", "aes-128-cbc"],
    "aes-192": ["-certpbe", "aes-192-cbc", "-keypbe", "aes-192-cbc"],
    "pbes2 with 3des": ["-certpbe", "des-ede3-cbc", "-keypbe", "des-ede3-cbc"],
    "pbes2 with rc2": ["-legacy", "-certpbe", "rc2-cbc", "-keypbe", "rc2-cbc"],
    "pbes2 with rc2-40": ["-legacy", "-certpbe", "rc2-40-cbc", "-keypbe", "rc2-40-cbc"],
    "certificates in the clear": ["-certpbe", "NONE"],
    "key in the clear": ["-keypbe", "NONE"],
    "nothing encrypted": ["-certpbe", "NONE", "-keypbe", "NONE"],
    "no mac": ["-nomac"],
    "no mac, certificates in the clear": ["-nomac", "-certpbe", "NONE"],
    "mac with sha-1": ["-macalg", "sha1"],
    "mac with sha-384": ["-macalg", "sha384"],
    "mac with sha-512": ["-macalg", "sha512"],
    "one round": ["-iter", "1"],
    "mac with one round": ["-nomaciter"],
    "many rounds": ["-iter", "300000"],
    "names": ["-name", "Prüfung", "-caname", "issuing"],
    "key for exchange": ["-keyex", "-CSP", "Microsoft Enhanced Cryptographic Provider v1.0"],
}


def export(folder: Path, arguments: list[str], password: str) -> bytes:
    (folder / "all.pem").write_text(LEAF.key_pem() + LEAF.pem + ISSUING.pem + ROOT.pem)
    command = [str(OPENSSL), "pkcs12", "-export", "-in", str(folder / "all.pem"), "-out", str(folder / "out.pfx")]
    done = subprocess.run(
        [*command, "-passout", f"pass:{password}", *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"this openssl does not write it: {done.stderr.splitlines()[0]}")
    return (folder / "out.pfx").read_bytes()


@needs_openssl
@pytest.mark.parametrize("password", ["s3cret", ""], ids=["password", "empty password"])
@pytest.mark.parametrize("arguments", VARIANTS.values(), ids=VARIANTS.keys())
def test_what_openssl_writes(tmp_path: Path, arguments: list[str], password: str) -> None:
    """Every variant opens with its password, an empty one also with none, and with no other where it is protected."""
    data = export(tmp_path, arguments, password)
    found = read(data, password)
    assert [one.thumbprint for one in found] == [LEAF.thumbprint, ISSUING.thumbprint, ROOT.thumbprint]
    assert [one.has_private_key for one in found] == [True, False, False]
    unprotected = "-nomac" in arguments and arguments.count("NONE") == 2
    if password == "" or unprotected:
        assert read(data).leaf.has_private_key
    else:
        assert fault(data).code == "password-missing"
    if not unprotected:
        assert fault(data, "wrong").code == "password-wrong"


@needs_openssl
@pytest.mark.parametrize(("cipher", "name"), [("PBE-SHA1-RC4-128", "RC4"), ("PBE-MD5-DES", "DES with MD5")])
def test_what_openssl_writes_and_nobody_should(tmp_path: Path, cipher: str, name: str) -> None:
    """RC4 and DES are named as what they are."""
    error = fault(export(tmp_path, ["-legacy", "-certpbe", cipher, "-keypbe", cipher], "x"), "x")
    assert error.code == "algorithm-unsupported"
    assert name in error.message


@needs_openssl
def test_certificates_without_a_key(tmp_path: Path) -> None:
    """A PFX without a key is read as any file with several certificates."""
    data = export(tmp_path, ["-nokeys"], "s3cret")
    found = read(data, "s3cret")
    assert found.leaf.thumbprint == LEAF.thumbprint
    assert not any(one.has_private_key for one in found)


@needs_openssl
def test_pkcs7_from_openssl(tmp_path: Path) -> None:
    """crl2pkcs7 writes certificates in the order given, in DER and PEM."""
    (tmp_path / "all.pem").write_text(LEAF.pem + ISSUING.pem + OTHER.pem)
    for form in ("DER", "PEM"):
        out = tmp_path / f"all.{form}"
        command = [str(OPENSSL), "crl2pkcs7", "-nocrl", "-certfile", str(tmp_path / "all.pem"), "-outform", form]
        subprocess.run([*command, "-out", str(out)], check=True, capture_output=True)
        held = load_all(Source.read(out))
        assert [one.thumbprint for one in held] == [LEAF.thumbprint, ISSUING.thumbprint, OTHER.thumbprint]
