"""Earlier states of who can use a service, for whoever edits it and goes back a step."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("listing_draft", sa.Column("undo", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("listing_draft", "undo")
