"""The reconcile of each mailbox, and the ages of changes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "reconciles",
        sa.Column("mailbox_id", sa.UUID(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("links", sa.Integer(), nullable=True),
        sa.Column("different", sa.Integer(), nullable=True),
        sa.Column("unsettled", sa.Integer(), nullable=True),
        sa.Column("differences", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_reconciles_mailbox_id")
        ),
        sa.PrimaryKeyConstraint("mailbox_id", name=op.f("pk_reconciles")),
    )
    op.create_table(
        "reconciled_links",
        sa.Column("mailbox_id", sa.UUID(), nullable=False),
        sa.Column("link_id", sa.UUID(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["links.id"], name=op.f("fk_reconciled_links_link_id")
        ),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_reconciled_links_mailbox_id")
        ),
        sa.PrimaryKeyConstraint("mailbox_id", "link_id", name=op.f("pk_reconciled_links")),
    )
    op.create_table(
        "change_ages",
        sa.Column("upto_seconds", sa.Float(), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("upto_seconds", name=op.f("pk_change_ages")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("change_ages")
    op.drop_table("reconciled_links")
    op.drop_table("reconciles")
