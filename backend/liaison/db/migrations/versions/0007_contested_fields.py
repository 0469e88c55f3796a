"""What a link remembers of fields that both sides changed, and of those that are on their way to Outlook."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is contested, nothing on its way."""
    for name, empty in (("contested", "{}"), ("going_out", "[]")):
        column = sa.Column(name, JSONB(), nullable=False, server_default=sa.text(f"'{empty}'"))
        op.add_column("links", column)


def downgrade() -> None:
    """Forget it."""
    op.drop_column("links", "going_out")
    op.drop_column("links", "contested")
