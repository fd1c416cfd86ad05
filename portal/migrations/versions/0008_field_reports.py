"""field reports"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.guards import differs, protect, release

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

PROTECTED = {
    # What was reported stays as it was reported: a correction is a row of its own.
    "daily_entries_unchanged": ("daily_entries", "UPDATE", "1 = 1"),
    "daily_entries_kept": ("daily_entries", "DELETE", "1 = 1"),
    # Of an explanation only what is said above goes on.
    "daily_explanations_unchanged": (
        "daily_explanations",
        "UPDATE",
        differs("campaign_id", "unit_id", "side", "percent", "text", "given_at", "given_by"),
    ),
    "daily_explanations_kept": ("daily_explanations", "DELETE", "1 = 1"),
}



def upgrade() -> None:
    op.create_table('daily_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('visits', sa.Integer(), nullable=True),
    sa.Column('helped', sa.Integer(), nullable=False),
    sa.Column('staff', sa.Text(), nullable=False),
    sa.Column('remarks', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reported_by', sa.String(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_daily_entries_number')),
    sa.CheckConstraint('visits >= 0 AND helped >= 0', name=op.f('ck_daily_entries_counts')),
    sa.CheckConstraint("(number = 1) = (reason = '')", name=op.f('ck_daily_entries_corrected')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_daily_entries_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_daily_entries_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_daily_entries')),
    sa.UniqueConstraint('campaign_id', 'unit_id', 'day', 'number', name=op.f('uq_daily_entries_campaign_id_unit_id_day_number'))
    )
    with op.batch_alter_table('daily_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_daily_entries_unit_id'), ['unit_id'], unique=False)

    op.create_table('daily_explanations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_by', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('verdict', sa.Text(), nullable=False),
    sa.Column('judged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('judged_by', sa.String(), nullable=False),
    sa.CheckConstraint("state IN ('given', 'accepted', 'asked_again')", name=op.f('ck_daily_explanations_state')),
    sa.CheckConstraint("side IN ('low', 'high')", name=op.f('ck_daily_explanations_side')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_daily_explanations_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_daily_explanations_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_daily_explanations'))
    )
    with op.batch_alter_table('daily_explanations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_daily_explanations_campaign_id_unit_id'), ['campaign_id', 'unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_daily_explanations_unit_id'), ['unit_id'], unique=False)

    protect(PROTECTED)


def downgrade() -> None:
    release(PROTECTED)
    op.drop_table('daily_explanations')
    op.drop_table('daily_entries')
