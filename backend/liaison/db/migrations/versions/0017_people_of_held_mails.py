"""What waits for mail knows its people again without their addresses; the proof names what both sides left apart."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what was approved before nobody knows the people any more: it is held once more where it was not sent yet."""
    op.add_column(
        "held_mails",
        sa.Column(
            "outside",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )
    op.add_column("reconciles", sa.Column("apart", sa.Integer(), nullable=True))
    op.add_column(
        "reconciles",
        sa.Column(
            "named_apart",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
    )


def downgrade() -> None:
    """Approvals compare numbers again."""
    op.drop_column("reconciles", "named_apart")
    op.drop_column("reconciles", "apart")
    op.drop_column("held_mails", "outside")
