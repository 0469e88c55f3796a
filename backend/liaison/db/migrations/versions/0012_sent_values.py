"""The values that a write without an answer brings to Outlook, by which a later look knows them again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is on its way."""
    column = sa.Column("sent", JSONB(), nullable=False, server_default=sa.text("'{}'"))
    op.add_column("links", column)


def downgrade() -> None:
    """Forget it."""
    op.drop_column("links", "sent")
