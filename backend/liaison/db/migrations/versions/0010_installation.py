"""An id for this installation, by which it knows the events it made."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table with its one row."""
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.UUID(), nullable=False),
        sa.Column("has_marked", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.execute(
        "INSERT INTO installation (id, key, has_marked) VALUES (1, gen_random_uuid(), false)"
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("installation")
