"""consultations: tracks, comments, ballots, opinions"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.guards import differs, protect, release

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

PROTECTED = {
    # What citizens wrote is never rewritten, by anybody.
    "consultation_intake_unchanged": (
        "consultation_intake", "UPDATE",
        differs("key", "consultation_id", "day", "form_hash", "receipt_hash", "content"),
    ),
    "consultation_voices_unchanged": (
        "consultation_voices", "UPDATE",
        differs("id", "consultation_id", "day", "form_hash", "receipt_hash", "agrees"),
    ),
    "consultation_voices_kept": ("consultation_voices", "DELETE", "1 = 1"),
    "consultation_comments_unchanged": (
        "consultation_comments", "UPDATE",
        differs("id", "consultation_id", "unit_id", "track", "submission_id", "voice_id",
                "ballot_group_id", "key", "day")
        + " OR (old.track = 'public' AND (" + differs("text", "folded", "households") + "))",
    ),
    "consultation_comments_kept": ("consultation_comments", "DELETE", "old.track = 'public'"),
    "consultation_agreements_only_rise": (
        "consultation_agreements", "UPDATE",
        "new.n < old.n OR " + differs("consultation_id", "key"),
    ),
    "consultation_agreements_kept": ("consultation_agreements", "DELETE", "1 = 1"),
}  # fmt: skip



def upgrade() -> None:
    op.create_table('consultations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('sum_due_on', sa.Date(), nullable=True),
    sa.Column('report_due_on', sa.Date(), nullable=True),
    sa.Column('shows_comments', sa.Boolean(), nullable=False),
    sa.Column('kept_warnings', sa.Text(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('report_id', sa.Integer(), nullable=True),
    sa.Column('petition_id', sa.Integer(), nullable=True),
    sa.Column('decision_id', sa.Integer(), nullable=True),
    sa.Column('decision_name', sa.String(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('answers_public_on', sa.Date(), nullable=True),
    sa.Column('supervision', sa.Text(), nullable=False),
    sa.Column('supervised_by', sa.String(), nullable=False),
    sa.Column('supervised_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'published', 'reported', 'closed', 'cancelled')", name=op.f('ck_consultations_state')),
    sa.ForeignKeyConstraint(['decision_id'], ['documents.id'], name=op.f('fk_consultations_decision_id_documents')),
    sa.ForeignKeyConstraint(['draft_id'], ['regulation_drafts.id'], name=op.f('fk_consultations_draft_id_regulation_drafts')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_consultations_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['petition_id'], ['documents.id'], name=op.f('fk_consultations_petition_id_documents')),
    sa.ForeignKeyConstraint(['plan_id'], ['documents.id'], name=op.f('fk_consultations_plan_id_documents')),
    sa.ForeignKeyConstraint(['report_id'], ['documents.id'], name=op.f('fk_consultations_report_id_documents')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_consultations_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultations')),
    sa.UniqueConstraint('code', name=op.f('uq_consultations_code'))
    )
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultations_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultations_unit_id'), ['unit_id'], unique=False)
    op.create_table('ballot_groups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=True),
    sa.Column('group', sa.String(), nullable=False),
    sa.Column('folded', sa.String(), nullable=False),
    sa.Column('households', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('token_hash', sa.LargeBinary(), nullable=True),
    sa.Column('printed', sa.Integer(), nullable=True),
    sa.Column('stamped', sa.Integer(), nullable=True),
    sa.Column('issued', sa.Integer(), nullable=True),
    sa.Column('returned', sa.Integer(), nullable=True),
    sa.Column('valid', sa.Integer(), nullable=True),
    sa.Column('invalid', sa.Integer(), nullable=True),
    sa.Column('blank', sa.Integer(), nullable=True),
    sa.Column('team', sa.Text(), nullable=False),
    sa.Column('witnesses', sa.Text(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('complaints', sa.Text(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('settled_by', sa.String(), nullable=False),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('open', 'balanced')", name=op.f('ck_ballot_groups_state')),
    sa.CheckConstraint('households >= 1', name=op.f('ck_ballot_groups_households')),
    sa.CheckConstraint('issued <= households', name=op.f('ck_ballot_groups_issued')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_ballot_groups_consultation_id_consultations')),
    sa.ForeignKeyConstraint(['point_id'], ['points.id'], name=op.f('fk_ballot_groups_point_id_points')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_ballot_groups_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ballot_groups')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_ballot_groups_token_hash'))
    )
    with op.batch_alter_table('ballot_groups', schema=None) as batch_op:
        batch_op.create_index('uq_ballot_groups_name', ['consultation_id', 'folded'], unique=True)
    op.create_table('consultation_agreements',
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.CheckConstraint('n >= 0', name=op.f('ck_consultation_agreements_n')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_consultation_agreements_consultation_id_consultations')),
    sa.PrimaryKeyConstraint('consultation_id', 'key', name=op.f('pk_consultation_agreements')),
    sqlite_with_rowid=False
    )
    op.create_table('consultation_groups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('keys', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_consultation_groups_consultation_id_consultations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_groups'))
    )
    with op.batch_alter_table('consultation_groups', schema=None) as batch_op:
        batch_op.create_index('uq_consultation_groups_number', ['consultation_id', 'number'], unique=True)
    op.create_table('consultation_intake',
    sa.Column('key', sa.LargeBinary(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('form_hash', sa.LargeBinary(), nullable=False),
    sa.Column('receipt_hash', sa.LargeBinary(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('noted', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_consultation_intake_consultation_id_consultations')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_consultation_intake')),
    sa.UniqueConstraint('form_hash', name=op.f('uq_consultation_intake_form_hash')),
    sa.UniqueConstraint('receipt_hash', name=op.f('uq_consultation_intake_receipt_hash')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('consultation_intake', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_intake_consultation_id_day'), ['consultation_id', 'day'], unique=False)
    op.create_table('consultation_submissions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('folded', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(), nullable=True),
    sa.Column('link_number', sa.Integer(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('agrees', sa.Boolean(), nullable=False),
    sa.Column('kept', sa.Text(), nullable=False),
    sa.Column('signer', sa.String(), nullable=False),
    sa.Column('letter_number', sa.String(), nullable=False),
    sa.Column('letter_on', sa.Date(), nullable=True),
    sa.Column('letter_stored', sa.String(), nullable=False),
    sa.Column('letter_sha256', sa.String(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('entered_by', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('invited', 'sent')", name=op.f('ck_consultation_submissions_state')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_consultation_submissions_consultation_id_consultations')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_consultation_submissions_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_consultation_submissions_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_submissions')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_consultation_submissions_token_hash'))
    )
    with op.batch_alter_table('consultation_submissions', schema=None) as batch_op:
        batch_op.create_index('uq_consultation_submissions_name', ['consultation_id', 'folded'], unique=True)
        batch_op.create_index('uq_consultation_submissions_organisation', ['consultation_id', 'organisation_id'], unique=True)
    op.create_table('consultation_tracks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('list_from', sa.Date(), nullable=True),
    sa.Column('list_to', sa.Date(), nullable=True),
    sa.CheckConstraint("kind IN ('agency', 'household', 'public')", name=op.f('ck_consultation_tracks_kind')),
    sa.CheckConstraint('closes_on >= opens_on', name=op.f('ck_consultation_tracks_span')),
    sa.CheckConstraint('list_to >= list_from', name=op.f('ck_consultation_tracks_list_span')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_consultation_tracks_consultation_id_consultations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_tracks'))
    )
    with op.batch_alter_table('consultation_tracks', schema=None) as batch_op:
        batch_op.create_index('uq_consultation_tracks_kind', ['consultation_id', 'kind'], unique=True)
    op.create_table('consultation_voices',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('form_hash', sa.LargeBinary(), nullable=False),
    sa.Column('receipt_hash', sa.LargeBinary(), nullable=False),
    sa.Column('agrees', sa.Text(), nullable=False),
    sa.Column('noted', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_consultation_voices_consultation_id_consultations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_voices')),
    sa.UniqueConstraint('form_hash', name=op.f('uq_consultation_voices_form_hash')),
    sa.UniqueConstraint('receipt_hash', name=op.f('uq_consultation_voices_receipt_hash')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('consultation_voices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_voices_consultation_id'), ['consultation_id'], unique=False)
    op.create_table('opinions',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.Column('category', sa.String(), nullable=False),
    sa.Column('agencies', sa.Integer(), nullable=False),
    sa.Column('households', sa.Integer(), nullable=False),
    sa.Column('voices', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('decision', sa.String(), nullable=False),
    sa.Column('explanation', sa.Text(), nullable=False),
    sa.Column('drafted_by_id', sa.Integer(), nullable=True),
    sa.Column('drafted_by', sa.String(), nullable=False),
    sa.Column('drafted_on', sa.Date(), nullable=True),
    sa.Column('approved_by', sa.String(), nullable=False),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('returned_why', sa.Text(), nullable=False),
    sa.Column('merged_into_id', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("decision IN ('', 'accept', 'part', 'decline')", name=op.f('ck_opinions_decision')),
    sa.CheckConstraint("state IN ('new', 'submitted', 'approved', 'merged')", name=op.f('ck_opinions_state')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_opinions_consultation_id_consultations')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['users.id'], name=op.f('fk_opinions_drafted_by_id_users')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['opinions.id'], name=op.f('fk_opinions_merged_into_id_opinions')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_opinions_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opinions')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('opinions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opinions_consultation_id_key_id'), ['consultation_id', 'key', 'id'], unique=False)
        batch_op.create_index('ix_opinions_counted', ['consultation_id', 'key', 'state', 'decision', 'agencies', 'households', 'voices'], unique=False)
        if op.get_bind().dialect.name == 'sqlite':
            batch_op.create_index('ix_opinions_searched', ['consultation_id', 'key', 'state', 'agencies', 'households', 'voices', 'folded'], unique=False)
        batch_op.create_index(batch_op.f('ix_opinions_merged_into_id'), ['merged_into_id'], unique=False)
    op.create_table('ballot_counts',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('agree', sa.Integer(), nullable=False),
    sa.Column('disagree', sa.Integer(), nullable=False),
    sa.Column('other', sa.Integer(), nullable=False),
    sa.CheckConstraint('agree >= 0 AND disagree >= 0 AND other >= 0', name=op.f('ck_ballot_counts_counts')),
    sa.ForeignKeyConstraint(['group_id'], ['ballot_groups.id'], name=op.f('fk_ballot_counts_group_id_ballot_groups')),
    sa.PrimaryKeyConstraint('group_id', 'number', name=op.f('pk_ballot_counts'))
    )
    op.create_table('ballot_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('who', sa.String(), nullable=False),
    sa.Column('figures', sa.Text(), nullable=False),
    sa.Column('entered_by', sa.String(), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('entered_on', sa.Date(), nullable=False),
    sa.CheckConstraint("who IN ('head', 'ward')", name=op.f('ck_ballot_entries_who')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['users.id'], name=op.f('fk_ballot_entries_entered_by_id_users')),
    sa.ForeignKeyConstraint(['group_id'], ['ballot_groups.id'], name=op.f('fk_ballot_entries_group_id_ballot_groups')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ballot_entries'))
    )
    with op.batch_alter_table('ballot_entries', schema=None) as batch_op:
        batch_op.create_index('uq_ballot_entries_group_id_who', ['group_id', 'who'], unique=True)
    op.create_table('ballot_voters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('household', sa.String(), nullable=False),
    sa.Column('representative', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('has_answered', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['ballot_groups.id'], name=op.f('fk_ballot_voters_group_id_ballot_groups')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ballot_voters'))
    )
    with op.batch_alter_table('ballot_voters', schema=None) as batch_op:
        batch_op.create_index('uq_ballot_voters_group_id_number', ['group_id', 'number'], unique=True)
    op.create_table('consultation_comments',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('track', sa.String(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=True),
    sa.Column('ballot_group_id', sa.Integer(), nullable=True),
    sa.Column('voice_id', sa.BigInteger(), nullable=True),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.Column('households', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('opinion_id', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("state IN ('shown', 'hidden')", name=op.f('ck_consultation_comments_state')),
    sa.CheckConstraint("track IN ('agency', 'household', 'public')", name=op.f('ck_consultation_comments_track')),
    sa.CheckConstraint('households >= 1', name=op.f('ck_consultation_comments_households')),
    sa.ForeignKeyConstraint(['ballot_group_id'], ['ballot_groups.id'], name='fk_consultation_comments_ballot_group_id_ballot_groups'),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_consultation_comments_consultation_id_consultations')),
    sa.ForeignKeyConstraint(['opinion_id'], ['opinions.id'], name=op.f('fk_consultation_comments_opinion_id_opinions')),
    sa.ForeignKeyConstraint(['submission_id'], ['consultation_submissions.id'], name=op.f('fk_consultation_comments_submission_id_consultation_submissions')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_consultation_comments_unit_id_org_units')),
    sa.ForeignKeyConstraint(['voice_id'], ['consultation_voices.id'], name=op.f('fk_consultation_comments_voice_id_consultation_voices')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_comments')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('consultation_comments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_comments_ballot_group_id'), ['ballot_group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultation_comments_consultation_id_key_id'), ['consultation_id', 'key', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultation_comments_consultation_id_opinion_id'), ['consultation_id', 'opinion_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultation_comments_opinion_id'), ['opinion_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultation_comments_submission_id'), ['submission_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultation_comments_voice_id'), ['voice_id'], unique=False)
    op.create_table('opinions_apart',
    sa.Column('one_id', sa.BigInteger(), nullable=False),
    sa.Column('other_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['one_id'], ['opinions.id'], name=op.f('fk_opinions_apart_one_id_opinions')),
    sa.ForeignKeyConstraint(['other_id'], ['opinions.id'], name=op.f('fk_opinions_apart_other_id_opinions')),
    sa.PrimaryKeyConstraint('one_id', 'other_id', name=op.f('pk_opinions_apart')),
    sqlite_with_rowid=False
    )
    op.create_table('comment_hidings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('comment_id', sa.BigInteger(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_by', sa.String(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decision', sa.Text(), nullable=False),
    sa.CheckConstraint("state IN ('asked', 'hidden', 'refused', 'lifted')", name=op.f('ck_comment_hidings_state')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['users.id'], name=op.f('fk_comment_hidings_asked_by_id_users')),
    sa.ForeignKeyConstraint(['comment_id'], ['consultation_comments.id'], name=op.f('fk_comment_hidings_comment_id_consultation_comments')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_comment_hidings_consultation_id_consultations')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['users.id'], name=op.f('fk_comment_hidings_decided_by_id_users')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_comment_hidings_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment_hidings'))
    )
    with op.batch_alter_table('comment_hidings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comment_hidings_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comment_hidings_unit_id_state'), ['unit_id', 'state'], unique=False)
    protect(PROTECTED)


def downgrade() -> None:
    release(PROTECTED)
    with op.batch_alter_table('comment_hidings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_comment_hidings_unit_id_state'))
        batch_op.drop_index(batch_op.f('ix_comment_hidings_comment_id'))
    op.drop_table('comment_hidings')
    op.drop_table('opinions_apart')
    with op.batch_alter_table('consultation_comments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consultation_comments_voice_id'))
        batch_op.drop_index(batch_op.f('ix_consultation_comments_submission_id'))
        batch_op.drop_index(batch_op.f('ix_consultation_comments_opinion_id'))
        batch_op.drop_index(batch_op.f('ix_consultation_comments_consultation_id_opinion_id'))
        batch_op.drop_index(batch_op.f('ix_consultation_comments_consultation_id_key_id'))
        batch_op.drop_index(batch_op.f('ix_consultation_comments_ballot_group_id'))
    op.drop_table('consultation_comments')
    with op.batch_alter_table('ballot_voters', schema=None) as batch_op:
        batch_op.drop_index('uq_ballot_voters_group_id_number')
    op.drop_table('ballot_voters')
    with op.batch_alter_table('ballot_entries', schema=None) as batch_op:
        batch_op.drop_index('uq_ballot_entries_group_id_who')
    op.drop_table('ballot_entries')
    op.drop_table('ballot_counts')
    with op.batch_alter_table('opinions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_opinions_merged_into_id'))
        if op.get_bind().dialect.name == 'sqlite':
            batch_op.drop_index('ix_opinions_searched')
        batch_op.drop_index('ix_opinions_counted')
        batch_op.drop_index(batch_op.f('ix_opinions_consultation_id_key_id'))
    op.drop_table('opinions')
    with op.batch_alter_table('consultation_voices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consultation_voices_consultation_id'))
    op.drop_table('consultation_voices')
    with op.batch_alter_table('consultation_tracks', schema=None) as batch_op:
        batch_op.drop_index('uq_consultation_tracks_kind')
    op.drop_table('consultation_tracks')
    with op.batch_alter_table('consultation_submissions', schema=None) as batch_op:
        batch_op.drop_index('uq_consultation_submissions_organisation')
        batch_op.drop_index('uq_consultation_submissions_name')
    op.drop_table('consultation_submissions')
    with op.batch_alter_table('consultation_intake', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consultation_intake_consultation_id_day'))
    op.drop_table('consultation_intake')
    with op.batch_alter_table('consultation_groups', schema=None) as batch_op:
        batch_op.drop_index('uq_consultation_groups_number')
    op.drop_table('consultation_groups')
    op.drop_table('consultation_agreements')
    with op.batch_alter_table('ballot_groups', schema=None) as batch_op:
        batch_op.drop_index('uq_ballot_groups_name')
    op.drop_table('ballot_groups')
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consultations_unit_id'))
        batch_op.drop_index(batch_op.f('ix_consultations_plan_id'))
    op.drop_table('consultations')
