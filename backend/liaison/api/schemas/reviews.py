"""Reviews on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from liaison.api.schemas.directory import ContactValue
from liaison.api.schemas.fields import CamelCased, Line, YesNo
from liaison.api.schemas.lists import ListQuery

ANSWERS = ("contact_id", "representative_id", "new_contact", "ignore")
NAMED = {
    "contact_id": "contactId",
    "representative_id": "representativeId",
    "new_contact": "newContact",
    "ignore": "ignore",
}


class ReviewQuery(ListQuery):
    """Which activities that are marked."""

    mine = ma.fields.Boolean(
        load_default=True,
        metadata={"description": "Only those that the caller owns or takes part in."},
    )


class ReviewRequest(CamelCased):
    """What is said of one mark: whom the address is, or that the mark is to be set aside."""

    address = Line(
        shortest=1, metadata={"description": "As the mark names it; of marks for people."}
    )
    reason = Line(shortest=1, metadata={"description": "Of marks that name no address."})
    contact_id = ma.fields.UUID()
    representative_id = ma.fields.UUID()
    new_contact = ma.fields.Nested(ContactValue)
    ignore = YesNo()

    @ma.validates_schema(skip_on_field_errors=True)
    def says_one_thing(self, loaded: Mapping[str, Any], **_options: Any) -> None:
        """One mark and one answer; of a mark without an address the only answer is to set it aside."""
        if ("address" in loaded) == ("reason" in loaded):
            raise ma.ValidationError("Give the address of the mark, or its reason.", "address")
        given = [name for name in ANSWERS if name in loaded]
        if len(given) != 1:
            raise ma.ValidationError(f"Give one of {', '.join(NAMED.values())}.", "contactId")
        if loaded.get("ignore", True) is False:
            raise ma.ValidationError("Is true, or not given.", "ignore")
        if "reason" in loaded and given != ["ignore"]:
            raise ma.ValidationError("Nobody is named by this mark.", NAMED[given[0]])
