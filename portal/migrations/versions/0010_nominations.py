"""nominations"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('nominations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('position', sa.String(), nullable=False),
    sa.Column('achievement', sa.Text(), nullable=False),
    sa.Column('criteria', sa.Text(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('from_unit_id', sa.Integer(), nullable=False),
    sa.Column('drafted_by_id', sa.Integer(), nullable=False),
    sa.Column('drafted_by', sa.String(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('proposed_by', sa.String(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('endorsed_by', sa.String(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'proposed', 'endorsed', 'shortlisted', 'awarded', 'rejected', 'withdrawn')", name=op.f('ck_nominations_state')),
    sa.CheckConstraint("kind IN ('collective', 'person')", name=op.f('ck_nominations_kind')),
    sa.CheckConstraint('(proposed_at IS NULL) = (proposed_by_id IS NULL)', name=op.f('ck_nominations_proposed')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_nominations_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_nominations_unit_id_org_units')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_nominations_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['from_unit_id'], ['org_units.id'], name=op.f('fk_nominations_from_unit_id_org_units')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['users.id'], name=op.f('fk_nominations_drafted_by_id_users')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['users.id'], name=op.f('fk_nominations_proposed_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nominations'))
    )
    with op.batch_alter_table('nominations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_nominations_campaign_id_state'), ['campaign_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_nominations_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_nominations_from_unit_id'), ['from_unit_id'], unique=False)

    op.create_table('nomination_lists',
    sa.Column('campaign_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by', sa.String(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=True),
    sa.Column('decision_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_nomination_lists_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['proposal_id'], ['documents.id'], name=op.f('fk_nomination_lists_proposal_id_documents')),
    sa.ForeignKeyConstraint(['decision_id'], ['documents.id'], name=op.f('fk_nomination_lists_decision_id_documents')),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_nomination_lists'))
    )
    with op.batch_alter_table('nomination_lists', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_nomination_lists_decision_id'), ['decision_id'], unique=False)


def downgrade() -> None:
    op.drop_table('nomination_lists')
    op.drop_table('nominations')
