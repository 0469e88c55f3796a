"""A plan knows the whole policy it was made with, which need not have been in force."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

FILL = """
UPDATE initial_runs SET policy = policies.keys
FROM policies WHERE policies.version = initial_runs.policy_version
"""


def upgrade() -> None:
    """Plans made with the policy delivered, which is stored nowhere, count as made with another one."""
    keys = postgresql.JSONB(astext_type=sa.Text())
    op.add_column("initial_runs", sa.Column("policy", keys, nullable=True))
    op.add_column("initial_runs", sa.Column("trial", keys, nullable=True))
    op.execute(FILL)
    op.drop_column("initial_runs", "policy_version")


def downgrade() -> None:
    """Plans that are there do not know their policy: they count as made under another one."""
    op.add_column("initial_runs", sa.Column("policy_version", sa.Integer(), nullable=True))
    op.drop_column("initial_runs", "trial")
    op.drop_column("initial_runs", "policy")
