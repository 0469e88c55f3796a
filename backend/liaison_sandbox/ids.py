"""Item ids in the shapes Exchange gives them.

A REST id is the EWS id with `/` written as `-` and `+` as `_`. The default id holds the folder, so
it changes on a move; the immutable id does not.
"""

import base64
import hashlib
import itertools
import re
import secrets

_DEFAULT = "AAMk"
_IMMUTABLE = "AAkA"
_WELL_FORMED = re.compile(r"^AA(?:Mk|kA)[A-Za-z0-9_-]{40,200}=?$")
_TO_EWS = str.maketrans("-_", "/+")
_TO_REST = str.maketrans("/+", "-_")
_SWAP = {"-": "_", "_": "-"}


def new_default_id(mailbox_part: str, folder_part: str) -> str:
    return _DEFAULT + mailbox_part + folder_part + _random(33) + "="


def folder_id(mailbox_part: str, folder_part: str) -> str:
    """Containers keep one id for ever, whatever form is asked for."""
    return "AQMk" + mailbox_part + folder_part + "=="


def new_immutable_id(mailbox_part: str) -> str:
    return _IMMUTABLE + mailbox_part + _random(33)


def default_id_of(mailbox_part: str, folder_part: str, seed: str) -> str:
    """The same seed gives the same id: an occurrence is not stored, its id must stay."""
    return _DEFAULT + mailbox_part + folder_part + _derived(seed) + "="


def immutable_id_of(mailbox_part: str, seed: str) -> str:
    return _IMMUTABLE + mailbox_part + _derived(seed)


def new_part() -> str:
    return _random(12)


def twin_of(rest_id: str) -> str:
    """Another id that differs only in one `-` or `_`."""
    at = max(rest_id.rfind("-"), rest_id.rfind("_"))
    return rest_id[:at] + _SWAP[rest_id[at]] + rest_id[at + 1 :]


def is_well_formed(rest_id: str) -> bool:
    return _WELL_FORMED.match(rest_id) is not None


def is_immutable(rest_id: str) -> bool:
    return rest_id.startswith(_IMMUTABLE)


def to_ews(rest_id: str) -> str:
    return rest_id.translate(_TO_EWS)


def from_ews(ews_id: str) -> str | None:
    """None when it is a REST id or no id: the two alphabets exclude each other."""
    if "-" in ews_id or "_" in ews_id:
        return None
    return ews_id.translate(_TO_REST)


def to_entry(rest_id: str) -> str:
    """The MAPI entry id, as bytes in base64url."""
    return base64.urlsafe_b64encode(rest_id.encode()).decode()


def from_entry(entry_id: str) -> str | None:
    try:
        return base64.urlsafe_b64decode(entry_id.encode()).decode()
    except ValueError:
        return None


def _random(size: int) -> str:
    """Always with a `-` or `_` in it, so that a mistaken alphabet cannot go unnoticed."""
    while True:
        text = base64.urlsafe_b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        if "-" in text or "_" in text:
            return text


def _derived(seed: str) -> str:
    for attempt in itertools.count():
        digest = hashlib.sha512(f"{seed}/{attempt}".encode()).digest()[:33]
        text = base64.urlsafe_b64encode(digest).decode()
        if "-" in text or "_" in text:
            return text
    raise AssertionError
