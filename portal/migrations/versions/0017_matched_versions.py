"""the version a letter speaks of, versions matched by a person, provisions frozen with theirs"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.guards import protect, release

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_PUBLISHED = (
    "EXISTS (SELECT 1 FROM regulation_versions "
    "WHERE id = {row}.version_id AND state = 'published')"
)
# Summaries from before: words of an opinion with others merged into it that no comment has.
_SUMMARISED = (
    "UPDATE opinions SET summarised = true "
    "WHERE EXISTS (SELECT 1 FROM opinions AS joined WHERE joined.merged_into_id = opinions.id) "
    "AND NOT EXISTS (SELECT 1 FROM consultation_comments AS said WHERE said.opinion_id IN "
    "(SELECT own.id FROM opinions AS own WHERE opinions.id IN (own.id, own.merged_into_id)) "
    "AND said.folded = opinions.folded)"
)
_LISTED = ["consultation_id", "day", "track", "key", "id"]
PROTECTED = {
    "regulation_provisions_added": (
        "regulation_provisions", "INSERT", _PUBLISHED.format(row="new"),
    ),
    "regulation_provisions_frozen": (
        "regulation_provisions", "UPDATE", _PUBLISHED.format(row="old"),
    ),
    "regulation_provisions_kept": (
        "regulation_provisions", "DELETE", _PUBLISHED.format(row="old"),
    ),
}  # fmt: skip


def upgrade() -> None:
    op.add_column("consultation_submissions", sa.Column("letter_version", sa.Integer()))
    op.add_column("consultation_submissions", sa.Column("sent_version", sa.Integer()))
    # Links from before go on: their secret followed from no random sign.
    op.add_column("consultation_submissions", sa.Column("link_nonce", sa.String()))
    op.add_column(
        "consultation_submissions",
        sa.Column("disagrees", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "consultation_comments",
        sa.Column("typed_in", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "opinions", sa.Column("summarised", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(_SUMMARISED)
    op.create_index("ix_consultation_comments_listed", "consultation_comments", _LISTED)
    # Versions from before the rule count as matched.
    op.add_column(
        "regulation_versions",
        sa.Column("matched", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    protect(PROTECTED)


def downgrade() -> None:
    release(PROTECTED)
    op.drop_column("regulation_versions", "matched")
    op.drop_index("ix_consultation_comments_listed", "consultation_comments")
    op.drop_column("opinions", "summarised")
    op.drop_column("consultation_comments", "typed_in")
    op.drop_column("consultation_submissions", "disagrees")
    op.drop_column("consultation_submissions", "link_nonce")
    op.drop_column("consultation_submissions", "sent_version")
    op.drop_column("consultation_submissions", "letter_version")
