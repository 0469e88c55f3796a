"""What waits because it would mail too many people outside: a hold for each action, with the activities it concerns."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    """Several actions of one mailbox may wait at the same time; removals go on having one hold."""
    op.add_column("holds", sa.Column("action", sa.Text(), server_default="", nullable=False))
    op.drop_index("uq_holds_open", table_name="holds", postgresql_where=OPEN)
    op.create_index(
        "uq_holds_open",
        "holds",
        ["mailbox_id", "reason", "action"],
        unique=True,
        postgresql_where=OPEN,
    )
    op.create_table(
        "held_mails",
        sa.Column("hold_id", sa.UUID(), nullable=False),
        sa.Column("activity_id", sa.UUID(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("outsiders", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("came_of", sa.Text(), nullable=True),
        sa.CheckConstraint("came_of in ('sent','kept','gone')", name=op.f("ck_held_mails_came_of")),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["holds.id"], name=op.f("fk_held_mails_hold_id_holds")
        ),
        sa.PrimaryKeyConstraint("hold_id", "activity_id", name=op.f("pk_held_mails")),
    )
    op.create_index(
        "ix_held_mails_waiting",
        "held_mails",
        ["activity_id"],
        postgresql_where=sa.text("came_of is null"),
    )


def downgrade() -> None:
    """Forget what waits for mail."""
    op.drop_index("ix_held_mails_waiting", table_name="held_mails")
    op.drop_table("held_mails")
    op.execute("DELETE FROM holds WHERE reason = 'mail-held'")
    op.drop_index("uq_holds_open", table_name="holds", postgresql_where=OPEN)
    op.create_index(
        "uq_holds_open", "holds", ["mailbox_id", "reason"], unique=True, postgresql_where=OPEN
    )
    op.drop_column("holds", "action")
