"""first tables"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


APPEND_ONLY = ("audit_entries", "survey_answers", "survey_batches", "survey_texts")


def protect(table: str) -> None:
    """Have the database itself refuse to alter what is sealed; a text may be erased, not edited."""
    kept = "1 = 1"
    if table == "survey_texts":
        kept = "new.text IS NOT NULL OR new.commitment <> old.commitment OR new.key <> old.key"
    if op.get_bind().dialect.name == "sqlite":
        for act, when in (("UPDATE", f"WHEN {kept} "), ("DELETE", "")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {when}"
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{table} is append-only'; END$$"
    )
    for act, when in (("UPDATE", f"WHEN ({kept}) "), ("DELETE", "")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"FOR EACH ROW {when}EXECUTE FUNCTION {table}_refuse()"
        )


def upgrade() -> None:
    op.create_table('audit_entries',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.String(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('subject_kind', sa.String(), nullable=False),
    sa.Column('subject_id', sa.String(), nullable=False),
    sa.Column('subject_name', sa.String(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('changes', sa.Text(), nullable=False),
    sa.Column('previous', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_audit_entries')),
    sa.UniqueConstraint('digest', name=op.f('uq_audit_entries_digest'))
    )
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entries_subject_kind_subject_id'), ['subject_kind', 'subject_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entries_unit_id'), ['unit_id'], unique=False)

    op.create_table('jobs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('run_key', sa.String(), nullable=False),
    sa.Column('payload', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('run_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_key', sa.String(), nullable=True),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('result', sa.Text(), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("status IN ('waiting', 'running', 'done', 'failed')", name=op.f('ck_jobs_status')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs')),
    sa.UniqueConstraint('run_key', name=op.f('uq_jobs_run_key'))
    )
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_jobs_status_run_at'), ['status', 'run_at'], unique=False)

    op.create_table('org_units',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('full_name', sa.String(), nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('folded', sa.String(), nullable=False),
    sa.Column('sort_key', sa.String(), nullable=False),
    sa.CheckConstraint("level IN ('province', 'district', 'commune')", name=op.f('ck_org_units_level')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to >= valid_from', name=op.f('ck_org_units_span')),
    sa.ForeignKeyConstraint(['parent_id'], ['org_units.id'], name=op.f('fk_org_units_parent_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_org_units')),
    sa.UniqueConstraint('code', 'valid_from', name=op.f('uq_org_units_code_valid_from'))
    )
    with op.batch_alter_table('org_units', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_org_units_folded'), ['folded'], unique=False)
        batch_op.create_index(batch_op.f('ix_org_units_parent_id'), ['parent_id'], unique=False)

    op.create_table('questionnaires',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('sort_key', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaires')),
    sa.UniqueConstraint('code', name=op.f('uq_questionnaires_code'))
    )
    op.create_table('settings',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_settings'))
    )
    op.create_table('sign_in_buckets',
    sa.Column('key', sa.LargeBinary(), nullable=False),
    sa.Column('tries_left', sa.Double(), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_sign_in_buckets'))
    )
    op.create_table('organisations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('folded', sa.String(), nullable=False),
    sa.Column('sort_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_organisations_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisations')),
    sa.UniqueConstraint('unit_id', 'name', name=op.f('uq_organisations_unit_id_name'))
    )
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisations_folded'), ['folded'], unique=False)

    op.create_table('questionnaire_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('questionnaire_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('official', sa.Boolean(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaires.id'], name=op.f('fk_questionnaire_versions_questionnaire_id_questionnaires')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire_versions')),
    sa.UniqueConstraint('digest', name=op.f('uq_questionnaire_versions_digest')),
    sa.UniqueConstraint('questionnaire_id', 'number', name=op.f('uq_questionnaire_versions_questionnaire_id_number'))
    )
    op.create_table('unit_scopes',
    sa.Column('above_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['above_id'], ['org_units.id'], name=op.f('fk_unit_scopes_above_id_org_units')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_unit_scopes_unit_id_org_units')),
    sa.PrimaryKeyConstraint('above_id', 'unit_id', name=op.f('pk_unit_scopes')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('unit_scopes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_scopes_unit_id_above_id'), ['unit_id', 'above_id'], unique=False)

    op.create_table('unit_successions',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('successor_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['successor_id'], ['org_units.id'], name=op.f('fk_unit_successions_successor_id_org_units')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_unit_successions_unit_id_org_units')),
    sa.PrimaryKeyConstraint('unit_id', 'successor_id', name=op.f('pk_unit_successions'))
    )
    op.create_table('campaigns',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('headline', sa.String(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('audience', sa.Text(), nullable=False),
    sa.Column('supporter', sa.String(), nullable=False),
    sa.Column('fallback_supporter', sa.String(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('sealed_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'ready', 'reported', 'cancelled')", name=op.f('ck_campaigns_state')),
    sa.CheckConstraint('closes_on >= opens_on', name=op.f('ck_campaigns_window')),
    sa.CheckConstraint('minutes BETWEEN 1 AND 60', name=op.f('ck_campaigns_minutes')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_campaigns_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_campaigns_unit_id_org_units')),
    sa.ForeignKeyConstraint(['version_id'], ['questionnaire_versions.id'], name=op.f('fk_campaigns_version_id_questionnaire_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaigns'))
    )
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaigns_unit_id'), ['unit_id'], unique=False)

    op.create_table('users',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('username', sa.String(), nullable=False),
    sa.Column('display_name', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('duty_names', sa.Text(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=False),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sort_key', sa.String(), nullable=False),
    sa.Column('folded', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("role IN ('province', 'district', 'commune', 'youth', 'admin')", name=op.f('ck_users_role')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_users_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('username', name=op.f('uq_users_username'))
    )
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_users_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('campaign_units',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_campaign_units_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_campaign_units_unit_id_org_units')),
    sa.PrimaryKeyConstraint('campaign_id', 'unit_id', name=op.f('pk_campaign_units'))
    )
    with op.batch_alter_table('campaign_units', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_units_unit_id'), ['unit_id'], unique=False)

    op.create_table('qr_codes',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('revoked_on', sa.Date(), nullable=True),
    sa.Column('revoke_reason', sa.String(), nullable=False),
    sa.CheckConstraint("(revoked_on IS NULL) = (revoke_reason = '')", name=op.f('ck_qr_codes_revoked')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_qr_codes_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_qr_codes_unit_id_org_units')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_qr_codes'))
    )
    with op.batch_alter_table('qr_codes', schema=None) as batch_op:
        batch_op.create_index('uq_qr_codes_live', ['campaign_id', 'unit_id'], unique=True, sqlite_where=sa.text('revoked_on IS NULL'), postgresql_where=sa.text('revoked_on IS NULL'))

    op.create_table('sign_ins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('browser', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_sign_ins_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ins')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_ins_token_hash'))
    )
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_ins_user_id'), ['user_id'], unique=False)

    op.create_table('survey_batches',
    sa.Column('key', sa.LargeBinary(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('size > 0', name=op.f('ck_survey_batches_size')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_survey_batches_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_survey_batches_unit_id_org_units')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_survey_batches')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('survey_batches', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_batches_campaign_id_unit_id'), ['campaign_id', 'unit_id'], unique=False)

    op.create_table('survey_counters',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('option', sa.String(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.CheckConstraint('n >= 0', name=op.f('ck_survey_counters_n')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_survey_counters_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_survey_counters_unit_id_org_units')),
    sa.PrimaryKeyConstraint('campaign_id', 'unit_id', 'question', 'option', name=op.f('pk_survey_counters')),
    sqlite_with_rowid=False
    )
    op.create_table('survey_form_keys',
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('folded', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_survey_form_keys_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_survey_form_keys_unit_id_org_units')),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_survey_form_keys')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('survey_form_keys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_form_keys_campaign_id_unit_id_folded'), ['campaign_id', 'unit_id', 'folded'], unique=False)

    op.create_table('survey_intake',
    sa.Column('key', sa.LargeBinary(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('choices', sa.Text(), nullable=False),
    sa.Column('texts', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_survey_intake_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_survey_intake_unit_id_org_units')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_survey_intake')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('survey_intake', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_intake_campaign_id_unit_id'), ['campaign_id', 'unit_id'], unique=False)

    op.create_table('survey_participation',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.CheckConstraint('n >= 0', name=op.f('ck_survey_participation_n')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_survey_participation_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_survey_participation_unit_id_org_units')),
    sa.PrimaryKeyConstraint('campaign_id', 'unit_id', 'day', name=op.f('pk_survey_participation')),
    sqlite_with_rowid=False
    )
    op.create_table('survey_answers',
    sa.Column('key', sa.LargeBinary(), nullable=False),
    sa.Column('batch_key', sa.LargeBinary(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('choices', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['batch_key'], ['survey_batches.key'], name=op.f('fk_survey_answers_batch_key_survey_batches')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_survey_answers_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_survey_answers_unit_id_org_units')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_survey_answers')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('survey_answers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_answers_batch_key'), ['batch_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_answers_campaign_id_unit_id'), ['campaign_id', 'unit_id'], unique=False)

    op.create_table('survey_texts',
    sa.Column('key', sa.LargeBinary(), nullable=False),
    sa.Column('batch_key', sa.LargeBinary(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('commitment', sa.LargeBinary(), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['batch_key'], ['survey_batches.key'], name=op.f('fk_survey_texts_batch_key_survey_batches')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_survey_texts_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_survey_texts_unit_id_org_units')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_survey_texts')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('survey_texts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_texts_batch_key'), ['batch_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_texts_campaign_id_question_key'), ['campaign_id', 'question', 'key'], unique=False)

    for table in APPEND_ONLY:
        protect(table)


def downgrade() -> None:
    with op.batch_alter_table('survey_texts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_texts_campaign_id_question_key'))
        batch_op.drop_index(batch_op.f('ix_survey_texts_batch_key'))

    op.drop_table('survey_texts')
    with op.batch_alter_table('survey_answers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_answers_campaign_id_unit_id'))
        batch_op.drop_index(batch_op.f('ix_survey_answers_batch_key'))

    op.drop_table('survey_answers')
    op.drop_table('survey_participation')
    with op.batch_alter_table('survey_intake', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_intake_campaign_id_unit_id'))

    op.drop_table('survey_intake')
    with op.batch_alter_table('survey_form_keys', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_form_keys_campaign_id_unit_id_folded'))

    op.drop_table('survey_form_keys')
    op.drop_table('survey_counters')
    with op.batch_alter_table('survey_batches', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_batches_campaign_id_unit_id'))

    op.drop_table('survey_batches')
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_ins_user_id'))

    op.drop_table('sign_ins')
    with op.batch_alter_table('qr_codes', schema=None) as batch_op:
        batch_op.drop_index('uq_qr_codes_live', sqlite_where=sa.text('revoked_on IS NULL'), postgresql_where=sa.text('revoked_on IS NULL'))

    op.drop_table('qr_codes')
    with op.batch_alter_table('campaign_units', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_campaign_units_unit_id'))

    op.drop_table('campaign_units')
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_users_organisation_id'))

    op.drop_table('users')
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_campaigns_unit_id'))

    op.drop_table('campaigns')
    op.drop_table('unit_successions')
    with op.batch_alter_table('unit_scopes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unit_scopes_unit_id_above_id'))

    op.drop_table('unit_scopes')
    op.drop_table('questionnaire_versions')
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisations_folded'))

    op.drop_table('organisations')
    op.drop_table('sign_in_buckets')
    op.drop_table('settings')
    op.drop_table('questionnaires')
    with op.batch_alter_table('org_units', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_org_units_parent_id'))
        batch_op.drop_index(batch_op.f('ix_org_units_folded'))

    op.drop_table('org_units')
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_jobs_status_run_at'))

    op.drop_table('jobs')
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entries_unit_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entries_subject_kind_subject_id'))

    op.drop_table('audit_entries')

    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_refuse()")
