import io
import logging

import pytest
import structlog

from liaison.telemetry import (
    SharedLogFile,
    current_trace_id,
    render_metrics,
    start_logging,
    tracing,
)


@pytest.fixture
def stream():
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    start_logging("info", stream=stream)
    yield stream
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def test_an_outcome_is_one_line_with_its_fields_and_its_trace(stream):
    with tracing("t1"):
        structlog.get_logger("liaison.calendar").info("activity-updated", mailbox="m1", reason="x")

    line = stream.getvalue()
    assert line.count("\n") == 1
    assert "level=info what=activity-updated logger=liaison.calendar" in line
    assert "mailbox=m1" in line
    assert "trace_id=t1" in line


def test_an_error_is_one_line_without_the_text_of_its_message(stream):
    try:
        int("ann@nordwind.example")
    except ValueError:
        structlog.get_logger("x").exception("run-failed")

    assert stream.getvalue().count("\n") == 1
    assert "error=ValueError" in stream.getvalue()
    assert "nordwind" not in stream.getvalue()


def test_the_libraries_log_goes_the_same_way_and_is_scrubbed(stream):
    logging.getLogger("msal").warning("no account for %s", "ann@nordwind.example")

    assert 'what="no account for [address]"' in stream.getvalue()


def test_steps_of_the_libraries_are_not_logged(stream):
    logging.getLogger("httpx").info("HTTP Request: GET https://graph/users/ann@nordwind.example")

    assert stream.getvalue() == ""


def test_a_trace_ends_with_its_block():
    with tracing() as outer, tracing("inner"):
        assert current_trace_id() == "inner" != outer

    assert current_trace_id() is None


def test_two_programs_share_a_rotated_file_without_losing_a_line(tmp_path):
    path = tmp_path / "liaison.log"
    writers = [SharedLogFile(path, max_bytes=40) for _ in range(2)]

    for number in range(6):
        record = logging.makeLogRecord({"msg": f"line {number} of both"})
        writers[number % 2].emit(record)
    for writer in writers:
        writer.close()

    lines = [
        line for file in tmp_path.glob("liaison.log*") for line in file.read_text().splitlines()
    ]
    assert sorted(lines) == [f"line {number} of both" for number in range(6)]


def test_metrics_are_rendered_for_prometheus():
    text, content_type = render_metrics()

    assert b"process_cpu_seconds_total" in text
    assert content_type.startswith("text/plain")
