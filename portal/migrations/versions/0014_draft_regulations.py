"""draft regulations: versions, provisions, papers"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.guards import differs, protect, release

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

PROTECTED = {
    # What people were asked about stays as they read it.
    "regulation_versions_frozen": (
        "regulation_versions", "UPDATE",
        "old.state = 'published' AND (" + differs(
            "draft_id", "number", "state", "preamble", "stored", "sha256", "published_on") + ")",
    ),
    "regulation_versions_kept": ("regulation_versions", "DELETE", "old.state = 'published'"),
}  # fmt: skip



def upgrade() -> None:
    op.create_table('regulation_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_regulation_drafts_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_regulation_drafts_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_regulation_drafts'))
    )
    with op.batch_alter_table('regulation_drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_regulation_drafts_unit_id'), ['unit_id'], unique=False)
    op.create_table('regulation_moves',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('to_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['regulation_drafts.id'], name=op.f('fk_regulation_moves_draft_id_regulation_drafts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_regulation_moves'))
    )
    with op.batch_alter_table('regulation_moves', schema=None) as batch_op:
        batch_op.create_index('uq_regulation_moves_draft_id_key', ['draft_id', 'key'], unique=True)
    op.create_table('regulation_papers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('stored', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('added_on', sa.Date(), nullable=False),
    sa.Column('added_by', sa.String(), nullable=False),
    sa.Column('removed_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['draft_id'], ['regulation_drafts.id'], name=op.f('fk_regulation_papers_draft_id_regulation_drafts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_regulation_papers'))
    )
    with op.batch_alter_table('regulation_papers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_regulation_papers_draft_id'), ['draft_id'], unique=False)
    op.create_table('regulation_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('preamble', sa.Text(), nullable=False),
    sa.Column('stored', sa.String(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('published_by', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'published')", name=op.f('ck_regulation_versions_state')),
    sa.ForeignKeyConstraint(['draft_id'], ['regulation_drafts.id'], name=op.f('fk_regulation_versions_draft_id_regulation_drafts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_regulation_versions'))
    )
    with op.batch_alter_table('regulation_versions', schema=None) as batch_op:
        batch_op.create_index('uq_regulation_versions_draft_id_number', ['draft_id', 'number'], unique=True)
    op.create_table('regulation_provisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('heading', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.CheckConstraint("level IN ('chapter', 'section', 'article', 'clause', 'point')", name=op.f('ck_regulation_provisions_level')),
    sa.ForeignKeyConstraint(['version_id'], ['regulation_versions.id'], name=op.f('fk_regulation_provisions_version_id_regulation_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_regulation_provisions'))
    )
    with op.batch_alter_table('regulation_provisions', schema=None) as batch_op:
        batch_op.create_index('uq_regulation_provisions_version_id_key', ['version_id', 'key'], unique=True)
        batch_op.create_index('uq_regulation_provisions_version_id_position', ['version_id', 'position'], unique=True)
    protect(PROTECTED)


def downgrade() -> None:
    release(PROTECTED)
    with op.batch_alter_table('regulation_provisions', schema=None) as batch_op:
        batch_op.drop_index('uq_regulation_provisions_version_id_position')
        batch_op.drop_index('uq_regulation_provisions_version_id_key')
    op.drop_table('regulation_provisions')
    with op.batch_alter_table('regulation_versions', schema=None) as batch_op:
        batch_op.drop_index('uq_regulation_versions_draft_id_number')
    op.drop_table('regulation_versions')
    with op.batch_alter_table('regulation_papers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_regulation_papers_draft_id'))
    op.drop_table('regulation_papers')
    with op.batch_alter_table('regulation_moves', schema=None) as batch_op:
        batch_op.drop_index('uq_regulation_moves_draft_id_key')
    op.drop_table('regulation_moves')
    with op.batch_alter_table('regulation_drafts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_regulation_drafts_unit_id'))
    op.drop_table('regulation_drafts')
