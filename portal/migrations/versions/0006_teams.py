"""teams"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('teams',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('number >= 0', name=op.f('ck_teams_number')),
    sa.CheckConstraint("state IN ('draft', 'submitted', 'returned', 'accepted')", name=op.f('ck_teams_state')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_teams_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_teams_document_id_documents')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_teams_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teams')),
    sa.UniqueConstraint('campaign_id', 'unit_id', name=op.f('uq_teams_campaign_id_unit_id'))
    )
    with op.batch_alter_table('teams', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_teams_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_teams_unit_id'), ['unit_id'], unique=False)

    op.create_table('team_versions',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by', sa.String(), nullable=False),
    sa.Column('verdict', sa.String(), nullable=False),
    sa.Column('verdict_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('verdict_by', sa.String(), nullable=False),
    sa.Column('verdict_note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_team_versions_document_id_documents')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_team_versions_team_id_teams')),
    sa.PrimaryKeyConstraint('team_id', 'number', name=op.f('pk_team_versions'))
    )


def downgrade() -> None:
    op.drop_table('team_versions')
    with op.batch_alter_table('teams', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_teams_unit_id'))
        batch_op.drop_index(batch_op.f('ix_teams_document_id'))

    op.drop_table('teams')
