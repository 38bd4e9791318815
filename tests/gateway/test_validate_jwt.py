"""``validate-jwt`` and ``validate-azure-ad-token``: tokens made at a fixed time, and what the gateway says of them."""

from __future__ import annotations

import base64
import json
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from certgate import api
from certgate.core.world import World
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.settings import Gateway
from certgate.gateway.tokens.signature import _FAMILIES
from certgate.pki.certificate import Certificate, PrivateKey
from certgate.pki.stores.trust import TrustStore
from tests.gateway import authority

NOW = int(authority.NOW.timestamp())
SECRET = b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
RSA_KEY = rsa.generate_private_key(65537, 2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())
TEXT = base64.b64encode(SECRET).decode()
KEYS = f"<issuer-signing-keys><key>{TEXT}</key></issuer-signing-keys>"
OPENID = "https://login.example/.well-known/openid-configuration"


def url64(data: bytes | int) -> str:
    raw = data if isinstance(data, bytes) else data.to_bytes((data.bit_length() + 7) // 8)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def numbers(key: rsa.RSAPrivateKey = RSA_KEY) -> dict[str, str]:
    public = key.public_key().public_numbers()
    return {"n": url64(public.n), "e": url64(public.e)}


def token(key: Any = SECRET, algorithm: str = "HS256", header: dict[str, str] | None = None, **claims: Any) -> str:
    """A token that is good for a minute; a claim of None is left out."""
    all_claims = {"sub": "me", "exp": NOW + 60, **claims}
    payload = {name: value for name, value in all_claims.items() if value is not None}
    return jwt.encode(payload, key, algorithm, headers=header)


def policy(inside: str = KEYS, attributes: str = 'header-name="Authorization"', name: str = "validate-jwt") -> str:
    return (
        f'<policies><inbound><{name} {attributes} output-token-variable-name="t">{inside}</{name}>'
        '<return-response><set-body>@(((Jwt)context.Variables["t"]).Subject)</set-body></return-response>'
        "</inbound></policies>"
    )


def ask(text: str, header: str | None, *, responses: Any = None, trust: TrustStore | None = None) -> Outcome:
    request = Request(headers={} if header is None else {"Authorization": header})
    world = World(authority.NOW, responses=responses)
    gateway = Gateway(trust=trust or TrustStore())
    return api.validate(None, Policy.parse(text), gateway, request=request, world=world)


def reason(outcome: Outcome) -> str | None:
    return outcome.last_error.reason if outcome.last_error else None


def test_a_good_token_passes_and_becomes_a_jwt() -> None:
    """What an expression reads of the variable is the token."""
    assert ask(policy(), f"Bearer {token()}").body == "me"


FAULTS: dict[str, tuple[str, str]] = {
    "expired": (token(exp=NOW - 1), "TokenExpired"),
    "no exp": (token(exp=None), "JwtInvalid"),
    "not yet valid": (token(nbf=NOW + 1), "JwtInvalid"),
    "nbf after exp": (token(nbf=NOW + 90), "JwtInvalid"),
    "another key": (token(key=b"x" * 64), "TokenSignatureInvalid"),
    "another key with an id": (token(key=b"x" * 64, header={"kid": "q"}), "TokenSignatureKeyNotFound"),
    "expired and of another key": (token(key=b"x" * 64, exp=1), "TokenSignatureInvalid"),
    "no parts": ("abc", "JwtInvalid"),
    "two parts": ("abc.def", "JwtInvalid"),
    "no JSON": ("YWJj.YWJj.YWJj", "JwtInvalid"),
    "unsigned": (jwt.encode({"exp": NOW + 60}, "", "none"), "TokenSignatureInvalid"),
    "a signature that is no base64": (token().rpartition(".")[0] + ".abcde", "TokenSignatureInvalid"),
    "too long": ("a" * 300_000, "JwtInvalid"),
    "encrypted, no key": ("YQ.YQ.YQ.YQ.YQ", "JwtInvalid"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults(name: str) -> None:
    """Each fault has its reason; the answer says no more than that the token is invalid."""
    text, expected = FAULTS[name]
    outcome = ask(policy(), f"Bearer {text}")
    assert (outcome.status, reason(outcome)) == (401, expected)
    assert json.loads(outcome.body) == {"statusCode": 401, "message": "Invalid JWT."}


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic eDp5", "Token abc"])
def test_absent(header: str | None) -> None:
    """Without the required scheme there is no token."""
    outcome = ask(policy(attributes='header-name="Authorization" require-scheme="Bearer"'), header)
    assert (outcome.status, reason(outcome)) == (401, "TokenNotPresent")
    assert json.loads(outcome.body)["message"] == "JWT not present."


@pytest.mark.parametrize("header", ["Bearer {}", "bearer {}", "{}"])
def test_scheme_is_optional(header: str) -> None:
    """Where none is required, Bearer may stand there or not."""
    assert ask(policy(), header.format(token())).status == 200


def test_answer_as_configured() -> None:
    """Status and body come from the policy, the reason and the message in LastError do not."""
    attributes = (
        'header-name="Authorization" failed-validation-httpcode="403" failed-validation-error-message="Go away"'
    )
    outcome = ask(policy(attributes=attributes), f"Bearer {token(exp=1)}")
    assert (outcome.status, json.loads(outcome.body)["message"]) == (403, "Go away")
    assert outcome.last_error is not None
    assert outcome.last_error.message.startswith("IDX10223: Lifetime validation failed. The token is expired.")
    assert outcome.last_error.message.endswith(". Access denied.")


AUDIENCE = "<audiences><audience>a</audience><audience>b</audience></audiences>"
ISSUER = "<issuers><issuer>i</issuer></issuers>"


def claim(values: str, match: str = "all", more: str = "") -> str:
    inside = "".join(f"<value>{value}</value>" for value in values.split())
    return f'<required-claims><claim name="r" match="{match}" {more}>{inside}</claim></required-claims>'


RULES = [
    (AUDIENCE, {"aud": "b"}, None),
    (AUDIENCE, {"aud": ["x", "a"]}, None),
    (AUDIENCE, {"aud": "a/"}, None),
    (AUDIENCE, {"aud": "A"}, "TokenAudienceNotAllowed"),
    (AUDIENCE, {}, "TokenAudienceNotAllowed"),
    (ISSUER, {"iss": "i"}, None),
    (ISSUER, {"iss": "i/"}, "TokenIssuerNotAllowed"),
    (ISSUER, {}, "TokenIssuerNotAllowed"),
    (AUDIENCE + ISSUER, {"aud": "x", "iss": "x"}, "TokenAudienceNotAllowed"),
    (claim("x y"), {"r": ["y", "x", "z"]}, None),
    (claim("x y"), {"r": ["x"]}, "TokenClaimValueNotAllowed"),
    (claim("x y", "any"), {"r": "y"}, None),
    (claim("x y", "any"), {"r": "z"}, "TokenClaimValueNotAllowed"),
    (claim("x y", "all"), {"r": "x y"}, "TokenClaimValueNotAllowed"),
    (claim("x y", "all", 'separator=" "'), {"r": "y z x"}, None),
    (claim("x y", "all", 'separator=","'), {"r": "y, x"}, None),
    (claim("5", "all"), {"r": 5}, None),
    (claim("", "all"), {"r": "whatever"}, None),
    (claim("x", "all"), {}, "TokenClaimNotFound"),
    (claim("x", "all"), {"R": "x"}, "TokenClaimNotFound"),
]


@pytest.mark.parametrize(("inside", "claims", "expected"), RULES)
def test_rules(inside: str, claims: dict[str, Any], expected: str | None) -> None:
    """Audience, issuer, then the policy's own claims."""
    outcome = ask(policy(KEYS + inside), f"Bearer {token(**claims)}")
    assert reason(outcome) == expected
    assert outcome.status == (200 if expected is None else 401)


def test_claim_messages() -> None:
    """Messages of claims are documented."""
    missing = ask(policy(KEYS + claim("x")), token()).last_error
    wrong = ask(policy(KEYS + claim("x")), token(r="y")).last_error
    assert missing is not None
    assert wrong is not None
    assert missing.message == "JWT token is missing the following claims: r. Access denied."
    assert wrong.message == "Claim r value of y is not allowed. Access denied."


SKEWS = [("", -1, 401), ("", 0, 200), ('clock-skew="60"', -30, 200), ('clock-skew="60"', -61, 401)]


@pytest.mark.parametrize(("attribute", "seconds", "status"), SKEWS)
def test_clock_skew(attribute: str, seconds: int, status: int) -> None:
    """A token is expired from the second after its last."""
    text = policy(attributes=f'header-name="Authorization" {attribute}')
    assert ask(text, token(exp=NOW + seconds)).status == status


def test_switches() -> None:
    """Tokens without an end, and unsigned ones, pass where the policy lets them."""
    lasting = policy(attributes='header-name="Authorization" require-expiration-time="false"')
    unsigned = policy("", attributes='header-name="Authorization" require-signed-tokens="false"')
    assert ask(lasting, token(exp=None)).status == 200
    assert ask(unsigned, jwt.encode({"sub": "me", "exp": NOW + 60}, "", "none")).status == 200
    assert reason(ask(unsigned, token())) == "TokenSignatureKeyNotFound"


ALGORITHMS = [
    *(("HS" + size, SECRET, KEYS) for size in ("256", "384", "512")),
    *(
        (kind + size, RSA_KEY, '<issuer-signing-keys><key n="{n}" e="{e}" /></issuer-signing-keys>'.format(**numbers()))
        for kind in ("RS", "PS")
        for size in ("256", "384", "512")
    ),
]


@pytest.mark.parametrize(("algorithm", "key", "inside"), ALGORITHMS)
def test_algorithms(algorithm: str, key: Any, inside: str) -> None:
    """Secrets and RSA keys check their algorithms."""
    assert ask(policy(inside), token(key, algorithm)).status == 200


def test_a_public_key_is_no_secret() -> None:
    """A token that is signed with the RSA key's text as a secret is refused."""
    modulus = base64.urlsafe_b64decode(numbers()["n"] + "==")
    inside = '<issuer-signing-keys><key n="{n}" e="{e}" /></issuer-signing-keys>'.format(**numbers())
    assert reason(ask(policy(inside), token(modulus, "HS256"))) == "TokenSignatureInvalid"
    assert set(_FAMILIES) == {"HS", "RS", "PS", "ES"}


def test_short_secrets_check_nothing() -> None:
    """The token library refuses secrets below 128 bits."""
    short = b"0123456789"
    inside = f"<issuer-signing-keys><key>{base64.b64encode(short).decode()}</key></issuer-signing-keys>"
    with pytest.warns(jwt.InsecureKeyLengthWarning):
        text = token(short)
    assert reason(ask(policy(inside), text)) == "TokenSignatureInvalid"


def test_ids() -> None:
    """A key of the token's id is the only one that is tried; without one all are."""
    other = base64.b64encode(b"y" * 64).decode()
    inside = f'<issuer-signing-keys><key id="a">{other}</key><key id="b">{TEXT}</key></issuer-signing-keys>'
    assert ask(policy(inside), token(header={"kid": "b"})).status == 200
    assert ask(policy(inside), token(header={"kid": "zz"})).status == 200
    assert ask(policy(inside), token()).status == 200
    assert reason(ask(policy(inside), token(header={"kid": "a"}))) == "TokenSignatureInvalid"


def test_other_sources() -> None:
    """A token may come from the query or from an expression."""
    text = policy(attributes='query-parameter-name="jwt"')
    outcome = api.validate(
        None, Policy.parse(text), request=Request(url=f"https://g/?jwt={token()}"), world=World(authority.NOW)
    )
    assert outcome.status == 200
    value = f'token-value="{token()}"'
    assert ask(policy(attributes=value), None).status == 200
    assert reason(ask(policy(attributes='token-value="@((string)null)"'), None)) == "TokenNotPresent"


def test_what_is_not_known_is_undecided() -> None:
    """SECURITY: keys that certgate has not got make the check unknown, once there is a token."""
    for inside in (
        '<issuer-signing-keys><key certificate-id="none" /></issuer-signing-keys>',
        "<issuer-signing-keys><key>no base64!</key></issuer-signing-keys>",
        f'<openid-config url="{OPENID}" />',
        "<issuer-signing-tokens><token>x</token></issuer-signing-tokens>",
    ):
        assert ask(policy(inside), token()).decision == "undecided"
        assert reason(ask(policy(inside), None)) == "TokenNotPresent"


def uploaded(private: bool = False) -> TrustStore:
    """A store with the certificate of the RSA key, as ``s``."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Signer")])
    builder = x509.CertificateBuilder(name, name, RSA_KEY.public_key(), 7, authority.NOW, authority.NOW)
    der = builder.sign(RSA_KEY, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    kinds = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    key = PrivateKey(lambda: RSA_KEY.private_bytes(*kinds)) if private else None
    return TrustStore(certificates={"s": Certificate(der, private_key=key)})


def test_certificates() -> None:
    """An uploaded certificate checks with its public key, and is called by its thumbprint in any case."""
    trust = uploaded()
    inside = '<issuer-signing-keys><key certificate-id="s" /></issuer-signing-keys>'
    thumbprint = trust.certificates["s"].thumbprint
    short = url64(bytes.fromhex(thumbprint))
    for header in ({"kid": thumbprint.lower()}, {"kid": "x"}, {"x5t": short}, None):
        assert ask(policy(inside), token(RSA_KEY, "RS256", header), trust=trust).status == 200
    wrong = token(rsa.generate_private_key(65537, 2048), "RS256", {"kid": thumbprint})
    assert reason(ask(policy(inside), wrong, trust=trust)) == "TokenSignatureInvalid"


def answer(data: Any, status: int = 200) -> dict[str, Any]:
    return {"status": status, "body": base64.b64encode(json.dumps(data).encode()).decode()}


def published(issuer: str = "i", url: str = OPENID) -> dict[str, Any]:
    public = EC_KEY.public_key().public_numbers()
    keys = [
        {"kty": "RSA", "kid": "r", "use": "sig", **numbers()},
        {"kty": "EC", "kid": "e", "crv": "P-256", "x": url64(public.x.to_bytes(32)), "y": url64(public.y.to_bytes(32))},
        {"kty": "odd"},
    ]
    metadata = {"issuer": issuer, "jwks_uri": "https://login.example/keys"}
    return {url: answer(metadata), "https://login.example/keys": answer({"keys": keys})}


def test_openid() -> None:
    """Keys and issuer come from the recorded configuration."""
    text = policy(f'<openid-config url="{OPENID}" />')
    for key, algorithm, kid in ((RSA_KEY, "RS256", "r"), (EC_KEY, "ES256", "e")):
        good = token(key, algorithm, {"kid": kid}, iss="i")
        assert ask(text, good, responses=published()).status == 200
    other = token(RSA_KEY, "RS256", {"kid": "r"}, iss="x")
    assert reason(ask(text, other, responses=published())) == "TokenIssuerNotAllowed"
    stranger = token(rsa.generate_private_key(65537, 2048), "RS256", {"kid": "r"}, iss="i")
    assert reason(ask(text, stranger, responses=published())) == "TokenSignatureInvalid"


@pytest.mark.parametrize(
    "responses", [{}, {OPENID: answer({"issuer": "i"})}, {OPENID: answer([])}, {OPENID: answer({}, 500)}]
)
def test_openid_that_cannot_be_had(responses: Any) -> None:
    """A configuration that is no such thing fails the token."""
    text = policy(f'<openid-config url="{OPENID}" />')
    assert reason(ask(text, token(), responses=responses)) == "JwtInvalid"


TENANT = "11111111-2222-3333-4444-555555555555"
ENTRA = f"https://login.microsoftonline.com/{TENANT}/v2.0/.well-known/openid-configuration"
CLIENTS = "<client-application-ids><application-id>app</application-id></client-application-ids>"


def entra(inside: str, **claims: Any) -> Outcome:
    issuer = f"https://login.microsoftonline.com/{TENANT}/v2.0"
    text = policy(inside, f'tenant-id="{TENANT}"', "validate-azure-ad-token")
    given = token(RSA_KEY, "RS256", {"kid": "r"}, **{"iss": issuer, **claims})
    return ask(text, f"Bearer {given}", responses=published(issuer, ENTRA))


ENTRA_CASES = [
    (CLIENTS, {"azp": "app"}, None),
    (CLIENTS, {"appid": "APP"}, None),
    (CLIENTS, {"azp": "other"}, "TokenClaimValueNotAllowed"),
    (CLIENTS, {}, "TokenClaimNotFound"),
    (CLIENTS, {"azp": "app", "iss": f"https://sts.windows.net/{TENANT}/"}, None),
    (CLIENTS, {"azp": "app", "iss": "https://sts.windows.net/other/"}, "TokenIssuerNotAllowed"),
    (AUDIENCE, {"aud": "a"}, None),
    ("<backend-application-ids><application-id>x</application-id></backend-application-ids>", {"aud": "api://x"}, None),
    (AUDIENCE, {"aud": "z"}, "TokenAudienceNotAllowed"),
]


@pytest.mark.parametrize(("inside", "claims", "expected"), ENTRA_CASES)
def test_entra(inside: str, claims: dict[str, Any], expected: str | None) -> None:
    """Tokens of both versions of the tenant, by application and audience."""
    outcome = entra(inside, **claims)
    assert reason(outcome) == expected
    assert outcome.status == (200 if expected is None else 401)


def test_entra_without_records_is_undecided() -> None:
    """Nobody asks the tenant; the address that is wanted is named."""
    text = policy(CLIENTS, f'tenant-id="{TENANT}"', "validate-azure-ad-token")
    outcome = ask(text, token())
    assert outcome.decision == "undecided"
    assert outcome.open is not None
    assert ENTRA in outcome.open.wanted


def sealed(inner: str, key: bytes = SECRET, content: str = "A256CBC-HS512", way: str = "dir") -> str:
    """An encrypted token, made by RFC 7518 section 5.2."""
    import hmac

    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.padding import PKCS7

    half = len(key) // 2
    header = url64(json.dumps({"alg": way, "enc": content, "cty": "JWT"}).encode())
    padder = PKCS7(128).padder()
    padded = padder.update(inner.encode()) + padder.finalize()
    vector = b"v" * 16
    encryptor = Cipher(algorithms.AES(key[half:]), modes.CBC(vector)).encryptor()
    data = encryptor.update(padded) + encryptor.finalize()
    length = (8 * len(header)).to_bytes(8)
    tag = hmac.digest(key[:half], header.encode() + vector + data + length, "sha512")[:half]
    wrapped = b""
    if way == "RSA-OAEP":
        wrapped = RSA_KEY.public_key().encrypt(key, padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None))
    return f"{header}.{url64(wrapped) if wrapped else ''}.{url64(vector)}.{url64(data)}.{url64(tag)}"


def test_encrypted_tokens() -> None:
    """The token inside is what counts; another key opens nothing, another algorithm is not known."""
    inside = KEYS + f"<decryption-keys><key>{TEXT}</key></decryption-keys>"
    assert ask(policy(inside), sealed(token())).body == "me"
    assert reason(ask(policy(inside), sealed(token(exp=1)))) == "TokenExpired"
    assert reason(ask(policy(inside), sealed(token(), SECRET[::-1]))) == "JwtInvalid"
    assert ask(policy(inside), sealed(token(), content="A256GCM")).decision == "undecided"


def test_tokens_encrypted_for_a_certificate() -> None:
    """The private key of an uploaded certificate opens them; without it nobody knows."""
    inside = KEYS + '<decryption-keys><key certificate-id="s" /></decryption-keys>'
    text = sealed(token(), way="RSA-OAEP")
    assert ask(policy(inside), text, trust=uploaded(private=True)).body == "me"
    assert ask(policy(inside), text, trust=uploaded()).decision == "undecided"


def test_no_key_in_any_output() -> None:
    """SECURITY: neither the key nor the token stands anywhere in an outcome."""
    text = token(key=b"x" * 64)
    outcome = ask(policy(), f"Bearer {text}")
    shown = repr((outcome.last_error, outcome.body, outcome.steps, outcome.assumptions))
    assert TEXT not in shown.replace(policy(), "")
    assert text not in shown
