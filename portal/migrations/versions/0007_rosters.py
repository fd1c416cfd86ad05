"""rosters"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rosters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('to_step', sa.Integer(), nullable=True),
    sa.Column('to_unit_id', sa.Integer(), nullable=True),
    sa.Column('to_organisation_id', sa.Integer(), nullable=True),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('accepted_number', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('support', 'inspectors')", name=op.f('ck_rosters_kind')),
    sa.CheckConstraint("state IN ('draft', 'submitted', 'accepted', 'returned')", name=op.f('ck_rosters_state')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_rosters_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_rosters_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['to_organisation_id'], ['organisations.id'], name=op.f('fk_rosters_to_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['to_unit_id'], ['org_units.id'], name=op.f('fk_rosters_to_unit_id_org_units')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_rosters_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rosters')),
    sa.UniqueConstraint('campaign_id', 'unit_id', 'kind', name=op.f('uq_rosters_campaign_id_unit_id_kind'))
    )
    op.create_table('roster_consignments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('to_step', sa.Integer(), nullable=False),
    sa.Column('to_unit_id', sa.Integer(), nullable=False),
    sa.Column('to_organisation_id', sa.Integer(), nullable=True),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('units', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('missing', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by', sa.String(), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.CheckConstraint("state IN ('sent', 'accepted', 'returned')", name=op.f('ck_roster_consignments_state')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_roster_consignments_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_roster_consignments_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['to_organisation_id'], ['organisations.id'], name=op.f('fk_roster_consignments_to_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['to_unit_id'], ['org_units.id'], name=op.f('fk_roster_consignments_to_unit_id_org_units')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_roster_consignments_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_consignments')),
    sa.UniqueConstraint('campaign_id', 'step', 'unit_id', 'number', name=op.f('uq_roster_consignments_campaign_id_step_unit_id_number'))
    )
    op.create_table('roster_rows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('roster_id', sa.Integer(), nullable=False),
    sa.Column('person', sa.String(), nullable=False),
    sa.Column('folded', sa.String(), nullable=False),
    sa.Column('sort_key', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('position', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=True),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('half', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("half IN ('morning', 'afternoon', 'day')", name=op.f('ck_roster_rows_half')),
    sa.ForeignKeyConstraint(['point_id'], ['points.id'], name=op.f('fk_roster_rows_point_id_points')),
    sa.ForeignKeyConstraint(['roster_id'], ['rosters.id'], name=op.f('fk_roster_rows_roster_id_rosters')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_rows'))
    )
    op.create_table('roster_submissions',
    sa.Column('roster_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by', sa.String(), nullable=False),
    sa.Column('told', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['roster_id'], ['rosters.id'], name=op.f('fk_roster_submissions_roster_id_rosters')),
    sa.PrimaryKeyConstraint('roster_id', 'number', name=op.f('pk_roster_submissions'))
    )
    op.create_index(op.f('ix_rosters_unit_id'), 'rosters', ['unit_id'])
    op.create_index(op.f('ix_roster_consignments_unit_id'), 'roster_consignments', ['unit_id'])
    op.create_index(op.f('ix_roster_rows_roster_id_day'), 'roster_rows', ['roster_id', 'day'])


def downgrade() -> None:
    for table in ('roster_submissions', 'roster_rows', 'roster_consignments', 'rosters'):
        op.drop_table(table)
