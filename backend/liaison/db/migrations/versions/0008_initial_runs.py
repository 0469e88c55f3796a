"""Initial syncs of several mailboxes: their runs, their plans, and what undoing takes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSONB = postgresql.JSONB(astext_type=sa.Text())
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and let the log tell what undoing takes."""
    _make_runs()
    _make_mailboxes()
    _make_items()
    op.add_column("runs", sa.Column("initial_run_id", sa.UUID(), nullable=True))
    op.create_index("ix_runs_initial_run_id", "runs", ["initial_run_id"])
    op.add_column("decisions", sa.Column("activity_version", sa.Integer(), nullable=True))
    op.add_column("decisions", sa.Column("undo", JSONB, nullable=True))
    op.create_index(
        "ix_decisions_undo", "decisions", ["run_id"], postgresql_where=sa.text("undo IS NOT NULL")
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_decisions_undo", table_name="decisions")
    op.drop_column("decisions", "undo")
    op.drop_column("decisions", "activity_version")
    op.drop_index("ix_runs_initial_run_id", table_name="runs")
    op.drop_column("runs", "initial_run_id")
    op.drop_table("plan_items")
    op.drop_table("initial_run_mailboxes")
    op.drop_table("initial_runs")


def _make_runs() -> None:
    op.create_table(
        "initial_runs",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("window_start", MOMENT, nullable=True),
        sa.Column("window_end", MOMENT, nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("counts", JSONB, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("outsiders", sa.Integer(), nullable=False),
        sa.Column("undone", JSONB, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initial_runs")),
    )
    op.create_index(
        "ix_initial_runs_phase",
        "initial_runs",
        ["id"],
        postgresql_where=sa.text("phase IS NOT NULL"),
    )


def _make_mailboxes() -> None:
    op.create_table(
        "initial_run_mailboxes",
        sa.Column("run_id", sa.UUID(), nullable=False),
        sa.Column("mailbox_id", sa.UUID(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["initial_runs.id"], name=op.f("fk_initial_run_mailboxes_run_id")
        ),
        sa.ForeignKeyConstraint(
            ["mailbox_id"],
            ["representatives.id"],
            name=op.f("fk_initial_run_mailboxes_mailbox_id"),
        ),
        sa.PrimaryKeyConstraint("run_id", "mailbox_id", name=op.f("pk_initial_run_mailboxes")),
    )
    # One initial sync at a time over a mailbox.
    op.create_index(
        "uq_initial_run_mailboxes_active",
        "initial_run_mailboxes",
        ["mailbox_id"],
        unique=True,
        postgresql_where=sa.text("is_active"),
    )


def _make_items() -> None:
    op.create_table(
        "plan_items",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("run_id", sa.UUID(), nullable=False),
        sa.Column("mailbox_id", sa.UUID(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("ical_uid", sa.Text(), nullable=True),
        sa.Column("activity_id", sa.UUID(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("before", JSONB, nullable=True),
        sa.Column("after", JSONB, nullable=True),
        sa.Column("outlook", JSONB, nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["initial_runs.id"], name=op.f("fk_plan_items_run_id")),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["representatives.id"], name=op.f("fk_plan_items_mailbox_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_items")),
    )
    op.create_index("ix_plan_items_run_id", "plan_items", ["run_id", "id"])
    op.create_index("ix_plan_items_ical_uid", "plan_items", ["ical_uid"])
