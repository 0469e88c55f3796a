"""Which activities take place at a time is answered by an index, whenever they began."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Beginning and end are indexed as one span."""
    op.create_index(
        "ix_activities_span",
        "activities",
        [sa.text("tstzrange(starts_at, ends_at, '[]')")],
        postgresql_using="gist",
    )


def downgrade() -> None:
    """What takes place at a time is looked for in all activities again."""
    op.drop_index("ix_activities_span", table_name="activities", postgresql_using="gist")
