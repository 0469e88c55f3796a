"""Reads along in the product's text log while all tests run: what people wrote must never be in it.

The cast and the stories use words that no line of the log has a reason to hold; whatever of them
appears was carried out of the house.
"""

from __future__ import annotations

import io
import logging
import os
import re

import structlog

from liaison.telemetry import render_metrics, start_logging

# Names, companies, subjects and bodies of the tests; addresses; tokens; the tests' secrets.
CANARIES = re.compile(
    r"nordwind|contoso|fabrikam|berg\b|\blind\b|\bruiz\b|\bpatel\b|moreau|okafor|\bsato\b"
    r"|\b(?-i:Offer|Renewal|Renamed|Secret|Unbearable|Quarterly|Divorce|Forecast|Review)\b"
    r"|canary|[\w.-]+(?:@|%40)[\w-]+\.example"
    r"|eyJ[\w-]{10}|the-client-(?:secret|state)|bearer\s+[\w.-]{8}",
    re.IGNORECASE,
)


class LogWatch(io.TextIOBase):
    """The stream to which the log is written; keeps only what should not be there."""

    def __init__(self) -> None:
        self.leaks: list[str] = []
        self.lines = 0

    def write(self, text: str) -> int:
        self.lines += 1
        if found := CANARIES.search(text):
            test = os.environ.get("PYTEST_CURRENT_TEST", "between tests")
            self.leaks.append(f"{found[0]!r} in {test}: {text.strip()[:500]}")
        return len(text)

    def begin(self) -> None:
        """Write the log as the product does, with all that it would say at all."""
        start_logging("debug", stream=self)

    def is_reading(self) -> bool:
        """Whether nobody has started another log meanwhile."""
        handlers = logging.getLogger().handlers
        is_heard = any(getattr(one, "stream", None) is self for one in handlers)
        return is_heard and structlog.is_configured()

    def read_metrics(self) -> None:
        """The figures of this process, their labels above all."""
        for line in render_metrics()[0].decode().splitlines():
            self.write(line)
