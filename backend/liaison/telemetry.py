"""Logs, trace ids and metrics: one line per outcome, never a subject, a body or an address."""

from __future__ import annotations

import fcntl
import logging
import os
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from logging.handlers import RotatingFileHandler
from os.path import samestat
from pathlib import Path
from typing import Any, TextIO
from uuid import uuid4

import structlog
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from liaison.redaction import describe_error, describe_place, redact

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

LOG_FILE_BYTES, LOG_FILES_KEPT = 10_000_000, 5
# Below these levels other people's loggers tell of steps, not of outcomes, some of them with content.
OTHERS = {
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
    "azure": logging.WARNING,
    "gunicorn": logging.INFO,
    "hpack": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "msal": logging.WARNING,
    "procrastinate": logging.WARNING,
    "psycopg": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "urllib3": logging.WARNING,
    "werkzeug": logging.WARNING,
}

_trace_id: ContextVar[str | None] = ContextVar("trace_id", default=None)


@contextmanager
def tracing(trace_id: str | None = None) -> Iterator[str]:
    """Everything within belongs to one trace: a request, a run; a new one unless given."""
    token = _trace_id.set(trace_id or uuid4().hex)
    try:
        yield current_trace_id() or ""
    finally:
        _trace_id.reset(token)


def current_trace_id() -> str | None:
    """The trace this thread or task is in."""
    return _trace_id.get()


def start_logging(level: str, log_file: Path | None = None, stream: TextIO | None = None) -> None:
    """Send our log and that of the libraries to stdout (or `stream`) and to the file."""
    handlers: list[logging.Handler] = [logging.StreamHandler(stream or sys.stdout)]
    if log_file:
        log_file.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(SharedLogFile(log_file))
    for handler in handlers:
        handler.setFormatter(_formatter())
    logging.basicConfig(level=level.upper(), handlers=handlers, force=True)
    for name, floor in OTHERS.items():
        logging.getLogger(name).setLevel(max(floor, logging.getLevelNamesMapping()[level.upper()]))
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def render_metrics() -> tuple[bytes, str]:
    """All metrics of this process, and their content type."""
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST


class SharedLogFile(RotatingFileHandler):
    """A rotated file that several programs write: one rotates it, the others follow."""

    def __init__(self, path: Path, max_bytes: int = LOG_FILE_BYTES) -> None:
        """`path` is made with the first line."""
        self._lock_file = path.with_name(f"{path.name}.lock")
        super().__init__(
            path, maxBytes=max_bytes, backupCount=LOG_FILES_KEPT, encoding="utf-8", delay=True
        )

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line, alone among the programs."""
        with self._lock_file.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._follow_rotation()
            super().emit(record)

    def _follow_rotation(self) -> None:
        path = Path(self.baseFilename)
        if self.stream and not (
            path.exists() and samestat(path.stat(), os.fstat(self.stream.fileno()))
        ):
            self.stream.close()
            self.stream = self._open()


def _add_trace(
    _logger: Any, _method: str, fields: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    if trace_id := current_trace_id():
        fields.setdefault("trace_id", trace_id)
    return fields


def _add_error(
    _logger: Any, _method: str, fields: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    error = fields.pop("exc_info", None)
    if error is True or isinstance(error, tuple):
        error = (error if isinstance(error, tuple) else sys.exc_info())[1]
    if isinstance(error, BaseException):
        fields["error"] = describe_error(error)
        fields["at"] = describe_place(error.__traceback__)
    return fields


def _redacted(
    _logger: Any, _method: str, fields: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return redact(fields)


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _add_trace,
    _add_error,
]


def _formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _redacted,
            structlog.processors.EventRenamer("what"),
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "what", "logger"]),
        ],
    )
