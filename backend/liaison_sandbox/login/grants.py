"""What the token endpoint decides: who asks, for which grant, and whether he gets it."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from liaison_sandbox.login import refusals
from liaison_sandbox.login.issuer import LIFETIME, Issuer
from liaison_sandbox.person import Person
from liaison_sandbox.tenant import Tenant

_JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ALWAYS_ALLOWED = {"openid", "profile", "offline_access"}


class Grants:
    def __init__(self, issuer: Issuer, tenant: Tenant) -> None:
        self._issuer = issuer
        self._tenant = tenant
        self._challenges: dict[str, str] = {}
        self._without_consent: set[str] = set()

    def require_interaction(self, person: Person, claims: str) -> None:
        """On-behalf-of for this person answers with that claims challenge until it is lifted."""
        self._challenges[person.oid] = claims

    def withhold_consent(self, person: Person) -> None:
        self._without_consent.add(person.oid)

    def lift(self, person: Person) -> None:
        self._challenges.pop(person.oid, None)
        self._without_consent.discard(person.oid)

    def grant(self, form: Mapping[str, str], token_endpoint: str) -> dict[str, Any]:
        """The token endpoint's answer; raises TokenRefused."""
        self._check_client(form, token_endpoint)
        match form.get("grant_type"):
            case "client_credentials":
                return self._for_app(form.get("scope", ""))
            case grant if grant == _JWT_BEARER:
                return self._on_behalf_of(form)
            case grant:
                raise refusals.unsupported_grant(str(grant))

    def _check_client(self, form: Mapping[str, str], token_endpoint: str) -> None:
        registration = self._issuer.registration
        client_id = form.get("client_id", "")
        if client_id != registration.client_id:
            raise refusals.unknown_client(client_id)
        if form.get("client_assertion_type") == _ASSERTION_TYPE:
            self._check_certificate(form.get("client_assertion", ""), token_endpoint)
        elif form.get("client_secret") != registration.client_secret:
            raise refusals.wrong_secret()

    def _check_certificate(self, assertion: str, token_endpoint: str) -> None:
        registration = self._issuer.registration
        try:
            # msal pads it, other libraries do not; Entra ID takes both.
            thumbprint = str(jwt.get_unverified_header(assertion).get("x5t#S256", "")).rstrip("=")
            for pem in registration.certificates:
                certificate = x509.load_pem_x509_certificate(pem.encode())
                if _thumbprint(certificate) == thumbprint:
                    jwt.decode(
                        assertion,
                        certificate.public_key(),  # type: ignore[arg-type]
                        algorithms=["PS256", "RS256"],
                        audience=token_endpoint,
                        issuer=registration.client_id,
                    )
                    return
        except jwt.InvalidTokenError as wrong:
            raise refusals.wrong_assertion(str(wrong)) from wrong
        raise refusals.wrong_assertion("the key was not found by its thumbprint")

    def _for_app(self, scope: str) -> dict[str, Any]:
        if scope != f"{self._issuer.origin}/.default":
            raise refusals.wrong_scope(scope)
        return _bearer(self._issuer.for_app())

    def _on_behalf_of(self, form: Mapping[str, str]) -> dict[str, Any]:
        if form.get("requested_token_use") != "on_behalf_of":
            raise refusals.bad_user_assertion("requested_token_use is not on_behalf_of")
        person = self._person_of(form.get("assertion", ""))
        scopes = [s for s in form.get("scope", "").split() if s not in _ALWAYS_ALLOWED]
        self._check_scopes(scopes)
        if person.oid in self._challenges:
            raise refusals.interaction_required(self._challenges[person.oid])
        if person.oid in self._without_consent:
            raise refusals.consent_missing()
        return _bearer(self._issuer.on_behalf_of(person)) | {
            "scope": " ".join(self._issuer.registration.delegated_scopes),
            "id_token": self._issuer.id_token(person),
            "client_info": self._issuer.client_info(person),
        }

    def _person_of(self, assertion: str) -> Person:
        try:
            claims = self._issuer.keys.verify(assertion, self._issuer.registration.client_id)
        except jwt.InvalidTokenError as wrong:
            raise refusals.bad_user_assertion(str(wrong)) from wrong
        person = self._tenant.find_person(claims.get("oid", ""))
        if person is None or "scp" not in claims:
            raise refusals.bad_user_assertion("it is no person's access token")
        return person

    def _check_scopes(self, scopes: list[str]) -> None:
        registration, origin = self._issuer.registration, self._issuer.origin
        granted = {f"{origin}/{name}" for name in registration.delegated_scopes}
        known = granted | set(registration.delegated_scopes) | {f"{origin}/.default"}
        unknown = [scope for scope in scopes if scope not in known]
        if unknown or not scopes:
            raise refusals.consent_missing() if unknown else refusals.wrong_scope("")


def _bearer(token: str) -> dict[str, Any]:
    return {
        "token_type": "Bearer",
        "expires_in": LIFETIME,
        "ext_expires_in": LIFETIME,
        "access_token": token,
    }


def _thumbprint(certificate: x509.Certificate) -> str:
    digest = hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
