"""The signing keys. The newest signs; all that were not withdrawn verify."""

import base64
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


@dataclass(frozen=True, slots=True)
class SigningKey:
    kid: str
    private: rsa.RSAPrivateKey

    def as_jwk(self) -> dict[str, str]:
        numbers = self.private.public_key().public_numbers()
        return {
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.kid,
            "n": _base64url(numbers.n),
            "e": _base64url(numbers.e),
        }


class KeyRing:
    def __init__(self) -> None:
        self._keys = [_first_key()]

    def rotate(self, *, keep_old: bool = True) -> None:
        """From now on tokens carry a kid that nobody has fetched yet."""
        self._keys = [_new_key(), *(self._keys if keep_old else [])]

    def sign(self, claims: dict[str, Any]) -> str:
        key = self._keys[0]
        return jwt.encode(claims, key.private, algorithm="RS256", headers={"kid": key.kid})

    def verify(self, token: str, audience: str) -> dict[str, Any]:
        """Raises jwt.InvalidTokenError."""
        kid = jwt.get_unverified_header(token).get("kid")
        for key in self._keys:
            if key.kid == kid:
                public = key.private.public_key()
                claims: dict[str, Any] = jwt.decode(
                    token, public, algorithms=["RS256"], audience=audience
                )
                return claims
        raise jwt.InvalidTokenError("signed with an unknown key")

    def as_jwks(self) -> dict[str, Any]:
        return {"keys": [key.as_jwk() for key in self._keys]}


@cache
def _first_key() -> SigningKey:
    """Finding the primes takes most of a start; every tenant of a process may begin with one."""
    return _new_key()


def _new_key() -> SigningKey:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return SigningKey(secrets.token_urlsafe(20), private)


def _base64url(number: int) -> str:
    size = (number.bit_length() + 7) // 8
    return base64.urlsafe_b64encode(number.to_bytes(size, "big")).rstrip(b"=").decode()
