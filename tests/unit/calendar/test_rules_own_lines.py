"""The lines that Liaison writes into the text of a meeting, and how they are known again."""

import pytest

from calendar_builders import an_activity
from liaison.calendar.rules.own_lines import (
    lines_of,
    missing_lines,
    with_lines,
    without_own_lines,
)
from liaison.policy.settings import Policy

OURS = "CRM activity: https://crm.example/crm/activities/7"
REGARDS = "CRM regarding: Renewal"


@pytest.mark.parametrize("url", ["https://crm.example", "https://crm.example/"])
def test_the_address_of_the_activity_has_one_slash_in_front_of_its_path(url):
    policy = Policy(deep_link=True, regarding_text=False)

    [line] = lines_of(an_activity(), policy, url)

    assert line == f"CRM activity: https://crm.example/crm/activities/{an_activity().id}"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Agenda", "Agenda"),
        (f"Agenda\n\n{OURS}", "Agenda"),
        (f"Agenda\n\n{REGARDS}\n{OURS}\nThe rest", "Agenda\n\nThe rest"),
        (f"  {OURS}", ""),
        (f"Quoted: {OURS}", f"Quoted: {OURS}"),
    ],
)
def test_notes_never_have_lines_of_ours_and_keep_all_others(text, left):
    assert without_own_lines(text) == left


def test_a_line_that_a_person_indented_is_there():
    assert missing_lines(f"Agenda\n  {OURS}", (REGARDS, OURS)) == (REGARDS,)


def test_lines_are_the_last_paragraph():
    assert with_lines("Agenda", (REGARDS, OURS)) == f"Agenda\n\n{REGARDS}\n{OURS}"
    assert with_lines("", (OURS,)) == OURS
    assert with_lines("Agenda", ()) == "Agenda"
