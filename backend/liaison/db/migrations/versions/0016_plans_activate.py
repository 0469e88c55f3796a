"""A plan remembers under which policy it was made, and whom applying it activates."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Plans that are there do not know their policy: they count as made under another one."""
    op.add_column("initial_runs", sa.Column("policy_version", sa.Integer(), nullable=True))
    op.add_column("initial_run_mailboxes", sa.Column("activates", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Plans are applied whatever the policy, and activate nobody."""
    op.drop_column("initial_run_mailboxes", "activates")
    op.drop_column("initial_runs", "policy_version")
