"""evidence and publicity"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('from_unit_id', sa.Integer(), nullable=False),
    sa.Column('subject_kind', sa.String(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('stored', sa.String(), nullable=False),
    sa.Column('small', sa.String(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('caption', sa.String(), nullable=False),
    sa.Column('added_by', sa.String(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_on', sa.Date(), nullable=True),
    sa.Column('removed_by', sa.String(), nullable=False),
    sa.Column('removed_why', sa.String(), nullable=False),
    sa.CheckConstraint("kind IN ('photo', 'link')", name=op.f('ck_evidence_kind')),
    sa.CheckConstraint("removed_on IS NOT NULL OR (kind = 'photo' AND stored <> '' AND small <> '') OR (kind = 'link' AND url <> '')", name=op.f('ck_evidence_has_content')),
    sa.CheckConstraint("removed_on IS NULL OR removed_why <> ''", name=op.f('ck_evidence_removed_why')),
    sa.ForeignKeyConstraint(['from_unit_id'], ['org_units.id'], name=op.f('fk_evidence_from_unit_id_org_units')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_evidence_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_subject_kind_subject_id'), ['subject_kind', 'subject_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_unit_id'), ['unit_id'], unique=False)

    op.create_table('postings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('object', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('times', sa.String(), nullable=False),
    sa.Column('told', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('taken_down_on', sa.Date(), nullable=True),
    sa.Column('taken_down_by', sa.String(), nullable=False),
    sa.Column('taken_down_why', sa.String(), nullable=False),
    sa.Column('mistaken', sa.Boolean(), nullable=False),
    sa.Column('added_by', sa.String(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('taken_down_on >= from_on', name=op.f('ck_postings_taken_down_on')),
    sa.CheckConstraint("taken_down_on IS NULL OR taken_down_why <> ''", name=op.f('ck_postings_taken_down_why')),
    sa.CheckConstraint('to_on >= from_on', name=op.f('ck_postings_span')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_postings_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_postings_document_id_documents')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_postings_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_postings'))
    )
    with op.batch_alter_table('postings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_postings_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_postings_unit_id_campaign_id'), ['unit_id', 'campaign_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('postings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_postings_unit_id_campaign_id'))
        batch_op.drop_index(batch_op.f('ix_postings_campaign_id'))

    op.drop_table('postings')
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_unit_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_subject_kind_subject_id'))

    op.drop_table('evidence')
