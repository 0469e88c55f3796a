"""The policy, its presets, and who of the administrators did what."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from liaison.api.caller import caller
from liaison.api.paging import page_by_id
from liaison.api.routes import Routes
from liaison.api.schemas.admin import AuditQuery, AuditsAnswer
from liaison.api.schemas.policy import (
    KeysAnswer,
    PolicyAnswer,
    PolicyRequest,
    PresetsAnswer,
    show_policy,
    wished_keys,
)
from liaison.api.services import services
from liaison.api.versions import required_version
from liaison.api.waking import wake
from liaison.calendar.mailbox_switch import policy_changed
from liaison.db.audit import AuditFilter, list_audit
from liaison.errors import InvalidRequest
from liaison.policy.changes import not_yet_in
from liaison.policy.keys import policy_as_json
from liaison.policy.presets import MEANINGS, PRESETS
from liaison.policy.shapes import list_shapes
from liaison.policy.store import StoredPolicy, read_policy, save_policy, save_preset

policy = Routes("Policy", __name__, "What administrators choose about the sync.")


@policy.get("/api/admin/policy")
@policy.answers(PolicyAnswer)
def read() -> dict[str, Any]:
    """The policy in force."""
    with services().database.transaction() as session:
        return show_policy(read_policy(session))


@policy.put("/api/admin/policy")
@policy.takes(PolicyRequest)
@policy.answers(PolicyAnswer)
def write(loaded: dict[str, Any]) -> dict[str, Any]:
    """Change keys, or take a preset as far as this version carries it out. Acts on later decisions only."""
    version = required_version()
    with services().database.transaction() as session:
        before = read_policy(session).policy
        stored = _save(session, loaded, version)
        if stored.version != version:
            wake(session, policy_changed(session, before, stored.policy, services().clock.now()))
    preset = loaded.get("preset")
    return show_policy(stored, left_out=not_yet_in(PRESETS[preset]) if preset else [])


@policy.get("/api/admin/policy/keys")
@policy.answers(KeysAnswer)
def keys() -> dict[str, Any]:
    """What can be chosen: of each key the kind of value, its words or limits, meaning and default."""
    return {"items": list_shapes(), "next": None}


@policy.get("/api/admin/policy/presets")
@policy.answers(PresetsAnswer)
def presets() -> dict[str, Any]:
    """The four presets with all their values, and which of them this version leaves out."""
    items = [
        {
            "name": name,
            "meaning": MEANINGS[name],
            "keys": policy_as_json(preset),
            "not_yet": not_yet_in(preset),
        }
        for name, preset in PRESETS.items()
    ]
    return {"items": items, "next": None}


@policy.get("/api/admin/audit")
@policy.asks(AuditQuery)
@policy.answers(AuditsAnswer)
def audit(query: dict[str, Any]) -> dict[str, Any]:
    """Acts of administrators, the newest first."""
    wanted = AuditFilter(query["action"], query["actor"], query["since"])
    with services().database.transaction() as session:
        return page_by_id(
            lambda limit, before: list_audit(session, wanted, limit=limit, before=before),
            query,
            lambda entry: entry.id,
        )


def _save(session: Session, loaded: dict[str, Any], version: int) -> StoredPolicy:
    wishes, actor = wished_keys(loaded), caller().actor_name
    if "preset" not in loaded:
        return save_policy(session, wishes, if_version=version, actor=actor)
    if wishes:
        raise InvalidRequest(errors={"preset": ["Is given alone, without keys."]})
    return save_preset(session, loaded["preset"], if_version=version, actor=actor)
