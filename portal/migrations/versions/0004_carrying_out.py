"""carrying out: what units do besides asking; tasks that are handed in and accepted"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

BEFORE = "state IN ('todo', 'done', 'dropped')"
AFTER = (
    "state IN ('todo', 'doing', 'submitted', 'accepted', 'returned', 'claimed', "
    "'exempt', 'dropped')"
)


def states(rule: str) -> None:
    """Let a task stand in these states only."""
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_tasks_state'), rule)


def no_states() -> None:
    """Let it stand in any, while they change their names."""
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_tasks_state'), type_='check')


def upgrade() -> None:
    op.create_table('campaign_fieldwork',
    sa.Column('campaign_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_campaign_fieldwork_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_campaign_fieldwork'))
    )
    no_states()
    # What was done before anybody accepted anything has been accepted.
    op.execute("UPDATE tasks SET state = 'accepted' WHERE state = 'done'")
    states(AFTER)
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.add_column(sa.Column('job', sa.String(), nullable=False, server_default=''))
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.alter_column('job', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.drop_column('job')
    no_states()
    op.execute("UPDATE tasks SET state = 'done' WHERE state IN ('submitted', 'accepted', 'exempt')")
    op.execute("UPDATE tasks SET state = 'todo' WHERE state NOT IN ('done', 'dropped')")
    states(BEFORE)
    op.drop_table('campaign_fieldwork')
