"""The definitions of ``RSA`` and the classes derived from it, for the modules that declare their members."""

from __future__ import annotations

from certgate.csharp.dotnet.crypto.asymmetric import MEMBERS, NAMESPACE
from certgate.csharp.types import define

_MEMBERS = MEMBERS + (
    "Decrypt DecryptValue Encrypt EncryptValue ExportParameters ExportRSAPrivateKey ExportRSAPrivateKeyPem "
    "ExportRSAPublicKey ExportRSAPublicKeyPem GetMaxOutputSize ImportParameters ImportRSAPrivateKey ImportRSAPublicKey "
    "SignData SignHash TryDecrypt TryEncrypt TryExportRSAPrivateKey TryExportRSAPublicKey TrySignData TrySignHash "
    "VerifyData VerifyHash "
)
RSA = define(
    f"{NAMESPACE}.RSA", bases=(f"{NAMESPACE}.AsymmetricAlgorithm",), allowed=True, abstract=True, known=_MEMBERS
)
OPENSSL = define(f"{NAMESPACE}.RSAOpenSsl", bases=(f"{NAMESPACE}.RSA",), known=_MEMBERS + "DuplicateKeyHandle")
WRAPPER = define(f"{NAMESPACE}.RSAWrapper", bases=(f"{NAMESPACE}.RSA",), known=_MEMBERS)
"""What ``RSA.Create()`` makes, a class that no program can name."""
CNG = define(f"{NAMESPACE}.RSACng", bases=(f"{NAMESPACE}.RSA",), known=_MEMBERS + "Key")
PROVIDER = define(
    f"{NAMESPACE}.RSACryptoServiceProvider",
    bases=(f"{NAMESPACE}.RSA",),
    known=_MEMBERS + "CspKeyContainerInfo ExportCspBlob ImportCspBlob PersistKeyInCsp PublicOnly UseMachineKeyStore",
)
