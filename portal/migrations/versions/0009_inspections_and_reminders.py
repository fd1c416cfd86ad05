"""inspections and reminders"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

STANDING = "state <> 'cancelled'"


def upgrade() -> None:
    op.create_table('inspections',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('ordered_by_unit_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('inspectors', sa.Text(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('answers', sa.Text(), nullable=False),
    sa.Column('findings', sa.Text(), nullable=False),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('minutes_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('planned', 'done', 'cancelled')", name=op.f('ck_inspections_state')),
    sa.CheckConstraint("state <> 'done' OR done_on IS NOT NULL", name=op.f('ck_inspections_done')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_inspections_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['minutes_id'], ['documents.id'], name=op.f('fk_inspections_minutes_id_documents')),
    sa.ForeignKeyConstraint(['ordered_by_unit_id'], ['org_units.id'], name=op.f('fk_inspections_ordered_by_unit_id_org_units')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_inspections_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_inspections_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspections'))
    )
    op.create_index(
        'uq_inspections_standing', 'inspections',
        ['campaign_id', 'unit_id', 'ordered_by_unit_id', 'planned_on'], unique=True,
        sqlite_where=sa.text(STANDING), postgresql_where=sa.text(STANDING),
    )
    op.create_index(op.f('ix_inspections_unit_id'), 'inspections', ['unit_id'])
    op.create_table('inspection_notes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inspection_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('reply', 'addendum')", name=op.f('ck_inspection_notes_kind')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspections.id'], name=op.f('fk_inspection_notes_inspection_id_inspections')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_inspection_notes_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection_notes'))
    )
    op.create_index(op.f('ix_inspection_notes_inspection_id'), 'inspection_notes', ['inspection_id'])
    op.create_table('reminders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('duty', sa.String(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('path', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.CheckConstraint("channel IN ('portal', 'zalo')", name=op.f('ck_reminders_channel')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_reminders_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_reminders_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_reminders_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminders')),
    sa.UniqueConstraint('campaign_id', 'unit_id', 'duty', 'day', name=op.f('uq_reminders_campaign_id_unit_id_duty_day'))
    )
    op.create_index(op.f('ix_reminders_unit_id_channel_id'), 'reminders', ['unit_id', 'channel', 'id'])
    op.create_table('notice_marks',
    sa.Column('user_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('read_to_id', sa.Integer(), nullable=False),
    sa.Column('read_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_notice_marks_user_id_users')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_notice_marks'))
    )


def downgrade() -> None:
    op.drop_table('notice_marks')
    op.drop_table('reminders')
    op.drop_table('inspection_notes')
    op.drop_table('inspections')
