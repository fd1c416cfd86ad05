"""documents"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.guards import differs, protect, release

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

PROTECTED = {
    # An issued document never changes; only its state goes on, to replaced or withdrawn.
    "documents_issued": (
        "documents",
        "UPDATE",
        "old.state IN ('issued', 'replaced', 'withdrawn') AND ("
        + differs(
            "content", "name", "type_code", "number", "number_text", "dated_on", "format_code",
            "organisation_id",
        )
        + " OR new.state NOT IN ('issued', 'replaced', 'withdrawn'))",
    ),
    "documents_kept": ("documents", "DELETE", "old.number IS NOT NULL"),
    # A number is never given twice and never disappears; what it was given to stays what it was.
    "register_entries_number": (
        "register_entries",
        "UPDATE",
        differs("number", "register_id")
        + " OR (old.state <> 'reserved' AND ("
        + differs("symbol", "type_code", "dated_on", "summary", "document_id")
        + " OR new.state = 'reserved' OR (old.state = 'cancelled' AND new.state <> old.state)))",
    ),
    "register_entries_kept": ("register_entries", "DELETE", "1 = 1"),
}  # fmt: skip



def upgrade() -> None:
    op.create_table('letterheads',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('regime', sa.String(), nullable=False),
    sa.Column('parent_name', sa.String(), nullable=False),
    sa.Column('issuer_name', sa.String(), nullable=False),
    sa.Column('symbol', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('authority', sa.String(), nullable=False),
    sa.Column('titles', sa.Text(), nullable=False),
    sa.Column('signer', sa.String(), nullable=False),
    sa.Column('term', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_letterheads_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('organisation_id', name=op.f('pk_letterheads'))
    )
    op.create_table('registers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('type_code', sa.String(), nullable=False),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('mode', sa.String(), nullable=False),
    sa.Column('first_number', sa.Integer(), nullable=False),
    sa.CheckConstraint("mode IN ('portal', 'clerk')", name=op.f('ck_registers_mode')),
    sa.CheckConstraint('first_number > 0', name=op.f('ck_registers_first_number')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_registers_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registers')),
    sa.UniqueConstraint('organisation_id', 'type_code', 'period', name=op.f('uq_registers_organisation_id_type_code_period'))
    )
    op.create_table('documents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('type_code', sa.String(), nullable=False),
    sa.Column('format_code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('template_code', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('number_text', sa.String(), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=True),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('relation', sa.String(), nullable=False),
    sa.Column('refers_to_id', sa.Integer(), nullable=True),
    sa.Column('signed_reason', sa.Text(), nullable=False),
    sa.Column('folded', sa.String(), nullable=False),
    sa.CheckConstraint("(relation = '') = (refers_to_id IS NULL)", name=op.f('ck_documents_refers')),
    sa.CheckConstraint("relation IN ('', 'replaces', 'amends', 'corrects')", name=op.f('ck_documents_relation')),
    sa.CheckConstraint("state IN ('draft', 'submitted', 'returned', 'approved', 'signed', 'numbered', 'issued', 'replaced', 'withdrawn', 'cancelled')", name=op.f('ck_documents_state')),
    sa.CheckConstraint('(number IS NULL) = (dated_on IS NULL)', name=op.f('ck_documents_numbered')),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_documents_author_id_users')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_documents_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['refers_to_id'], ['documents.id'], name=op.f('fk_documents_refers_to_id_documents')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_documents_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_documents'))
    )
    with op.batch_alter_table('documents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_documents_folded'), ['folded'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_organisation_id_state'), ['organisation_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_refers_to_id'), ['refers_to_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_unit_id_state_saved_at_type_code'), ['unit_id', 'state', 'saved_at', 'type_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_is_public_dated_on_state'), ['is_public', 'dated_on', 'state'], unique=False)

    op.create_table('deliveries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('read_by', sa.String(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('received_by', sa.String(), nullable=False),
    sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handled_by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_deliveries_document_id_documents')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_deliveries_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliveries')),
    sa.UniqueConstraint('document_id', 'organisation_id', name=op.f('uq_deliveries_document_id_organisation_id'))
    )
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deliveries_organisation_id_handled_at_sent_at'), ['organisation_id', 'handled_at', 'sent_at'], unique=False)

    op.create_table('document_comments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('node_id', sa.String(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('author_name', sa.String(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_document_comments_author_id_users')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_document_comments_document_id_documents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_comments'))
    )
    with op.batch_alter_table('document_comments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_comments_document_id'), ['document_id'], unique=False)

    op.create_table('document_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('stored', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('digitally_signed', sa.Boolean(), nullable=False),
    sa.Column('added_by', sa.String(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('signed', 'attachment')", name=op.f('ck_document_files_kind')),
    sa.CheckConstraint('size > 0', name=op.f('ck_document_files_size')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_document_files_document_id_documents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_files'))
    )
    with op.batch_alter_table('document_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_files_document_id'), ['document_id'], unique=False)

    op.create_table('document_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=False),
    sa.Column('saved_by', sa.String(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_document_versions_document_id_documents')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['users.id'], name=op.f('fk_document_versions_saved_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_versions')),
    sa.UniqueConstraint('document_id', 'number', name=op.f('uq_document_versions_document_id_number'))
    )
    op.create_table('document_waivers',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('warning', sa.String(), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('kept_by', sa.String(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_document_waivers_document_id_documents')),
    sa.PrimaryKeyConstraint('document_id', 'warning', name=op.f('pk_document_waivers'))
    )
    op.create_table('register_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('register_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('type_code', sa.String(), nullable=False),
    sa.Column('symbol', sa.String(), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('recipients', sa.Text(), nullable=False),
    sa.Column('signer', sa.String(), nullable=False),
    sa.Column('signer_title', sa.String(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('entered_by', sa.String(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('folded', sa.String(), nullable=False),
    sa.CheckConstraint("state IN ('reserved', 'used', 'cancelled')", name=op.f('ck_register_entries_state')),
    sa.CheckConstraint('number > 0', name=op.f('ck_register_entries_number')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_register_entries_document_id_documents')),
    sa.ForeignKeyConstraint(['register_id'], ['registers.id'], name=op.f('fk_register_entries_register_id_registers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_entries')),
    sa.UniqueConstraint('register_id', 'number', name=op.f('uq_register_entries_register_id_number'))
    )
    with op.batch_alter_table('register_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_register_entries_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_register_entries_folded'), ['folded'], unique=False)

    op.create_table('tasks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('duty', sa.String(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('joins', sa.Text(), nullable=False),
    sa.Column('due_text', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.String(), nullable=False),
    sa.CheckConstraint("state IN ('todo', 'done', 'dropped')", name=op.f('ck_tasks_state')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_tasks_document_id_documents')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_tasks_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['unit_id'], ['org_units.id'], name=op.f('fk_tasks_unit_id_org_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tasks')),
    sa.UniqueConstraint('document_id', 'duty', 'organisation_id', 'due_on', name=op.f('uq_tasks_document_id_duty_organisation_id_due_on'))
    )
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tasks_organisation_id_state'), ['organisation_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_tasks_unit_id'), ['unit_id'], unique=False)

    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.add_column(sa.Column('plan_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('amended_by_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_campaigns_plan_id'), ['plan_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_campaigns_plan_id_documents'), 'documents', ['plan_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_campaigns_amended_by_id_documents'), 'documents', ['amended_by_id'], ['id'])

    protect(PROTECTED)


def downgrade() -> None:
    release(PROTECTED)
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_campaigns_amended_by_id_documents'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_campaigns_plan_id_documents'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_campaigns_plan_id'))
        batch_op.drop_column('amended_by_id')
        batch_op.drop_column('plan_id')

    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tasks_unit_id'))
        batch_op.drop_index(batch_op.f('ix_tasks_organisation_id_state'))

    op.drop_table('tasks')
    with op.batch_alter_table('register_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_register_entries_folded'))
        batch_op.drop_index(batch_op.f('ix_register_entries_document_id'))

    op.drop_table('register_entries')
    op.drop_table('document_waivers')
    op.drop_table('document_versions')
    with op.batch_alter_table('document_files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_files_document_id'))

    op.drop_table('document_files')
    with op.batch_alter_table('document_comments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_comments_document_id'))

    op.drop_table('document_comments')
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deliveries_organisation_id_handled_at_sent_at'))

    op.drop_table('deliveries')
    with op.batch_alter_table('documents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_documents_unit_id_state_saved_at_type_code'))
        batch_op.drop_index(batch_op.f('ix_documents_is_public_dated_on_state'))
        batch_op.drop_index(batch_op.f('ix_documents_refers_to_id'))
        batch_op.drop_index(batch_op.f('ix_documents_organisation_id_state'))
        batch_op.drop_index(batch_op.f('ix_documents_folded'))

    op.drop_table('documents')
    op.drop_table('registers')
    op.drop_table('letterheads')
