"""The properties of one component: name, parameters, and the text behind the colon."""

from collections.abc import Iterable
from dataclasses import dataclass

from icalendar.parser import Contentline


@dataclass(frozen=True, slots=True)
class Property:
    name: str
    parameters: dict[str, str]
    text: str


class Properties:
    def __init__(self, lines: Iterable[str], wanted: frozenset[str]) -> None:
        self._by_name: dict[str, list[Property]] = {}
        self.unreadable: list[str] = []
        for line in lines:
            if _name(line) in wanted:
                self._add(line)

    def find(self, name: str) -> Property | None:
        """The first where a broken file has several."""
        return next(iter(self.all(name)), None)

    def all(self, name: str) -> list[Property]:
        return self._by_name.get(name, [])

    def text(self, name: str) -> str:
        value = self.find(name)
        return "" if value is None else value.text.strip()

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def _add(self, line: str) -> None:
        try:
            name, parameters, text = Contentline(line).parts()
        except (ValueError, IndexError, KeyError):
            self.unreadable.append(line)
            return
        plain = {key.upper(): _first(value) for key, value in parameters.items()}
        self._by_name.setdefault(name.upper(), []).append(Property(name.upper(), plain, str(text)))


def _name(line: str) -> str:
    ends = [at for at in (line.find(":"), line.find(";")) if at >= 0]
    return line[: min(ends, default=len(line))].strip().upper()


def _first(value: object) -> str:
    return str(value[0]) if isinstance(value, list | tuple) and value else str(value)
