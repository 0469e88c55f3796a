"""The sign-in service's addresses."""

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from liaison_sandbox.login.grants import Grants
from liaison_sandbox.login.issuer import Issuer
from liaison_sandbox.login.refusals import TokenRefused


def create_login(issuer: Issuer, grants: Grants) -> Blueprint:
    login = Blueprint("login", __name__)
    tenant_id = issuer.registration.tenant_id
    here = f"{issuer.root}/{tenant_id}"
    token_endpoint = f"{here}/oauth2/v2.0/token"

    def configuration() -> dict[str, Any]:
        return {
            "issuer": issuer.address,
            "token_endpoint": token_endpoint,
            "authorization_endpoint": f"{here}/oauth2/v2.0/authorize",
            "jwks_uri": f"{here}/discovery/v2.0/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code", "id_token"],
            "subject_types_supported": ["pairwise"],
        }

    def keys() -> dict[str, Any]:
        return issuer.keys.as_jwks()

    def token() -> ResponseReturnValue:
        try:
            return jsonify(grants.grant(request.form, token_endpoint))
        except TokenRefused as refused:
            return jsonify(refused.body), refused.status

    login.add_url_rule(
        f"/{tenant_id}/v2.0/.well-known/openid-configuration", view_func=configuration
    )
    login.add_url_rule(f"/{tenant_id}/discovery/v2.0/keys", view_func=keys)
    login.add_url_rule(f"/{tenant_id}/oauth2/v2.0/token", view_func=token, methods=["POST"])
    return login
