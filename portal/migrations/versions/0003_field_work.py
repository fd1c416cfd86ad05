"""field work"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


NO_ROWID = {"sqlite_with_rowid": False}
BEFORE = {
    "supporter": "", "rounds": "", "one_round": sa.false(), "denominator": "none",
    "zalo_group": "", "tested_by": "", "handed_on": sa.false(),
}
"""What rows that are there already get in a column that must not be empty."""


def add(table: str, **columns: type) -> None:
    """Add columns; those of `BEFORE` must not be empty."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, kind in columns.items():
            batch_op.add_column(sa.Column(
                name, kind(), nullable=name not in BEFORE, server_default=BEFORE.get(name)
            ))
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name in columns.keys() & BEFORE.keys():
            batch_op.alter_column(name, server_default=None)


def live(name: str, column: str, where: str) -> None:
    """Let a unit, or a point, have one live code in a campaign."""
    op.create_index(
        name, 'qr_codes', ['campaign_id', column], unique=True,
        sqlite_where=sa.text(where), postgresql_where=sa.text(where),
    )


def upgrade() -> None:
    op.create_table('points',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('households', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('folded', sa.String(), nullable=False),
    sa.Column('sort_key', sa.String(), nullable=False),
    sa.CheckConstraint('households >= 0', name=op.f('ck_points_households')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to >= valid_from', name=op.f('ck_points_span')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_points_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_points')),
    sa.UniqueConstraint('unit_id', 'name', name=op.f('uq_points_unit_id_name'))
    )
    op.create_table('body_fallbacks',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_body_fallbacks_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_body_fallbacks_unit_id_org_units')),
    sa.PrimaryKeyConstraint('unit_id', 'kind', name=op.f('pk_body_fallbacks'))
    )
    op.create_table('questionnaire_drafts',
    sa.Column('questionnaire_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=False),
    sa.Column('saved_by', sa.String(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaires.id'], name=op.f('fk_questionnaire_drafts_questionnaire_id_questionnaires')),
    sa.PrimaryKeyConstraint('questionnaire_id', name=op.f('pk_questionnaire_drafts'))
    )
    op.create_table('campaign_steps',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_campaign_steps_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', 'number', name=op.f('pk_campaign_steps'))
    )
    op.create_table('campaign_changes',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('after', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_campaign_changes_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_campaign_changes_document_id_documents')),
    sa.PrimaryKeyConstraint('campaign_id', 'number', name=op.f('pk_campaign_changes'))
    )
    # The one change that was kept before: which days it changed is no longer known.
    op.execute(
        "INSERT INTO campaign_changes (campaign_id, number, document_id, kind, reason, before, after) "
        "SELECT id, 1, amended_by_id, 'move', '', opens_on || '/' || closes_on, opens_on || '/' || closes_on "
        "FROM campaigns WHERE amended_by_id IS NOT NULL"
    )
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_campaigns_amended_by_id_documents'), type_='foreignkey')
        batch_op.drop_column('amended_by_id')

    op.create_table('paper_batches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('issued', sa.Integer(), nullable=False),
    sa.Column('returned', sa.Integer(), nullable=False),
    sa.Column('blank', sa.Integer(), nullable=False),
    sa.Column('invalid', sa.Integer(), nullable=False),
    sa.Column('entered', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('opened_by', sa.String(), nullable=False),
    sa.Column('counted_by_id', sa.Integer(), nullable=True),
    sa.Column('counted_by', sa.String(), nullable=False),
    sa.Column('confirmed_by', sa.String(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('open', 'counted', 'balanced')", name=op.f('ck_paper_batches_state')),
    sa.CheckConstraint('issued > 0 AND returned >= 0 AND blank >= 0 AND invalid >= 0', name=op.f('ck_paper_batches_counts')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_paper_batches_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['point_id'], ['points.id'], name=op.f('fk_paper_batches_point_id_points')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_paper_batches_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_batches'))
    )
    with op.batch_alter_table('paper_batches', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_batches_campaign_id_unit_id'), ['campaign_id', 'unit_id'], unique=False)

    op.create_table('share_notes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=True),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('sent_by', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_share_notes_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['point_id'], ['points.id'], name=op.f('fk_share_notes_point_id_points')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_share_notes_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_share_notes'))
    )
    with op.batch_alter_table('share_notes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_share_notes_campaign_id_unit_id'), ['campaign_id', 'unit_id'], unique=False)

    op.create_table('slip_batches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('used', sa.Integer(), nullable=True),
    sa.Column('unused', sa.Integer(), nullable=False),
    sa.Column('spoiled', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('printed_on', sa.Date(), nullable=False),
    sa.Column('printed_by', sa.String(), nullable=False),
    sa.Column('counted_by_id', sa.Integer(), nullable=True),
    sa.Column('counted_by', sa.String(), nullable=False),
    sa.Column('confirmed_by', sa.String(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('printed', 'counted', 'balanced')", name=op.f('ck_slip_batches_state')),
    sa.CheckConstraint('size BETWEEN 1 AND 5000', name=op.f('ck_slip_batches_size')),
    sa.CheckConstraint('unused >= 0 AND spoiled >= 0', name=op.f('ck_slip_batches_counts')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_slip_batches_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_slip_batches_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slip_batches'))
    )
    with op.batch_alter_table('slip_batches', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slip_batches_campaign_id_unit_id'), ['campaign_id', 'unit_id'], unique=False)

    op.create_table('survey_channel_counters',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('option', sa.String(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.CheckConstraint('n >= 0', name=op.f('ck_survey_channel_counters_n')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_survey_channel_counters_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', 'channel', 'question', 'option', name=op.f('pk_survey_channel_counters')),
    sqlite_with_rowid=False
    )
    op.create_table('survey_channels',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.CheckConstraint('n >= 0', name=op.f('ck_survey_channels_n')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_survey_channels_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_survey_channels_unit_id_org_units')),
    sa.PrimaryKeyConstraint('campaign_id', 'unit_id', 'channel', name=op.f('pk_survey_channels')),
    sqlite_with_rowid=False
    )
    # What was folded before there were channels came by the codes.
    op.execute(
        "INSERT INTO survey_channels (campaign_id, unit_id, channel, n) "
        "SELECT campaign_id, unit_id, 'qr', SUM(n) FROM survey_participation "
        "GROUP BY campaign_id, unit_id"
    )
    op.execute(
        "INSERT INTO survey_channel_counters (campaign_id, channel, question, option, n) "
        "SELECT campaign_id, 'qr', question, option, SUM(n) FROM survey_counters "
        "GROUP BY campaign_id, question, option"
    )
    op.create_table('survey_points',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.CheckConstraint('n >= 0', name=op.f('ck_survey_points_n')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_survey_points_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['point_id'], ['points.id'], name=op.f('fk_survey_points_point_id_points')),
    sa.PrimaryKeyConstraint('campaign_id', 'point_id', name=op.f('pk_survey_points')),
    sqlite_with_rowid=False
    )
    op.create_table('slips',
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['slip_batches.id'], name=op.f('fk_slips_batch_id_slip_batches')),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_slips')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('slips', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slips_batch_id'), ['batch_id'], unique=False)

    add('campaign_units', round_number=sa.Integer, supporter=sa.String, headcount=sa.Integer)
    with op.batch_alter_table('campaign_units', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_campaign_units_headcount'), 'headcount > 0')
    add('campaigns', rounds=sa.Text, one_round=sa.Boolean, denominator=sa.String, zalo_group=sa.String)
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_campaigns_denominator'), "denominator IN ('none', 'visits', 'headcount', 'households')")

    add('org_units', population=sa.Integer, households=sa.Integer)
    with op.batch_alter_table('org_units', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_org_units_population'), 'population >= 0')
        batch_op.create_check_constraint(batch_op.f('ck_org_units_households'), 'households >= 0')

    add('qr_codes', point_id=sa.Integer, issued_on=sa.Date, tested_on=sa.Date, tested_by=sa.String, used_on=sa.Date,
        handed_on=sa.Boolean)
    with op.batch_alter_table('qr_codes', schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f('fk_qr_codes_point_id_points'), 'points', ['point_id'], ['id'])
        batch_op.drop_index('uq_qr_codes_live')
    live('uq_qr_codes_live', 'unit_id', 'revoked_on IS NULL AND point_id IS NULL')
    live('uq_qr_codes_live_point', 'point_id', 'revoked_on IS NULL AND point_id IS NOT NULL')

    add('questionnaires', unit_id=sa.Integer, archived_on=sa.Date)
    with op.batch_alter_table('questionnaires', schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f('fk_questionnaires_unit_id_org_units'), 'org_units', ['unit_id'], ['id'])
        batch_op.drop_constraint(batch_op.f('uq_questionnaires_code'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_questionnaires_unit_id_code'), ['unit_id', 'code'])
    op.create_index(
        'uq_questionnaires_shipped', 'questionnaires', ['code'], unique=True,
        sqlite_where=sa.text('unit_id IS NULL'), postgresql_where=sa.text('unit_id IS NULL'),
    )
    with op.batch_alter_table('questionnaire_versions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_questionnaire_versions_digest'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_questionnaire_versions_questionnaire_id_digest'), ['questionnaire_id', 'digest'])

    with op.batch_alter_table('survey_intake', schema=None, table_kwargs=NO_ROWID) as batch_op:
        batch_op.add_column(sa.Column('channel', sa.String(), server_default='qr', nullable=False))
        batch_op.add_column(sa.Column('point_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_survey_intake_point_id_points'), 'points', ['point_id'], ['id'])

    with op.batch_alter_table('survey_form_keys', schema=None, table_kwargs=NO_ROWID) as batch_op:
        batch_op.add_column(sa.Column('paper_batch_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_survey_form_keys_paper_batch_id_paper_batches'), 'paper_batches', ['paper_batch_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('survey_form_keys', schema=None, table_kwargs=NO_ROWID) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_survey_form_keys_paper_batch_id_paper_batches'), type_='foreignkey')
        batch_op.drop_column('paper_batch_id')

    with op.batch_alter_table('survey_intake', schema=None, table_kwargs=NO_ROWID) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_survey_intake_point_id_points'), type_='foreignkey')
        batch_op.drop_column('point_id')
        batch_op.drop_column('channel')

    # Codes and wordings stood once in all; what units wrote under those of another gets its number.
    op.execute(
        "UPDATE questionnaire_versions SET digest = digest || '-' || id WHERE id NOT IN "
        "(SELECT MIN(id) FROM questionnaire_versions GROUP BY digest)"
    )
    op.execute(
        "UPDATE questionnaires SET code = code || '-' || id WHERE unit_id IS NOT NULL "
        "AND code IN (SELECT code FROM questionnaires GROUP BY code HAVING COUNT(*) > 1)"
    )
    with op.batch_alter_table('questionnaire_versions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_questionnaire_versions_questionnaire_id_digest'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_questionnaire_versions_digest'), ['digest'])
    with op.batch_alter_table('questionnaires', schema=None) as batch_op:
        batch_op.drop_index('uq_questionnaires_shipped')
        batch_op.drop_constraint(batch_op.f('uq_questionnaires_unit_id_code'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_questionnaires_code'), ['code'])
        batch_op.drop_constraint(batch_op.f('fk_questionnaires_unit_id_org_units'), type_='foreignkey')
        batch_op.drop_column('archived_on')
        batch_op.drop_column('unit_id')

    op.execute("DELETE FROM qr_codes WHERE point_id IS NOT NULL")
    with op.batch_alter_table('qr_codes', schema=None) as batch_op:
        batch_op.drop_index('uq_qr_codes_live_point')
        batch_op.drop_index('uq_qr_codes_live')
        batch_op.drop_constraint(batch_op.f('fk_qr_codes_point_id_points'), type_='foreignkey')
        batch_op.drop_column('handed_on')
        batch_op.drop_column('used_on')
        batch_op.drop_column('tested_by')
        batch_op.drop_column('tested_on')
        batch_op.drop_column('issued_on')
        batch_op.drop_column('point_id')
    live('uq_qr_codes_live', 'unit_id', 'revoked_on IS NULL')

    with op.batch_alter_table('org_units', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_org_units_households'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_org_units_population'), type_='check')
        batch_op.drop_column('households')
        batch_op.drop_column('population')

    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_campaigns_denominator'), type_='check')
        batch_op.drop_column('zalo_group')
        batch_op.drop_column('denominator')
        batch_op.drop_column('one_round')
        batch_op.drop_column('rounds')

    with op.batch_alter_table('campaign_units', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_campaign_units_headcount'), type_='check')
        batch_op.drop_column('headcount')
        batch_op.drop_column('supporter')
        batch_op.drop_column('round_number')

    with op.batch_alter_table('slips', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_slips_batch_id'))

    op.drop_table('slips')
    op.drop_table('survey_points')
    op.drop_table('survey_channels')
    op.drop_table('survey_channel_counters')
    with op.batch_alter_table('slip_batches', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_slip_batches_campaign_id_unit_id'))

    op.drop_table('slip_batches')
    with op.batch_alter_table('share_notes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_share_notes_campaign_id_unit_id'))

    op.drop_table('share_notes')
    with op.batch_alter_table('paper_batches', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_batches_campaign_id_unit_id'))

    op.drop_table('paper_batches')
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.add_column(sa.Column('amended_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_campaigns_amended_by_id_documents'), 'documents', ['amended_by_id'], ['id'])
    op.execute(
        "UPDATE campaigns SET amended_by_id = (SELECT document_id FROM campaign_changes "
        "WHERE campaign_id = campaigns.id ORDER BY number DESC LIMIT 1)"
    )
    op.drop_table('campaign_changes')
    op.drop_table('campaign_steps')
    op.drop_table('questionnaire_drafts')
    op.drop_table('body_fallbacks')
    op.drop_table('points')
