"""the suggestion box: keys, boxes, letters, weekly tallies"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.guards import differs, protect, release, rewritten

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

WRITTEN = ("text", "for_reader", "for_sender", "salt")
PROTECTED = {
    # What was written is never rewritten, by anybody; its sender can have it erased.
    "letter_intake_unchanged": (
        "letter_intake", "UPDATE",
        differs("box_id", "unit_id", "day", "category", "field", "form_hash", "receipt_hash",
                "sender_key", "seal_key_id", "commitment") + " OR " + rewritten(*WRITTEN),
    ),
    "letters_unchanged": (
        "letters", "UPDATE",
        differs("id", "box_id", "unit_id", "day", "category", "field", "form_hash",
                "receipt_hash", "sender_key", "seal_key_id", "commitment", "batch_id"),
    ),
    "letters_kept": ("letters", "DELETE", "1 = 1"),
    "letter_messages_unchanged": (
        "letter_messages", "UPDATE",
        differs("letter_id", "number", "side", "day")
        + " OR ((old.side <> 'office' OR old.approved_on IS NOT NULL) AND ("
        + differs("commitment", "author", "author_id") + " OR " + rewritten(*WRITTEN) + "))",
    ),
    "letter_messages_kept": (
        "letter_messages", "DELETE", "old.side <> 'office' OR old.approved_on IS NOT NULL",
    ),
    "letter_batches_unchanged": ("letter_batches", "UPDATE", "1 = 1"),
    "letter_batches_kept": ("letter_batches", "DELETE", "1 = 1"),
    "letter_openings_unchanged": ("letter_openings", "UPDATE", "1 = 1"),
    "letter_openings_kept": ("letter_openings", "DELETE", "1 = 1"),
    "letter_steps_kept": ("letter_steps", "DELETE", "1 = 1"),
    "letter_counts_only_rise": (
        "letter_counts", "UPDATE", "new.n < old.n OR " + differs("box_id", "week", "what", "value"),
    ),
    "letter_counts_kept": ("letter_counts", "DELETE", "1 = 1"),
    # A locked week stays as two people signed it.
    "mailbox_tallies_unchanged": (
        "mailbox_tallies", "UPDATE",
        "old.state = 'locked' AND (" + differs(
            "state", "figures", "remark", "week", "box_id", "made_by_id", "made_by", "made_as",
            "confirmed_by_id", "confirmed_by", "confirmed_as") + ")",
    ),
    "mailbox_tallies_kept": ("mailbox_tallies", "DELETE", "old.state <> 'draft'"),
}  # fmt: skip



def upgrade() -> None:
    op.create_table('seal_keys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('public', sa.LargeBinary(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_seal_keys_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_seal_keys_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seal_keys'))
    )
    with op.batch_alter_table('seal_keys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seal_keys_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index('uq_seal_keys_live', ['organisation_id'], unique=True, sqlite_where=sa.text('retired_on IS NULL'), postgresql_where=sa.text('retired_on IS NULL'))

    op.create_table('seal_key_holders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('salt', sa.LargeBinary(), nullable=False),
    sa.Column('wrapped', sa.LargeBinary(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('given_by', sa.String(), nullable=False),
    sa.CheckConstraint("(kind = 'sheet') = (user_id IS NULL)", name=op.f('ck_seal_key_holders_user')),
    sa.CheckConstraint("kind IN ('account', 'invited', 'sheet')", name=op.f('ck_seal_key_holders_kind')),
    sa.ForeignKeyConstraint(['key_id'], ['seal_keys.id'], name=op.f('fk_seal_key_holders_key_id_seal_keys')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_seal_key_holders_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seal_key_holders'))
    )
    with op.batch_alter_table('seal_key_holders', schema=None) as batch_op:
        batch_op.create_index('uq_seal_key_holders_key_id_user_id', ['key_id', 'user_id'], unique=True)

    op.create_table('mailboxes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('reader_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('fields', sa.Text(), nullable=False),
    sa.Column('rounds', sa.Text(), nullable=False),
    sa.Column('takes_between', sa.Boolean(), nullable=False),
    sa.Column('runner_reads', sa.Text(), nullable=False),
    sa.Column('answer_days', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=True),
    sa.Column('plan_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'open', 'ended')", name=op.f('ck_mailboxes_state')),
    sa.CheckConstraint('answer_days BETWEEN 1 AND 60', name=op.f('ck_mailboxes_answer_days')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_mailboxes_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_mailboxes_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['plan_id'], ['documents.id'], name=op.f('fk_mailboxes_plan_id_documents')),
    sa.ForeignKeyConstraint(['reader_id'], ['organisations.id'], name=op.f('fk_mailboxes_reader_id_organisations')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_mailboxes_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailboxes')),
    sa.UniqueConstraint('code', name=op.f('uq_mailboxes_code'))
    )
    with op.batch_alter_table('mailboxes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mailboxes_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mailboxes_unit_id'), ['unit_id'], unique=False)

    op.create_table('letter_batches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('box_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('delivered_on', sa.Date(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('root', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['box_id'], ['mailboxes.id'], name=op.f('fk_letter_batches_box_id_mailboxes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_batches'))
    )
    with op.batch_alter_table('letter_batches', schema=None) as batch_op:
        batch_op.create_index('uq_letter_batches_box_id_number', ['box_id', 'number'], unique=True)

    op.create_table('letter_counts',
    sa.Column('box_id', sa.Integer(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.CheckConstraint('n >= 0', name=op.f('ck_letter_counts_n')),
    sa.ForeignKeyConstraint(['box_id'], ['mailboxes.id'], name=op.f('fk_letter_counts_box_id_mailboxes')),
    sa.PrimaryKeyConstraint('box_id', 'week', 'what', 'value', name=op.f('pk_letter_counts')),
    sqlite_with_rowid=False
    )
    op.create_table('mailbox_points',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('box_id', sa.Integer(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('placed_on', sa.Date(), nullable=True),
    sa.Column('tested_on', sa.Date(), nullable=True),
    sa.Column('removed_on', sa.Date(), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['box_id'], ['mailboxes.id'], name=op.f('fk_mailbox_points_box_id_mailboxes')),
    sa.ForeignKeyConstraint(['point_id'], ['points.id'], name=op.f('fk_mailbox_points_point_id_points')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailbox_points')),
    sa.UniqueConstraint('code', name=op.f('uq_mailbox_points_code'))
    )
    with op.batch_alter_table('mailbox_points', schema=None) as batch_op:
        batch_op.create_index('uq_mailbox_points_box_id_point_id', ['box_id', 'point_id'], unique=True)

    op.create_table('mailbox_tallies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('box_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('figures', sa.Text(), nullable=False),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('made_as', sa.String(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_by', sa.String(), nullable=False),
    sa.Column('confirmed_as', sa.String(), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('returned_why', sa.Text(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=True),
    sa.Column('minutes_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'signed', 'locked')", name=op.f('ck_mailbox_tallies_state')),
    sa.ForeignKeyConstraint(['box_id'], ['mailboxes.id'], name=op.f('fk_mailbox_tallies_box_id_mailboxes')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['users.id'], name=op.f('fk_mailbox_tallies_confirmed_by_id_users')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_mailbox_tallies_made_by_id_users')),
    sa.ForeignKeyConstraint(['minutes_id'], ['documents.id'], name=op.f('fk_mailbox_tallies_minutes_id_documents')),
    sa.ForeignKeyConstraint(['report_id'], ['documents.id'], name=op.f('fk_mailbox_tallies_report_id_documents')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_mailbox_tallies_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailbox_tallies'))
    )
    with op.batch_alter_table('mailbox_tallies', schema=None) as batch_op:
        batch_op.create_index('uq_mailbox_tallies_box_id_week', ['box_id', 'week'], unique=True)

    op.create_table('letter_intake',
    sa.Column('key', sa.LargeBinary(), nullable=False),
    sa.Column('box_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('category', sa.String(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.Column('form_hash', sa.LargeBinary(), nullable=False),
    sa.Column('receipt_hash', sa.LargeBinary(), nullable=False),
    sa.Column('sender_key', sa.LargeBinary(), nullable=False),
    sa.Column('seal_key_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('for_reader', sa.LargeBinary(), nullable=True),
    sa.Column('for_sender', sa.LargeBinary(), nullable=True),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('commitment', sa.LargeBinary(), nullable=False),
    sa.Column('photos', sa.Text(), nullable=False),
    sa.Column('withdrawn', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['box_id'], ['mailboxes.id'], name=op.f('fk_letter_intake_box_id_mailboxes')),
    sa.ForeignKeyConstraint(['point_id'], ['mailbox_points.id'], name=op.f('fk_letter_intake_point_id_mailbox_points')),
    sa.ForeignKeyConstraint(['seal_key_id'], ['seal_keys.id'], name=op.f('fk_letter_intake_seal_key_id_seal_keys')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_letter_intake_unit_id_org_units')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_letter_intake')),
    sa.UniqueConstraint('form_hash', name=op.f('uq_letter_intake_form_hash')),
    sa.UniqueConstraint('receipt_hash', name=op.f('uq_letter_intake_receipt_hash')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('letter_intake', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_intake_box_id_day'), ['box_id', 'day'], unique=False)

    op.create_table('letters',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('box_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('reader_id', sa.Integer(), nullable=False),
    sa.Column('seal_key_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('category', sa.String(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.Column('form_hash', sa.LargeBinary(), nullable=False),
    sa.Column('receipt_hash', sa.LargeBinary(), nullable=False),
    sa.Column('sender_key', sa.LargeBinary(), nullable=False),
    sa.Column('commitment', sa.LargeBinary(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('read_category', sa.String(), nullable=False),
    sa.Column('read_field', sa.String(), nullable=False),
    sa.Column('assigned_to_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('referred_to', sa.String(), nullable=False),
    sa.Column('referral_due_on', sa.Date(), nullable=True),
    sa.Column('merged_into_id', sa.BigInteger(), nullable=True),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('published_text', sa.Text(), nullable=False),
    sa.Column('published_answer', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('received', 'classified', 'assigned', 'answered', 'approved', 'published', 'closed', 'referred', 'merged', 'hidden', 'withdrawn')", name=op.f('ck_letters_state')),
    sa.ForeignKeyConstraint(['assigned_to_id'], ['organisations.id'], name=op.f('fk_letters_assigned_to_id_organisations')),
    sa.ForeignKeyConstraint(['batch_id'], ['letter_batches.id'], name=op.f('fk_letters_batch_id_letter_batches')),
    sa.ForeignKeyConstraint(['box_id'], ['mailboxes.id'], name=op.f('fk_letters_box_id_mailboxes')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['letters.id'], name=op.f('fk_letters_merged_into_id_letters')),
    sa.ForeignKeyConstraint(['reader_id'], ['organisations.id'], name=op.f('fk_letters_reader_id_organisations')),
    sa.ForeignKeyConstraint(['seal_key_id'], ['seal_keys.id'], name=op.f('fk_letters_seal_key_id_seal_keys')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_letters_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letters')),
    sa.UniqueConstraint('form_hash', name=op.f('uq_letters_form_hash')),
    sa.UniqueConstraint('receipt_hash', name=op.f('uq_letters_receipt_hash')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letters_assigned_to_id_state_due_on'), ['assigned_to_id', 'state', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_letters_batch_id'), ['batch_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letters_box_id_day_id'), ['box_id', 'day', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letters_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letters_reader_id_day_id'), ['reader_id', 'day', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letters_assigned_to_id_day_id'), ['assigned_to_id', 'day', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letters_reader_id_state_day_id'), ['reader_id', 'state', 'day', 'id'], unique=False)
        batch_op.create_index('ix_letters_sealed', ['day', 'id', 'box_id', 'unit_id'], unique=False, sqlite_where=sa.text('seal_key_id IS NOT NULL'), postgresql_where=sa.text('seal_key_id IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_letters_reader_id_state_due_on'), ['reader_id', 'state', 'due_on'], unique=False)

    op.create_table('letter_hidings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.BigInteger(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('state_before', sa.String(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_by', sa.String(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decision', sa.Text(), nullable=False),
    sa.CheckConstraint("state IN ('asked', 'hidden', 'refused', 'lifted')", name=op.f('ck_letter_hidings_state')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['users.id'], name=op.f('fk_letter_hidings_asked_by_id_users')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['users.id'], name=op.f('fk_letter_hidings_decided_by_id_users')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_letter_hidings_letter_id_letters')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_letter_hidings_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_hidings'))
    )
    with op.batch_alter_table('letter_hidings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_hidings_letter_id'), ['letter_id'], unique=False)

    op.create_table('letter_messages',
    sa.Column('key', sa.LargeBinary(), nullable=False),
    sa.Column('letter_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('folded', sa.Text(), nullable=True),
    sa.Column('for_reader', sa.LargeBinary(), nullable=True),
    sa.Column('for_sender', sa.LargeBinary(), nullable=True),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('commitment', sa.LargeBinary(), nullable=True),
    sa.Column('author', sa.String(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('returned_why', sa.Text(), nullable=False),
    sa.CheckConstraint("side IN ('sender', 'office', 'note')", name=op.f('ck_letter_messages_side')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['users.id'], name=op.f('fk_letter_messages_approved_by_id_users')),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_letter_messages_author_id_users')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_letter_messages_letter_id_letters')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_letter_messages')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('letter_messages', schema=None) as batch_op:
        batch_op.create_index('uq_letter_messages_letter_id_number', ['letter_id', 'number'], unique=True)
        if op.get_bind().dialect.name == 'sqlite':
            batch_op.create_index(batch_op.f('ix_letter_messages_letter_id_day_number_side_folded'), ['letter_id', 'day', 'number', 'side', 'folded'], unique=False)

    op.create_table('letter_openings',
    sa.Column('letter_id', sa.BigInteger(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_letter_openings_letter_id_letters')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_letter_openings_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('letter_id', 'organisation_id', 'day', name=op.f('pk_letter_openings')),
    sqlite_with_rowid=False
    )
    op.create_table('letter_photos',
    sa.Column('key', sa.LargeBinary(), nullable=False),
    sa.Column('letter_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('stored', sa.String(), nullable=False),
    sa.Column('small', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_letter_photos_letter_id_letters')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_letter_photos')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('letter_photos', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_photos_letter_id'), ['letter_id'], unique=False)

    op.create_table('letter_steps',
    sa.Column('letter_id', sa.BigInteger(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_letter_steps_letter_id_letters')),
    sa.PrimaryKeyConstraint('letter_id', 'day', name=op.f('pk_letter_steps')),
    sqlite_with_rowid=False
    )
    protect(PROTECTED)


def downgrade() -> None:
    release(PROTECTED)
    op.drop_table('letter_steps')
    op.drop_table('letter_photos')
    op.drop_table('letter_openings')
    op.drop_table('letter_messages')
    op.drop_table('letter_hidings')
    op.drop_table('letters')
    op.drop_table('letter_intake')
    op.drop_table('mailbox_tallies')
    op.drop_table('mailbox_points')
    op.drop_table('letter_counts')
    op.drop_table('letter_batches')
    op.drop_table('mailboxes')
    op.drop_table('seal_key_holders')
    op.drop_table('seal_keys')
