"""Where an event that we made is opened in Outlook on the web."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was made yet."""
    op.add_column("links", sa.Column("web_link", sa.Text(), nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("links", "web_link")
