"""Activities of whole days are found by their first day."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "ix_activities_first_day",
        "activities",
        ["first_day"],
        postgresql_where=sa.text("first_day IS NOT NULL"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_activities_first_day", table_name="activities")
