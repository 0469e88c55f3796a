"""The pages people and Outlook open, the manifest, and the files they load."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, redirect, request, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from liaison.api.page_files import PageFiles
from liaison.config import Settings
from liaison.config_values import is_loopback
from liaison.errors import Conflict

# Path -> file. None of them has a Cross-Origin-Opener-Policy: the sign-in window must reach its opener.
PAGES = {
    "/panel": "panel",
    "/panel/dialog": "dialog",
    "/panel/redirect": "redirect",
    "/crm": "crm",
    "/crm/activities/<uuid:activity_id>": "crm",
    "/admin": "admin",
    "/support": "support",
    "/privacy": "privacy",
    "/terms": "terms",
}
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_DAY = 86_400
NEEDS_HTTPS = "Outlook loads add-ins over https only. Set LIAISON_PUBLIC_URL to an https address."


def register_pages(app: Flask, files: PageFiles, settings: Settings) -> None:
    """Serve them all; none of them contains anything of anybody."""
    root = urlsplit(settings.public_url).path
    pages = Blueprint("pages", __name__)
    for path, name in PAGES.items():
        _add_page(pages, path, files, name, root)
    _add_files(pages, files)
    _add_manifest(pages, files, settings)
    pages.add_url_rule("/", "root", lambda: redirect(f"{root}/crm"))
    app.register_blueprint(pages)


def _add_page(pages: Blueprint, path: str, files: PageFiles, name: str, root: str) -> None:
    def show(**_parts: object) -> Response:
        response = Response(files.page(name, root), mimetype="text/html")
        response.headers["Cache-Control"] = "no-cache"
        return response

    pages.add_url_rule(path, f"page {path}".replace(".", "-"), show)


def _add_files(pages: Blueprint, files: PageFiles) -> None:
    def static_file(version: str, name: str) -> AnyResponse:
        """The version is for caches only; the manifest's icons have none, and Office keeps them long."""
        response = send_from_directory(files.static, name, max_age=FOR_A_DAY)
        if version == files.asset_version:
            response.headers["Cache-Control"] = FOR_EVER
        return response

    pages.add_url_rule("/static/<version>/<path:name>", view_func=static_file)


def _add_manifest(pages: Blueprint, files: PageFiles, settings: Settings) -> None:
    def manifest() -> Response:
        """For Outlook it must lead to https; on this machine it is shown for looking at."""
        address = urlsplit(settings.public_url)
        if address.scheme != "https" and not is_loopback(address.hostname or ""):
            raise Conflict(NEEDS_HTTPS)
        response = Response(files.manifest(), mimetype="text/xml")
        if "download" in request.args:
            response.headers["Content-Disposition"] = 'attachment; filename="manifest.xml"'
        return response

    pages.add_url_rule("/manifest.xml", view_func=manifest)
