"""The definitions of ``RSA`` and ``RSACryptoServiceProvider``, for the modules that declare their members."""

from __future__ import annotations

from certgate.csharp.dotnet.asymmetric import MEMBERS, NAMESPACE
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
PROVIDER = define(
    f"{NAMESPACE}.RSACryptoServiceProvider",
    bases=(f"{NAMESPACE}.RSA",),
    known=_MEMBERS + "CspKeyContainerInfo ExportCspBlob ImportCspBlob PersistKeyInCsp PublicOnly UseMachineKeyStore",
)
