"""receipts that are written down, and are shown no more"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES = ("letter_intake", "letters")


def upgrade() -> None:
    # Added in place: a rebuilt table would lose its protection, and on SQLite get row numbers.
    for table in TABLES:
        op.add_column(
            table, sa.Column("noted", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_column(table, "noted")
