from threading import Condition


class Changes:
    """Counts what happens in the tenant and wakes the pages that wait for it."""

    def __init__(self) -> None:
        self._version = 0
        self._moved_on = Condition()

    def note(self, _change: object) -> None:
        with self._moved_on:
            self._version += 1
            self._moved_on.notify_all()

    def wait(self, since: int, seconds: float) -> int:
        """Returns at once when something has happened after `since`; a number that this
        process never gave, such as one from before a restart, counts as changed."""
        with self._moved_on:
            self._moved_on.wait_for(lambda: self._version != since, timeout=seconds)
            return self._version
