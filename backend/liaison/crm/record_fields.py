"""What may be written into contacts and companies: every problem of a wish at once. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from liaison.crm.model import CompanyKind
from liaison.errors import InvalidRequest

ADDRESS = re.compile(r"[^@\s<>\",;]{1,64}@[^@\s<>\",;]+\.[^@\s<>\",;.]+")
DOMAIN = re.compile(r"[^@\s<>\",;]+\.[^@\s<>\",;.]+")
LONGEST = 255
Errors = dict[str, list[str]]


def contact_fields(wishes: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a contact as they are stored. Raises `InvalidRequest`."""
    fields = {name: _text(value) for name, value in wishes.items()}
    errors = _too_long(fields)
    if "addresses" in fields:
        fields["addresses"] = _lower(fields["addresses"])
        wrong = [one for one in fields["addresses"] if not is_address(one)]
        if wrong:
            errors["addresses"] = [f"{one} is no mail address." for one in wrong]
    if not (fields.get("given_name", "") or fields.get("surname", "")):
        errors["surname"] = ["A contact has a given name or a surname."]
    return _checked(fields, errors)


def company_fields(wishes: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a company as they are stored. Raises `InvalidRequest`."""
    fields = {name: _text(value) for name, value in wishes.items()}
    errors = _too_long(fields)
    if "domains" in fields:
        fields["domains"] = _lower(fields["domains"])
        wrong = [one for one in fields["domains"] if not DOMAIN.fullmatch(one)]
        if wrong:
            errors["domains"] = [f"{one} is no mail domain." for one in wrong]
    if not fields.get("name", ""):
        errors["name"] = ["A company has a name."]
    if fields.get("kind", CompanyKind.OTHER) not in list(CompanyKind):
        errors["kind"] = [f"A company is one of {', '.join(CompanyKind)}."]
    return _checked(fields, errors)


def is_address(text: str) -> bool:
    """Whether mail could be sent to it."""
    return ADDRESS.fullmatch(text) is not None


def _checked(fields: dict[str, Any], errors: Errors) -> dict[str, Any]:
    if errors:
        raise InvalidRequest(
            " ".join(line for lines in errors.values() for line in lines), errors=errors
        )
    return fields


def _text(value: Any) -> Any:
    return value.replace("\0", "").strip() if isinstance(value, str) else value


def _too_long(fields: Mapping[str, Any]) -> Errors:
    return {
        name: [f"It has more than {LONGEST} characters."]
        for name, value in fields.items()
        if isinstance(value, str) and len(value) > LONGEST
    }


def _lower(texts: Iterable[str]) -> list[str]:
    """Lower-case, each once, in their order."""
    return list(dict.fromkeys(text.strip().lower() for text in texts))
