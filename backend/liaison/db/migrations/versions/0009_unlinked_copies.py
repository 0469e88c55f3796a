"""Invitees' copies of meetings that have no link yet."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "unlinked_copies",
        sa.Column("mailbox_id", sa.UUID(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("ical_uid", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_unlinked_copies_mailbox_id")
        ),
        sa.PrimaryKeyConstraint("mailbox_id", "event_id", name=op.f("pk_unlinked_copies")),
    )
    op.create_index(op.f("ix_unlinked_copies_ical_uid"), "unlinked_copies", ["ical_uid"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("unlinked_copies")
