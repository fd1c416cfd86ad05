"""tasks that nobody received"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

WAITING = 'organisation_id IS NULL'


def upgrade() -> None:
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.alter_column('organisation_id', existing_type=sa.Integer(), nullable=True)
    once('uq_tasks_waiting', ['document_id', 'duty', 'unit_id', 'due_on'], WAITING)
    once('uq_tasks_waiting_undated', ['document_id', 'duty', 'unit_id'], f'{WAITING} AND due_on IS NULL')


def downgrade() -> None:
    op.drop_index('uq_tasks_waiting_undated', table_name='tasks')
    op.drop_index('uq_tasks_waiting', table_name='tasks')
    op.execute(f'DELETE FROM tasks WHERE {WAITING}')
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.alter_column('organisation_id', existing_type=sa.Integer(), nullable=False)


def once(name: str, columns: list[str], where: str) -> None:
    op.create_index(
        name, 'tasks', columns, unique=True,
        sqlite_where=sa.text(where), postgresql_where=sa.text(where),
    )
