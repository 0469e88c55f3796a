"""Mailboxes, what waits in them, links, runs and the log of decisions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "decisions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("mailbox_id", sa.UUID(), nullable=True),
        sa.Column("event_id", sa.Text(), nullable=True),
        sa.Column("link_id", sa.UUID(), nullable=True),
        sa.Column("activity_id", sa.UUID(), nullable=True),
        sa.Column("run_id", sa.UUID(), nullable=True),
        sa.Column("trace_id", sa.Text(), nullable=True),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index("ix_decisions_activity", "decisions", ["activity_id", "id"], unique=False)
    op.create_index("ix_decisions_at", "decisions", ["at"], unique=False)
    op.create_index("ix_decisions_link", "decisions", ["link_id", "id"], unique=False)
    op.create_index("ix_decisions_mailbox", "decisions", ["mailbox_id", "id"], unique=False)
    op.create_index(op.f("ix_decisions_reason"), "decisions", ["reason"], unique=False)
    op.create_index(
        "ix_decisions_removals",
        "decisions",
        ["mailbox_id", "at"],
        unique=False,
        postgresql_where=sa.text("action = 'remove-activity'"),
    )
    op.create_table(
        "links",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ical_uid", sa.Text(), nullable=False),
        sa.Column("original_start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("activity_id", sa.UUID(), nullable=False),
        sa.Column("organizer_address", sa.Text(), nullable=False),
        sa.Column("baseline", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("frozen_reason", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("removal_version", sa.Integer(), nullable=True),
        sa.Column("last_synced_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('reserved','live','frozen','ended')", name=op.f("ck_links_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_activity_id"), "links", ["activity_id"], unique=False)
    op.create_index(op.f("ix_links_ends_at"), "links", ["ends_at"], unique=False)
    op.create_index(
        "uq_links_activity",
        "links",
        ["activity_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_index(
        "uq_links_meeting",
        "links",
        ["ical_uid", sa.literal_column("coalesce(original_start, '-infinity'::timestamptz)")],
        unique=True,
    )
    op.create_table(
        "link_copies",
        sa.Column("link_id", sa.UUID(), nullable=False),
        sa.Column("mailbox_id", sa.UUID(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("is_organizer", sa.Boolean(), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.Column("seen_epoch", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_link_copies_link_id")),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["representatives.id"], name=op.f("fk_link_copies_mailbox_id")
        ),
        sa.PrimaryKeyConstraint("link_id", "mailbox_id", name=op.f("pk_link_copies")),
    )
    op.create_index(
        op.f("ix_link_copies_mailbox_id_event_id"), "link_copies", ["mailbox_id", "event_id"]
    )
    op.create_table(
        "mailboxes",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("is_followed", sa.Boolean(), nullable=False),
        sa.Column("reads_window", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delta_link", sa.Text(), nullable=True),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("window_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("epoch_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wants_delta", sa.Boolean(), nullable=False),
        sa.Column("next_delta_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unavailable_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_run_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_success_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("subscription_id", sa.Text(), nullable=True),
        sa.Column("subscription_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("subscription_renew_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("client_state", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["representatives.id"], name=op.f("fk_mailboxes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailboxes")),
        sa.UniqueConstraint("subscription_id", name=op.f("uq_mailboxes_subscription_id")),
    )
    op.create_index(op.f("ix_mailboxes_due_at"), "mailboxes", ["due_at"], unique=False)
    op.create_table(
        "noted_items",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("mailbox_id", sa.UUID(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hint", sa.UUID(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("seen_absent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_dead", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_noted_items_mailbox_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_noted_items")),
        sa.UniqueConstraint(
            "mailbox_id", "event_id", name=op.f("uq_noted_items_mailbox_id_event_id")
        ),
    )
    op.create_index(
        "ix_noted_items_due",
        "noted_items",
        ["mailbox_id", "next_at"],
        unique=False,
        postgresql_where=sa.text("not is_dead"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("mailbox_id", sa.UUID(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailboxes.id"], name=op.f("fk_runs_mailbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index("ix_runs_mailbox_started", "runs", ["mailbox_id", "started_at"], unique=False)


def downgrade() -> None:
    """Take them away, with all that is in them."""
    op.drop_index("ix_runs_mailbox_started", table_name="runs")
    op.drop_table("runs")
    op.drop_index(
        "ix_noted_items_due", table_name="noted_items", postgresql_where=sa.text("not is_dead")
    )
    op.drop_table("noted_items")
    op.drop_index(op.f("ix_mailboxes_due_at"), table_name="mailboxes")
    op.drop_table("mailboxes")
    op.drop_index(op.f("ix_link_copies_mailbox_id_event_id"), table_name="link_copies")
    op.drop_table("link_copies")
    op.drop_index("uq_links_meeting", table_name="links")
    op.drop_index(
        "uq_links_activity", table_name="links", postgresql_where=sa.text("state <> 'ended'")
    )
    op.drop_index(op.f("ix_links_ends_at"), table_name="links")
    op.drop_index(op.f("ix_links_activity_id"), table_name="links")
    op.drop_table("links")
    op.drop_index(
        "ix_decisions_removals",
        table_name="decisions",
        postgresql_where=sa.text("action = 'remove-activity'"),
    )
    op.drop_index(op.f("ix_decisions_reason"), table_name="decisions")
    op.drop_index("ix_decisions_mailbox", table_name="decisions")
    op.drop_index("ix_decisions_link", table_name="decisions")
    op.drop_index("ix_decisions_at", table_name="decisions")
    op.drop_index("ix_decisions_activity", table_name="decisions")
    op.drop_table("decisions")
