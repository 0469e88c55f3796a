"""What a page needs to know before anybody is signed in."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from liaison.api.headers import OFFICE_JS
from liaison.api.routes import Routes
from liaison.api.schemas.people import ClientAnswer
from liaison.api.services import services
from liaison.api.tokens import SCOPE

client = Routes("Client", __name__, "What the pages need before sign-in.")


@client.get("/api/client")
@client.answers(ClientAnswer)
def read_client() -> dict[str, Any]:
    """The sign-in's addresses, and who may host the pane."""
    settings = services().settings
    return {
        "authority": f"{settings.login_url}/{settings.tenant_id}" if settings.tenant_id else None,
        "client_id": settings.client_id,
        "tenant_id": settings.tenant_id,
        "scope": f"api://{settings.client_id}/{SCOPE}" if settings.client_id else None,
        "version": version("liaison"),
        "features": {"transfer": True, "series": True},
        "host_origins": list(settings.frame_ancestors),
        "office_js": OFFICE_JS,
    }
