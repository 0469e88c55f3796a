"""An initial sync that is carried out knows whom it mails, so that nobody counts twice."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One that is under way forgets whom it mailed before: the rest has the whole budget once more."""
    op.add_column(
        "initial_runs",
        sa.Column("mailed", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    )


def downgrade() -> None:
    """Numbers are added up again."""
    op.drop_column("initial_runs", "mailed")
