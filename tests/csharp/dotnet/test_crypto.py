"""Digests, ciphers, key derivation, RSA and ECDsa: answers of .NET and of the standards, and .NET's refusals."""

from __future__ import annotations

import base64
from functools import cache

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certgate.csharp import BudgetExceeded, UnsupportedReached
from certgate.csharp.values import display
from certgate.gateway.entropy import Entropy
from tests.csharp.dotnet.evaluation import run, thrown

CRYPTOGRAPHIC = "System.Security.Cryptography.CryptographicException"
AES = "var a = Aes.Create(); a.Key = new byte[16]; a.IV = new byte[16]; "


def value(text: str) -> str:
    return display(run(text, entropy=Entropy(lambda: "x", lambda: None).draw))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('HashAlgorithm.Create("SHA-256").ComputeHash(new byte[0]).Length', "32"),
        ('HashAlgorithm.Create("nothing") == null', "true"),
        ('SHA512.Create("sha512").HashSize', "512"),
        ("new SHA1CryptoServiceProvider().HashSize", "160"),
        ("SHA256.HashSizeInBytes + HMACSHA384.HashSizeInBits", "416"),
        ("SHA256.Create().Hash == null", "true"),
        ("SHA256.Create().ToString()", '"System.Security.Cryptography.SHA256+Implementation"'),
        ('HMAC.Create("HMACSHA256").Key.Length', "64"),
        ("new HMACSHA512().Key.Length", "128"),
        ("new HMACSHA1(new byte[3], false).HashName", '"SHA1"'),
        ("HMACSHA256.HashData(new byte[1], new byte[1]).Length", "32"),
        ("{ ICryptoTransform t = SHA256.Create(); return t.TransformFinalBlock(new byte[3], 0, 3).Length; }", "3"),
        (
            '{ var h = SHA1.Create(); var b = Encoding.ASCII.GetBytes("abc"); h.TransformBlock(b, 0, 2, null, 0); '
            "h.TransformFinalBlock(b, 2, 1); return BitConverter.ToString(h.Hash, 0, 4); }",
            '"A9-99-3E-36"',
        ),
        (
            "{ var o = new byte[4]; MD5.Create().TransformBlock(new byte[] { 1, 2, 3 }, 1, 2, o, 2); "
            "return BitConverter.ToString(o); }",
            '"00-00-02-03"',
        ),
        (
            "{ var h = IncrementalHash.CreateHash(HashAlgorithmName.SHA1); "
            'h.AppendData(Encoding.ASCII.GetBytes("ab")); '
            'h.AppendData(Encoding.ASCII.GetBytes("c")); return BitConverter.ToString(h.GetHashAndReset(), 0, 4); }',
            '"A9-99-3E-36"',
        ),
        ("CryptographicOperations.FixedTimeEquals(new byte[2], new byte[] { 0, 0 })", "true"),
    ],
)
def test_digests(text: str, expected: str) -> None:
    """What the digest classes say of themselves and of data."""
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        ("SHA256.Create().ComputeHash((byte[])null)", "ArgumentNullException", "buffer"),
        ("SHA256.HashData((byte[])null)", "ArgumentNullException", "source"),
        ("new HMACSHA256((byte[])null)", "ArgumentNullException", "key"),
        ("HashAlgorithm.Create((string)null)", "ArgumentNullException", "name"),
    ],
)
def test_null_arguments(text: str, kind: str, message: str) -> None:
    """A null is named by .NET's parameter."""
    assert thrown(text) == (f"System.{kind}", f"Value cannot be null. (Parameter '{message}')")


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        (
            "{ var h = SHA256.Create(); h.TransformBlock(new byte[1], 0, 1, null, 0); return h.Hash; }",
            "System.Security.Cryptography.CryptographicUnexpectedOperationException",
            "Hash must be finalized before the hash value is retrieved.",
        ),
        (
            "{ var h = new HMACSHA1(new byte[1]); h.TransformBlock(new byte[1], 0, 1, null, 0); h.Key = new byte[2]; "
            "return 1; }",
            CRYPTOGRAPHIC,
            "Hash key cannot be changed after the first write to the stream.",
        ),
        (
            "{ var h = new SHA256Managed(); h.Dispose(); return h.ComputeHash(new byte[0]); }",
            "System.ObjectDisposedException",
            "Cannot access a disposed object.\nObject name: 'System.Security.Cryptography.SHA256Managed'.",
        ),
        (
            "HashAlgorithm.Create()",
            "System.PlatformNotSupportedException",
            "This platform does not allow the automatic selection of an algorithm.",
        ),
        (
            "{ var a = Aes.Create(); a.Key = new byte[5]; return 1; }",
            CRYPTOGRAPHIC,
            "Specified key is not a valid size for this algorithm.",
        ),
        (
            "{ var a = Aes.Create(); a.KeySize = 100; return 1; }",
            CRYPTOGRAPHIC,
            "Specified key is not a valid size for this algorithm.",
        ),
        (
            "{ var a = Aes.Create(); a.IV = new byte[5]; return 1; }",
            CRYPTOGRAPHIC,
            "Specified initialization vector (IV) does not match the block size for this algorithm.",
        ),
        (
            "Aes.Create().CreateEncryptor(new byte[5], new byte[16])",
            "System.ArgumentException",
            "Specified key is not a valid size for this algorithm. (Parameter 'rgbKey')",
        ),
        (
            "Aes.Create().CreateEncryptor(new byte[16], new byte[1])",
            "System.ArgumentException",
            "Specified initialization vector (IV) does not match the block size for this algorithm. "
            "(Parameter 'rgbIV')",
        ),
        (
            "Aes.Create().CreateEncryptor(new byte[16], null)",
            CRYPTOGRAPHIC,
            "The cipher mode specified requires that an initialization vector (IV) be used.",
        ),
        (
            "{ var a = Aes.Create(); a.Mode = CipherMode.CTS; return 1; }",
            CRYPTOGRAPHIC,
            "Specified cipher mode is not valid for this algorithm.",
        ),
        (
            "{ var a = Aes.Create(); a.Mode = CipherMode.OFB; return a.CreateEncryptor(); }",
            CRYPTOGRAPHIC,
            "The specified CipherMode 'OFB' is not supported.",
        ),
        (
            "{ var a = new RijndaelManaged(); a.BlockSize = 256; return 1; }",
            "System.PlatformNotSupportedException",
            "BlockSize must be 128 in this implementation.",
        ),
        (
            "{ var a = TripleDES.Create(); a.Key = new byte[24]; return 1; }",
            CRYPTOGRAPHIC,
            "Specified key is a known weak key for 'TripleDES' and cannot be used.",
        ),
        (
            f"{{ {AES} return a.CreateDecryptor().TransformFinalBlock(new byte[15], 0, 15); }}",
            CRYPTOGRAPHIC,
            "The input data is not a complete block.",
        ),
        (
            f"{{ {AES} return a.CreateDecryptor().TransformFinalBlock(new byte[16], 0, 16); }}",
            CRYPTOGRAPHIC,
            "Padding is invalid and cannot be removed.",
        ),
        (
            f"{{ {AES} return a.CreateEncryptor().TransformBlock(new byte[5], 0, 5, new byte[5], 0); }}",
            "System.ArgumentOutOfRangeException",
            "TransformBlock may only process bytes in block sized increments. (Parameter 'inputCount')",
        ),
        (
            "{ var g = new AesGcm(new byte[16], 16); g.Decrypt(new byte[12], new byte[1], new byte[16], new byte[1]); "
            "return 1; }",
            "System.Security.Cryptography.AuthenticationTagMismatchException",
            "The computed authentication tag did not match the input authentication tag.",
        ),
        ("RSA.Create(100)", CRYPTOGRAPHIC, "Specified key is not a valid size for this algorithm."),
        (
            'RSA.Create().SignData(new byte[1], new HashAlgorithmName(""), RSASignaturePadding.Pkcs1)',
            "System.ArgumentException",
            "The hash algorithm name cannot be null or empty. (Parameter 'hashAlgorithm')",
        ),
    ],
)
def test_refusals(text: str, kind: str, message: str) -> None:
    """What .NET refuses, in its words."""
    assert thrown(text, entropy=Entropy(lambda: "x", lambda: None).draw) == (kind, message)


@pytest.mark.parametrize(
    ("settings", "length", "sealed"),
    [
        ("", 11, 16),
        ("", 16, 32),
        ("a.Padding = PaddingMode.Zeros;", 11, 16),
        ("a.Padding = PaddingMode.ANSIX923;", 11, 16),
        ("a.Padding = PaddingMode.ISO10126;", 11, 16),
        ("a.Padding = PaddingMode.None;", 16, 16),
        ("a.Mode = CipherMode.ECB;", 11, 16),
        ("a.Mode = CipherMode.CFB;", 11, 12),
        ("a.Mode = CipherMode.CFB; a.FeedbackSize = 128;", 11, 16),
        ("a.Mode = CipherMode.CFB; a.Padding = PaddingMode.None;", 11, 11),
    ],
)
def test_ciphers_there_and_back(settings: str, length: int, sealed: int) -> None:
    """Every mode and padding gives a text of .NET's length, and the plain text back."""
    text = (
        f"{{ {AES} {settings} var p = Enumerable.Range(1, {length}).Select(i => (byte)i).ToArray(); "
        "var c = a.CreateEncryptor().TransformFinalBlock(p, 0, p.Length); "
        "var q = a.CreateDecryptor().TransformFinalBlock(c, 0, c.Length); "
        'return c.Length + " " + q.Take(p.Length).SequenceEqual(p); }'
    )
    assert value(text) == f'"{sealed} True"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # FIPS 197 appendix C.1.
        (
            "BitConverter.ToString(Convert.FromBase64String(Convert.ToBase64String(new Func<byte[]>(() => { "
            "var a = Aes.Create(); a.Key = Enumerable.Range(0, 16).Select(i => (byte)i).ToArray(); "
            "var p = Enumerable.Range(0, 16).Select(i => (byte)(i * 17)).ToArray(); "
            "return a.EncryptEcb(p, PaddingMode.None); })())), 0, 4)",
            '"69-C4-E0-D8"',
        ),
        # The classic example of the DES standard.
        (
            "{ var d = DES.Create(); d.Key = new byte[] { 0x13, 0x34, 0x57, 0x79, 0x9B, 0xBC, 0xDF, 0xF1 }; "
            "return BitConverter.ToString(d.EncryptEcb(new byte[] { 1, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF }, "
            "PaddingMode.None)); }",
            '"85-E8-13-54-0F-0A-B4-05"',
        ),
        ('Aes.Create("AesManaged").FeedbackSize', "128"),
        ("Aes.Create().LegalKeySizes[0].SkipSize", "64"),
        ("Aes.Create().ValidKeySize(192) && !Aes.Create().ValidKeySize(100)", "true"),
        ('SymmetricAlgorithm.Create("TripleDES").KeySize', "192"),
        ('SymmetricAlgorithm.Create("nothing") == null', "true"),
        ("{ var a = Aes.Create(); a.KeySize = 128; return a.Key.Length; }", "16"),
        (
            f"{{ {AES} var t = a.CreateEncryptor(); var o = new byte[32]; "
            "var n = t.TransformBlock(new byte[32], 0, 32, o, 0); "
            "var c = o.Concat(t.TransformFinalBlock(new byte[5], 0, 5)).ToArray(); var d = a.CreateDecryptor(); "
            'return n + " " + d.TransformBlock(c, 0, 32, new byte[32], 0) + " " + '
            "d.TransformFinalBlock(c, 32, 16).Length; }",
            '"32 16 21"',
        ),
        # NIST's first GCM test vector with a text.
        (
            "{ var g = new AesGcm(new byte[16], 16); var c = new byte[16]; var t = new byte[16]; "
            "g.Encrypt(new byte[12], new byte[16], c, t); "
            'return BitConverter.ToString(c, 0, 4) + " " + BitConverter.ToString(t, 0, 4); }',
            '"03-88-DA-CE AB-6E-47-D4"',
        ),
        # RFC 6070, the second test vector.
        (
            'BitConverter.ToString(Rfc2898DeriveBytes.Pbkdf2("password", Encoding.ASCII.GetBytes("salt"), 2, '
            "HashAlgorithmName.SHA1, 20), 0, 4)",
            '"EA-6C-01-4D"',
        ),
        (
            '{ var d = new Rfc2898DeriveBytes("p", new byte[8], 10, HashAlgorithmName.SHA256); var a = d.GetBytes(5); '
            "var b = d.GetBytes(40); d.Reset(); return d.GetBytes(45).SequenceEqual(a.Concat(b)); }",
            "true",
        ),
    ],
)
def test_known_answers(text: str, expected: str) -> None:
    """Test vectors of the standards, and what the classes say of themselves."""
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "using (var m = new MemoryStream()) { using (var c = new CryptoStream(m, a.CreateEncryptor(), "
            "CryptoStreamMode.Write)) { c.Write(new byte[20], 0, 20); } return m.ToArray().Length; }",
            "32",
        ),
        (
            "using (var m = new MemoryStream()) { var c = new CryptoStream(m, a.CreateEncryptor(), "
            "CryptoStreamMode.Write, true); c.Write(new byte[20], 0, 20); var n = m.Length; c.FlushFinalBlock(); "
            'return n + " " + m.Length + c.HasFlushedFinalBlock; }',
            '"16 32True"',
        ),
        (
            "var s = new MemoryStream(a.EncryptCbc(new byte[20], new byte[16])); var b = new byte[99]; "
            "return new CryptoStream(s, a.CreateDecryptor(), CryptoStreamMode.Read).Read(b, 0, 99);",
            "20",
        ),
        (
            'var s = new MemoryStream(a.EncryptCbc(Encoding.UTF8.GetBytes("text"), new byte[16])); using (var r = '
            "new StreamReader(new CryptoStream(s, a.CreateDecryptor(), CryptoStreamMode.Read))) return r.ReadToEnd();",
            '"text"',
        ),
        ("return SHA1.Create().ComputeHash(new MemoryStream(new byte[3])).Length;", "20"),
    ],
)
def test_streams(text: str, expected: str) -> None:
    """Streams through a cipher: whole blocks as they come, the last one at the end."""
    assert value(f"{{ {AES} {text} }}") == expected


def test_key_derivation_is_charged() -> None:
    """SECURITY: iterations that would take minutes end the evaluation before they begin."""
    with pytest.raises(BudgetExceeded):
        run('Rfc2898DeriveBytes.Pbkdf2("p", new byte[8], 100000000, HashAlgorithmName.SHA512, 64)')


# -- RSA and ECDsa -----------------------------------------------------------------------------------


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def pkcs8(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return base64.b64encode(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()


def with_rsa(text: str) -> str:
    imported = f'r.ImportPkcs8PrivateKey(Convert.FromBase64String("{pkcs8(rsa_key())}"), out _);'
    return f"{{ var r = RSA.Create(); {imported} {text} }}"


def with_ec(text: str) -> str:
    imported = f'r.ImportPkcs8PrivateKey(Convert.FromBase64String("{pkcs8(ec_key())}"), out _);'
    return f"{{ var r = ECDsa.Create(); {imported} {text} }}"


@pytest.mark.parametrize("scheme", ["Pkcs1", "Pss"])
@pytest.mark.parametrize("digest", ["SHA1", "SHA256", "SHA512"])
def test_rsa_signatures(scheme: str, digest: str) -> None:
    """The library accepts what is signed here, and so does the other half of the key; nothing else is accepted."""
    how = f"HashAlgorithmName.{digest}, RSASignaturePadding.{scheme}"
    signature = bytes(
        run(with_rsa(f"return r.SignData(new byte[5], {how});"), entropy=Entropy(lambda: "x", lambda: None).draw)
    )
    algorithm = getattr(hashes, digest)()
    pss = padding.PSS(padding.MGF1(algorithm), algorithm.digest_size)
    rsa_key().public_key().verify(signature, bytes(5), pss if scheme == "Pss" else padding.PKCS1v15(), algorithm)
    given = f'Convert.FromBase64String("{base64.b64encode(signature).decode()}")'
    assert value(with_rsa(f"return r.VerifyData(new byte[5], {given}, {how});")) == "true"
    assert value(with_rsa(f"return r.VerifyData(new byte[6], {given}, {how});")) == "false"


@pytest.mark.parametrize("scheme", ["Pkcs1", "OaepSHA1", "OaepSHA256", "OaepSHA512"])
def test_rsa_encryption(scheme: str) -> None:
    """What is encrypted comes back, and twice the same run encrypts to the same bytes."""
    how = f"RSAEncryptionPadding.{scheme}"
    text = with_rsa(f"return Convert.ToBase64String(r.Encrypt(new byte[] {{ 1, 2 }}, {how}));")
    assert value(text) == value(text)
    back = f"return BitConverter.ToString(r.Decrypt(r.Encrypt(new byte[] {{ 1, 2 }}, {how}), {how}));"
    assert value(with_rsa(back)) == '"01-02"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("return r.KeySize + r.SignatureAlgorithm;", '"2048RSA"'),
        ("var p = r.ExportParameters(true); return p.D.Length + p.InverseQ.Length;", "384"),
        (
            "var q = RSA.Create(); q.FromXmlString(r.ToXmlString(true)); "
            "return q.ToXmlString(true) == r.ToXmlString(true);",
            "true",
        ),
        ("var q = RSA.Create(r.ExportParameters(false)); return q.ExportSubjectPublicKeyInfo().Length;", "294"),
        ("var q = RSA.Create(); q.ImportFromPem(r.ExportRSAPrivateKeyPem()); return q.KeySize;", "2048"),
        (
            "var q = new RSACryptoServiceProvider(); q.ImportParameters(r.ExportParameters(true)); "
            'return q.VerifyData(new byte[4], new SHA256Managed(), q.SignData(new byte[4], "SHA256")) + " " + '
            "q.PublicOnly;",
            '"True False"',
        ),
    ],
)
def test_rsa_keys(text: str, expected: str) -> None:
    """Keys that the expression brought come in and go out in every form."""
    assert value(with_rsa(text)) == expected


def test_paddings_are_values() -> None:
    """Paddings name themselves and compare by what they are."""
    assert value("RSAEncryptionPadding.OaepSHA256.ToString() + RSASignaturePadding.Pss") == '"OaepSHA256Pss"'
    assert value("RSAEncryptionPadding.CreateOaep(HashAlgorithmName.SHA1) == RSAEncryptionPadding.OaepSHA1") == "true"
    assert value("RSASignaturePadding.Pss == RSASignaturePadding.Pkcs1") == "false"


def test_ecdsa() -> None:
    """Signatures are two numbers side by side, or DER where that is asked for."""
    how = "HashAlgorithmName.SHA256"
    assert value(with_ec(f"var s = r.SignData(new byte[5], {how}); return s.Length;")) == "64"
    assert value(with_ec(f"return r.VerifyData(new byte[5], r.SignData(new byte[5], {how}), {how});")) == "true"
    der = "DSASignatureFormat.Rfc3279DerSequence"
    signature = bytes(
        run(with_ec(f"return r.SignData(new byte[5], {how}, {der});"), entropy=Entropy(lambda: "x", lambda: None).draw)
    )
    ec_key().public_key().verify(signature, bytes(5), ec.ECDSA(hashes.SHA256()))
    assert value(with_ec(f"return r.VerifyData(new byte[5], new byte[64], {how});")) == "false"


@pytest.mark.parametrize(
    "text",
    ["return RSA.Create().ExportParameters(false).Modulus;", "return RSA.Create(r.ExportParameters(false)).Decrypt"],
)
def test_unknown_is_not_made_up(text: str) -> None:
    """A key that .NET would make, and the words of OpenSSL, are nobody's to guess."""
    ending = "(new byte[256], RSAEncryptionPadding.Pkcs1);" if text.endswith("Decrypt") else ""
    with pytest.raises(UnsupportedReached):
        run(with_rsa(text + ending))
