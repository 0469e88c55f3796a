"""Of what a plan would bring twice somebody chooses to link both instead; whom the rest mails is counted again then."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Plans that are there offer no choice."""
    op.add_column("plan_items", sa.Column("twin", sa.Text(), nullable=True))
    op.add_column(
        "plan_items",
        sa.Column("is_linked", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "plan_items",
        sa.Column("mailed", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    )


def downgrade() -> None:
    """What resembles is only marked."""
    op.drop_column("plan_items", "mailed")
    op.drop_column("plan_items", "is_linked")
    op.drop_column("plan_items", "twin")
