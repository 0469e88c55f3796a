"""What waits for an administrator."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "holds",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("mailbox_id", sa.UUID(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state in ('open','approved','discarded','dissolved')", name=op.f("ck_holds_state")
        ),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailboxes.id"], name=op.f("fk_holds_mailbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index(
        "uq_holds_open",
        "holds",
        ["mailbox_id", "reason"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_holds_settled", "holds", ["mailbox_id", "settled_at"], unique=False)
    op.create_table(
        "held_links",
        sa.Column("hold_id", sa.UUID(), nullable=False),
        sa.Column("link_id", sa.UUID(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("came_of", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "came_of in ('removed','back','kept')", name=op.f("ck_held_links_came_of")
        ),
        sa.ForeignKeyConstraint(["hold_id"], ["holds.id"], name=op.f("fk_held_links_hold_id")),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_held_links_link_id")),
        sa.PrimaryKeyConstraint("hold_id", "link_id", name=op.f("pk_held_links")),
    )
    op.create_index(
        "ix_held_links_waiting",
        "held_links",
        ["link_id"],
        unique=False,
        postgresql_where=sa.text("came_of is null"),
    )


def downgrade() -> None:
    """Take them away; what waited is looked at again by the next full round."""
    op.drop_index(
        "ix_held_links_waiting", "held_links", postgresql_where=sa.text("came_of is null")
    )
    op.drop_table("held_links")
    op.drop_index("ix_holds_settled", "holds")
    op.drop_index("uq_holds_open", "holds", postgresql_where=sa.text("state = 'open'"))
    op.drop_table("holds")
