"""Whom a person said an address to be, where several contacts carry it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is confirmed so far."""
    op.add_column(
        "contact_addresses",
        sa.Column("confirmed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.alter_column("contact_addresses", "confirmed", server_default=None)


def downgrade() -> None:
    """Forget it."""
    op.drop_column("contact_addresses", "confirmed")
