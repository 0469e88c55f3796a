"""Series are listed by their next date, once they are over by their last."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Series that are there are placed when activities are listed the next time: their date counts as over."""
    moment = sa.DateTime(timezone=True)
    op.add_column("activities", sa.Column("listed_at", moment, nullable=True))
    op.add_column("activities", sa.Column("listed_until", moment, nullable=True))
    op.execute("UPDATE activities SET listed_until = 'epoch' WHERE recurrence IS NOT NULL")
    op.create_index(
        "ix_activities_listed",
        "activities",
        [sa.text("coalesce(listed_at, starts_at)"), "id"],
    )
    op.create_index(
        "ix_activities_listed_until",
        "activities",
        ["listed_until"],
        postgresql_where=sa.text("listed_until IS NOT NULL"),
    )


def downgrade() -> None:
    """Series are listed by their start."""
    op.drop_index("ix_activities_listed_until", table_name="activities")
    op.drop_index("ix_activities_listed", table_name="activities")
    op.drop_column("activities", "listed_until")
    op.drop_column("activities", "listed_at")
