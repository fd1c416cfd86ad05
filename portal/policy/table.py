"""Who may do what, on one page.

A permission is held when any clause holds; a clause holds when all its predicates do.
`docs/workflows.md` and the permission tests are generated from this table.
"""

from portal.policy.permissions import Permission as P  # noqa: N817 - read on every line below
from portal.policy.predicates import (
    Actor,
    Predicate,
    above_who_hides,
    announced,
    assigned_to_own_body,
    at_own_unit,
    below_own_unit,
    came_to_own_box,
    concerned,
    duty,
    finished,
    from_own_unit,
    holds_key,
    in_scope,
    leads,
    not_who_counted,
    not_who_drafted,
    not_who_sent,
    of_other_body,
    of_own_body,
    of_tier_below,
    ordered_here,
    ordered_within,
    own,
    plain,
    read_by_own_body,
    read_by_own_box,
    role,
    sealed,
    sent_to_own_body,
    sent_to_own_unit,
    supervises,
    unbiased,
    who_counted,
)
from portal.policy.roles import Duty, Role

Clause = tuple[Predicate, ...]

province = role(Role.PROVINCE)
tiers_above = role(Role.PROVINCE, Role.DISTRICT)
below = role(Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
officials = role(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
admin = role(Role.ADMIN)
drafts, approves = duty(Duty.DRAFT), duty(Duty.APPROVE)
works = duty(Duty.DRAFT, Duty.APPROVE, Duty.CLERK)
clerks, inspects = duty(Duty.CLERK), duty(Duty.INSPECT)
nominates = duty(*Duty)
# The offices of a unit share its papers; the youth union keeps its own.
office = role(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE)
youth = role(Role.YOUTH)

# Those at the place itself, who hand papers out and count them.
local = role(Role.COMMUNE, Role.YOUTH)
commune = role(Role.COMMUNE)

_own_campaign: Clause = (province, in_scope)
_announced_to_us: Clause = (below, announced, concerned)

# Whoever reads a letter's text: a plain one by its body, a sealed one by who holds its key.
_letter_read: Clause = (officials, plain, read_by_own_body)
_letter_opened: Clause = (tiers_above, sealed, below_own_unit, holds_key)

TABLE: dict[P, tuple[Clause, ...]] = {
    P.ACCOUNT_MANAGE: ((admin,),),
    P.ACCOUNT_RESET: ((tiers_above, duty(Duty.APPROVE, Duty.CLERK), of_tier_below, in_scope),),
    # An agency that is asked answers for itself, whoever brings the answers together.
    P.AGENCY_ANSWER: ((officials, works, of_own_body),),
    P.AGENCY_MANAGE: ((commune, works, of_own_body),),
    P.AUDIT_READ: ((admin,),),
    # Papers of a group are the ward's own; those above read the ward's table.
    P.BALLOT_EDIT: ((commune, works, at_own_unit),),
    P.BALLOT_READ: ((commune, works, at_own_unit), (commune, inspects, at_own_unit)),
    P.BALLOT_SETTLE: ((commune, works, of_own_body),),
    P.CAMPAIGN_APPROVE: ((province, approves, in_scope),),
    P.CAMPAIGN_ARRANGE: (
        (province, drafts, in_scope),
        (role(Role.COMMUNE), works, announced, concerned),
    ),
    P.CAMPAIGN_CREATE: ((province, drafts),),
    P.CAMPAIGN_EDIT: ((province, drafts, in_scope),),
    P.CAMPAIGN_READ: (_own_campaign, _announced_to_us),
    P.CAMPAIGN_REPORT: ((province, approves, in_scope),),
    P.CODE_HANDLE: ((province, works, in_scope), (below, works, announced, concerned)),
    P.CODE_MANAGE: ((province, drafts, in_scope),),
    P.CODE_READ: (_own_campaign, _announced_to_us),
    P.COMMENT_ENTER: ((commune, works, at_own_unit),),
    P.COMMENT_HIDE: ((commune, works, of_own_body),),
    P.CONSULTATION_CREATE: ((commune, drafts),),
    P.CONSULTATION_EDIT: ((commune, drafts, of_own_body),),
    P.CONSULTATION_PUBLISH: ((commune, approves, leads),),
    P.CONSULTATION_READ: ((officials, at_own_unit), (officials, in_scope, announced)),
    # The Front notes what it saw; nobody else does, least of all whoever runs the consultation.
    P.CONSULTATION_SUPERVISE: ((officials, works, announced, supervises, of_other_body),),
    P.DAILY_REPORT_ENTER: ((local, works, announced, concerned),),
    P.DAILY_REPORT_READ: (_own_campaign, _announced_to_us),
    P.DELIVERY_ACT: ((officials, of_own_body), (office, works, at_own_unit)),
    P.DOCUMENT_APPROVE: ((office, approves, at_own_unit), (youth, approves, of_own_body)),
    P.DOCUMENT_CREATE: ((officials, drafts),),
    P.DOCUMENT_DISCUSS: ((office, works, at_own_unit), (youth, works, of_own_body)),
    P.DOCUMENT_EDIT: ((office, drafts, at_own_unit), (youth, drafts, of_own_body)),
    P.DOCUMENT_ISSUE: ((office, clerks, at_own_unit), (youth, clerks, of_own_body)),
    P.DOCUMENT_READ: (
        (office, works, at_own_unit),
        (office, inspects, at_own_unit),
        (youth, works, of_own_body),
        (officials, announced, concerned),
        (officials, announced, in_scope),
    ),
    P.DOCUMENT_SIGN: (
        (office, duty(Duty.APPROVE, Duty.CLERK), at_own_unit),
        (youth, duty(Duty.APPROVE, Duty.CLERK), of_own_body),
    ),
    P.DRAFT_CREATE: ((commune, drafts),),
    P.DRAFT_EDIT: ((commune, drafts, of_own_body),),
    P.DRAFT_PUBLISH: ((commune, works, of_own_body),),
    P.DRAFT_READ: ((officials, at_own_unit), (officials, in_scope, announced)),
    P.INSPECTION_MANAGE: ((tiers_above, works, ordered_here),),
    P.INSPECTION_PLAN: (
        (province, works, in_scope),
        (role(Role.DISTRICT), works, announced, concerned),
    ),
    # The inspected read what was found, not when somebody will come.
    P.INSPECTION_READ: ((office, in_scope, announced), (tiers_above, ordered_within)),
    # Whoever only inspects writes down what was found on the spot, and nothing else.
    P.INSPECTION_RECORD: (
        (tiers_above, works, ordered_here),
        (tiers_above, inspects, ordered_here),
    ),
    P.INSPECTION_REPLY: ((role(Role.COMMUNE), works, at_own_unit, announced),),
    P.EVIDENCE_READ: ((officials, in_scope),),
    P.EVIDENCE_REMOVE: ((officials, duty(*Duty), from_own_unit),),
    P.EXPLANATION_JUDGE: ((tiers_above, works, below_own_unit),),
    P.EXPLANATION_READ: ((officials, in_scope),),
    # Nobody hides what was written by himself: the level above whoever asks for it decides.
    P.HIDING_DECIDE: ((tiers_above, works, below_own_unit),),
    P.JOB_READ: ((own,),),
    P.LETTER_ANSWER: (
        (works, *_letter_read),
        (works, *_letter_opened),
        (officials, works, plain, assigned_to_own_body),
    ),
    P.LETTER_APPROVE: (
        (approves, *_letter_read, not_who_drafted),
        (approves, *_letter_opened, not_who_drafted),
    ),
    P.LETTER_HANDLE: ((works, *_letter_read), (works, *_letter_opened)),
    P.LETTER_HIDE: ((works, *_letter_read),),
    P.LETTER_PUBLISH: ((approves, *_letter_read),),
    P.LETTER_READ: (
        _letter_read,
        _letter_opened,
        (officials, plain, assigned_to_own_body),
        (officials, plain, read_by_own_box),
        (tiers_above, works, plain, above_who_hides),
    ),
    # Of a sealed letter the others see a line without a word of it.
    P.LETTER_SEE: (
        _letter_read,
        _letter_opened,
        (officials, plain, assigned_to_own_body),
        (officials, plain, read_by_own_box),
        (tiers_above, works, plain, above_who_hides),
        (officials, sealed, read_by_own_body),
        (officials, sealed, came_to_own_box),
        (tiers_above, sealed, below_own_unit),
    ),
    # Its sender alone, by the receipt: no account has it.
    P.LETTER_SEND: (),
    P.LETTERHEAD_MANAGE: ((office, clerks, at_own_unit), (youth, clerks, of_own_body)),
    P.MAILBOX_CREATE: ((local, drafts),),
    # Whoever runs a box runs it alone: those it is about neither change nor end it.
    P.MAILBOX_EDIT: ((local, drafts, of_own_body),),
    P.MAILBOX_HANDLE: ((local, works, of_own_body),),
    P.MAILBOX_OPEN: ((local, approves, of_own_body),),
    P.MAILBOX_READ: ((officials, at_own_unit), (officials, in_scope, announced)),
    P.NOMINATION_DECIDE: ((province, works, in_scope, unbiased),),
    P.NOMINATION_EDIT: ((office, nominates, from_own_unit),),
    P.NOMINATION_ENDORSE: ((role(Role.DISTRICT), works, below_own_unit, unbiased),),
    P.NOMINATION_LIST: ((province, works, in_scope),),
    # Whoever is named on the public list, or proposed the name, may leave it off.
    P.NOMINATION_NAME: ((office, nominates, at_own_unit), (office, nominates, from_own_unit)),
    P.NOMINATION_PROPOSE: (
        (province, nominates, announced, in_scope),
        (role(Role.DISTRICT, Role.COMMUNE), nominates, announced, concerned),
    ),
    P.NOMINATION_READ: ((officials, announced, in_scope), (officials, from_own_unit)),
    P.OPINION_APPROVE: ((commune, approves, leads, not_who_drafted),),
    P.OPINION_EDIT: ((commune, works, of_own_body),),
    P.OPINION_READ: ((officials, at_own_unit), (officials, in_scope, announced)),
    P.OPINION_REPORT: ((commune, works, of_own_body),),
    P.PAPER_CONFIRM: (
        (province, works, in_scope, not_who_counted),
        (local, works, in_scope, announced, not_who_counted),
    ),
    P.PAPER_ENTER: ((local, works, in_scope, announced),),
    P.PAPER_OPEN: ((local, works, announced, concerned),),
    P.PAPER_READ: ((province, in_scope), (below, in_scope, announced)),
    P.PARTICIPATION_READ: (_own_campaign, _announced_to_us),
    P.POSTING_EDIT: ((local, works, at_own_unit),),
    P.POSTING_READ: ((officials, in_scope),),
    # Whoever is at the place itself says what hangs there.
    P.POSTING_RECORD: ((local, works),),
    P.QUESTIONNAIRE_CREATE: ((officials, drafts),),
    P.QUESTIONNAIRE_EDIT: ((officials, drafts, at_own_unit),),
    P.QUESTIONNAIRE_READ: ((officials,), (admin,)),
    P.REGISTER_MANAGE: ((office, clerks, at_own_unit), (youth, clerks, of_own_body)),
    P.REGISTER_READ: (
        (office, works, at_own_unit),
        (office, inspects, at_own_unit),
        (youth, works, of_own_body),
    ),
    P.REMINDER_SEND: (
        (province, works, in_scope),
        (role(Role.DISTRICT), works, announced, concerned),
    ),
    P.RESULT_EXPORT: ((province, works, in_scope, finished),),
    P.RESULT_READ: (_own_campaign, (below, announced, concerned, finished)),
    P.ROSTER_EDIT: ((officials, of_own_body, announced), (office, works, at_own_unit, announced)),
    # The body that it was sent to, or whoever sits above when that body sleeps.
    P.ROSTER_JUDGE: (
        (officials, sent_to_own_body, not_who_sent),
        (office, works, sent_to_own_unit, not_who_sent),
        (tiers_above, works, below_own_unit, announced, not_who_sent),
    ),
    P.ROSTER_READ: ((province, in_scope), (below, in_scope, announced)),
    P.ROSTER_SEND: ((officials, of_own_body), (office, works, at_own_unit)),
    # Letters about a unit go past it: only those above it have a key.
    P.SEAL_KEY_MAKE: ((tiers_above, approves),),
    P.SEAL_KEY_MANAGE: ((tiers_above, approves, of_own_body),),
    P.SEAL_KEY_READ: ((tiers_above, duty(*Duty)),),
    P.SETTING_MANAGE: ((admin,),),
    P.SLIP_CONFIRM: (
        (province, works, in_scope, not_who_counted),
        (local, works, in_scope, announced, not_who_counted),
    ),
    P.SLIP_COUNT: ((province, works, in_scope), (local, works, in_scope, announced)),
    # The judged do not print them: whoever printed could answer them all.
    P.SLIP_ORDER: ((province, drafts, in_scope),),
    P.SLIP_READ: ((province, in_scope), (below, in_scope, announced)),
    # Two people of the body that runs the box count a week: one signs, another confirms.
    P.TALLY_CONFIRM: ((local, works, of_own_body, not_who_counted),),
    P.TALLY_REPORT: ((local, works, of_own_body),),
    P.TALLY_SIGN: ((local, works, of_own_body),),
    P.TALLY_TAKE_BACK: ((local, of_own_body, who_counted),),
    P.TASK_DO: ((officials, of_own_body), (office, works, at_own_unit)),
    # Whoever sits above; what an office asks of itself, its leaders.
    P.TASK_JUDGE: (
        (tiers_above, works, below_own_unit),
        (office, approves, ordered_here, at_own_unit),
    ),
    P.TASK_READ: ((officials, in_scope),),
    P.TEAM_EDIT: ((office, works, at_own_unit, announced),),
    P.TEAM_JUDGE: ((tiers_above, works, below_own_unit, announced),),
    P.TEAM_READ: ((province, in_scope), (below, in_scope, announced)),
    P.TEXT_READ: ((province, in_scope, finished),),
    P.UNIT_EDIT: ((office, duty(Duty.DRAFT, Duty.CLERK), in_scope), (admin,)),
    P.UNIT_MANAGE: ((admin,),),
    P.UNIT_READ: ((officials,), (admin,)),
    P.VOTER_EDIT: ((commune, works, at_own_unit),),
    P.VOTER_READ: ((commune, works, at_own_unit),),
}


def allows(actor: Actor, permission: P, item: object = None) -> bool:
    """Say whether the actor may do this (with this item).

    Args:
        actor: the account.
        permission: what it wants to do.
        item: what it wants to do it with; None where the permission needs no item.
    """
    return any(all(holds(actor, item) for holds in clause) for clause in TABLE[permission])
