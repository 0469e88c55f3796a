"""Notifications answered under load: so many a second, at their times, while two workers sync what they tell."""

from __future__ import annotations

import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import psutil

from bench.stage import Stage, open_stage
from bench.table import Line, milliseconds, share

MAILBOXES = 8
A_SECOND = 200
SENDERS = 24


def notifications_under_load(template: str, seconds: int) -> list[Line]:
    """Each tells of another linked meeting of one of several mailboxes."""
    with open_stage(template) as stage:
        names = [f"person{number}" for number in range(MAILBOXES)]
        known = {}
        for name in names:
            stage.add_person(name)
            known[name] = stage.add_linked(name, 250)
        stage.push(on=True)
        with stage.web(), stage.workers(2):
            posts = _posts(stage, known, A_SECOND * seconds)
            before = _web_cpu()
            taken = _send(stage.settings.port, posts)
            cpu = (_web_cpu() - before) / len(posts)
            runs = stage.scalar("SELECT count(*) FROM runs WHERE finished_at IS NOT NULL")
    refused = sum(1 for _, status in taken if status != 202)
    spent = [each for each, _ in taken]
    figure = (
        f"p50 {milliseconds(share(spent, 0.5))}, p99 {milliseconds(share(spent, 0.99))},"
        f" max {milliseconds(max(spent))}; {len(spent)} posts, {refused} not accepted, {runs} runs meanwhile;"
        f" {milliseconds(cpu)} of the web server's CPU each"
    )
    return [
        Line(f"notifications at {A_SECOND} a second for {seconds} s", figure, "p99 100 ms, max 3 s")
    ]


def _web_cpu() -> float:
    """Seconds that the web server has used so far."""
    ours = psutil.Process().children(recursive=True)
    # Gunicorn renames its processes: "gunicorn: worker [liaison serve]".
    times = [each.cpu_times() for each in ours if "liaison serve" in " ".join(each.cmdline())]
    return float(sum(each.user + each.system for each in times))


def _posts(stage: Stage, known: dict[str, list[str]], how_many: int) -> list[bytes]:
    told = {name: stage.subscription(name) for name in known}
    names = list(known)
    return [
        json.dumps({"value": [_notice(told[name], known[name][at // len(names) % 250])]}).encode()
        for at in range(how_many)
        for name in [names[at % len(names)]]
    ]


def _notice(subscription: dict[str, str], event_id: str) -> dict[str, object]:
    return {
        "subscriptionId": subscription["id"],
        "clientState": subscription["client_state"],
        "changeType": "updated",
        "resourceData": {"id": event_id},
    }


def _send(port: int, posts: list[bytes]) -> list[tuple[float, int]]:
    """Seconds from when each was due to its answer, and the status: a late start counts, too."""
    begin, numbers, lock = time.perf_counter() + 0.5, count(), threading.Lock()

    def sender(_: int) -> list[tuple[float, int]]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        done = []
        while True:
            with lock:
                number = next(numbers)
            if number >= len(posts):
                connection.close()
                return done
            due = begin + number / A_SECOND
            threading.Event().wait(max(0.0, due - time.perf_counter()))
            connection.request(
                "POST", "/graph/notifications", posts[number], {"Content-Type": "application/json"}
            )
            answer = connection.getresponse()
            answer.read()
            done.append((time.perf_counter() - due, answer.status))

    with ThreadPoolExecutor(SENDERS) as pool:
        return [each for part in pool.map(sender, range(SENDERS)) for each in part]
