"""The web application for a WSGI server: `gunicorn "liaison.wsgi:create()"`."""

from __future__ import annotations

from flask import Flask

from liaison.api.app import create_app
from liaison.bootstrap import build
from liaison.config import read_settings
from liaison.telemetry import start_logging


def create() -> Flask:
    """Read the environment and put the web application together."""
    settings = read_settings()
    start_logging(settings.log_level, settings.log_file)
    return create_app(build(settings))
