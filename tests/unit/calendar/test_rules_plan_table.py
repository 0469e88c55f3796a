"""A plan as a table for spreadsheets."""

import csv

import pytest

from liaison.calendar.rules.plan_table import COLUMNS, write_lines, write_names

ITEM = {
    "mailbox": "ann@nordwind.example",
    "start": None,
    "reason": "activity-updated",
    "action": "update-activity",
    "outcome": "applied",
    "state": "planned",
    "subject": "A, B",
    "before": {"subject": "Gespräch"},
    "after": None,
    "outlook": {"people": 2},
    "linkable": False,
    "linked": False,
}


def row(**values):
    """The cells that a spreadsheet reads, by column."""
    [cells] = csv.reader(write_lines([ITEM | values]))
    return dict(zip(COLUMNS, cells, strict=True))


def test_the_first_line_names_the_columns():
    assert write_names() == (
        "mailbox,start,reason,action,outcome,state,subject,before,after,mails,linkable,linked\r\n"
    )


def test_each_item_has_a_line_with_its_values_as_they_are():
    assert row() == {
        "mailbox": "ann@nordwind.example",
        "start": "",
        "reason": "activity-updated",
        "action": "update-activity",
        "outcome": "applied",
        "state": "planned",
        "subject": "A, B",
        "before": '{"subject": "Gespräch"}',
        "after": "",
        "mails": "2",
        "linkable": "false",
        "linked": "false",
    }
    assert len(list(write_lines([ITEM, ITEM]))) == 2


def test_what_could_be_linked_instead_and_what_is_to_be_linked_say_so():
    chosen = row(linkable=True, linked=True)

    assert (chosen["linkable"], chosen["linked"]) == ("true", "true")


@pytest.mark.parametrize("outlook", [None, {}], ids=["no write", "nobody"])
def test_what_mails_nobody_says_so(outlook):
    assert row(outlook=outlook)["mails"] == "0"


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_no_spreadsheet_takes_a_subject_for_a_formula(begins):
    assert row(subject=f"{begins}1+1")["subject"] == f"'{begins}1+1"
