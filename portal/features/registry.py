"""The one visible list of features: their tables, workflows, jobs, and who listens to whom."""

from typing import Any

from portal.core import exports, pasted
from portal.core.jobs import Kind
from portal.core.jobs import kinds as job_kinds
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.ballots import answers as told_to_groups
from portal.features.ballots import jobs as ballot_jobs
from portal.features.ballots import services as ballots
from portal.features.ballots.workflow import BALLOT_GROUP
from portal.features.campaigns import jobs as campaign_jobs
from portal.features.campaigns import plans
from portal.features.campaigns.phase import Denominator
from portal.features.campaigns.workflow import CAMPAIGN
from portal.features.consolidation import explaining, gathering, merging, table_files
from portal.features.consolidation import outcomes as consolidation
from portal.features.consolidation.workflow import OPINION
from portal.features.consultations import agency_jobs, comments, voice_following, voice_jobs
from portal.features.consultations import hiding as comment_hiding
from portal.features.consultations import outcomes as told_to_authors
from portal.features.consultations import publishing as consultations
from portal.features.consultations.agency_workflow import AGENCY
from portal.features.consultations.hiding_workflow import COMMENT, COMMENT_HIDING
from portal.features.consultations.workflow import CONSULTATION, before_report
from portal.features.deployment import jobs as deployment_jobs
from portal.features.documents import authorship, deliveries, effects, numbering, signing
from portal.features.documents import jobs as document_jobs
from portal.features.documents import services as documents
from portal.features.documents.workflow import DOCUMENT
from portal.features.evidence import jobs as evidence_jobs
from portal.features.evidence import queries as evidence
from portal.features.field_reports import judging as field_reports
from portal.features.field_reports import standing as field_standing
from portal.features.field_reports.workflow import EXPLANATION
from portal.features.inspections.workflow import INSPECTION
from portal.features.letters import answering, handling, hiding, opening, steps
from portal.features.letters import jobs as letter_jobs
from portal.features.letters.workflow import HIDING, LETTER
from portal.features.mailbox import services as mailbox
from portal.features.mailbox.workflow import MAILBOX
from portal.features.nominations import awards, by_tasks, by_work, criteria
from portal.features.nominations import services as nominations
from portal.features.nominations.workflow import NOMINATION
from portal.features.org_units import arrivals
from portal.features.publicity import queries as publicity
from portal.features.registers.workflow import ENTRY
from portal.features.regulations import jobs as draft_jobs
from portal.features.regulations.workflow import DRAFT_VERSION
from portal.features.rosters import sending as rosters
from portal.features.rosters.workflow import CONSIGNMENT, ROSTER
from portal.features.surveys import exports as survey_exports
from portal.features.surveys import jobs as survey_jobs
from portal.features.surveys import measures, slip_sheets
from portal.features.surveys import models as _survey_tables  # noqa: F401 - known to the metadata
from portal.features.surveys.batch_flows import PAPERS, SLIPS
from portal.features.tallies import services as tallies
from portal.features.tallies.workflow import TALLY
from portal.features.tasks import handing_out
from portal.features.tasks import services as tasks
from portal.features.tasks.workflow import TASK
from portal.features.teams import services as teams
from portal.features.teams.workflow import TEAM
from portal.features.urging import services as urging
from portal.features.users import handover
from portal.features.users import jobs as user_jobs
from portal.workflow import engine
from portal.workflow.engine import Effect, Fired, Workflow

FEATURES = (
    "audit", "org_units", "users", "settings", "evidence", "questionnaires", "registers",
    "documents", "tasks", "campaigns", "surveys", "reforms", "work", "teams", "rosters",
    "publicity", "field_reports", "inspections", "urging", "nominations", "deployment", "sealing",
    "mailbox", "letters", "tallies", "regulations", "consultations", "ballots", "consolidation",
    "briefing",
)  # fmt: skip
"""Alphabet does not rule here: a feature may use those before it."""

WORKFLOWS: dict[str, Workflow[Any]] = {
    flow.name: flow
    for flow in (
        ENTRY, DOCUMENT, TASK, CAMPAIGN, SLIPS, PAPERS, TEAM, EXPLANATION, INSPECTION,
        NOMINATION, ROSTER, CONSIGNMENT, MAILBOX, LETTER, HIDING, TALLY,
        DRAFT_VERSION, OPINION,
        CONSULTATION, COMMENT, COMMENT_HIDING, AGENCY, BALLOT_GROUP,
    )
}  # fmt: skip

EFFECTS: dict[str, Effect] = {
    "date_issue": effects.date_issue,
    "deliver": deliveries.deliver,
    "retire": effects.retire,
    "unsign": signing.unsign,
    "cancel_number": numbering.cancel_number,
    "ready_campaign": plans.ready_by_plan,
    "halt_campaign": plans.halt,
    "hand_out_tasks": handing_out.hand_out,
    "drop_tasks": tasks.drop,
    "award_nominations": awards.award,
    "annul_awards": awards.annul,
}
"""What follows from the transitions of a document; later features have their part in it."""

JOBS: tuple[Kind, ...] = (
    survey_jobs.FOLD,
    survey_jobs.SEAL,
    letter_jobs.DELIVER,
    letter_jobs.TIDY,
    letter_jobs.VACUUM,
    voice_jobs.DELIVER,
    voice_jobs.VACUUM,
    ballot_jobs.ERASE,
    survey_exports.EXPORT_ANSWERS,
    survey_exports.EXPORT_TEXTS,
    slip_sheets.PRINT_SLIPS,
    user_jobs.TIDY,
    user_jobs.PRINT_PASSWORDS,
    exports.TIDY,
    pasted.TIDY,
    document_jobs.TIDY,
    evidence_jobs.TIDY,
    draft_jobs.TIDY,
    agency_jobs.TIDY,
    table_files.TABLE,
    campaign_jobs.POSTER_BOOK,
    campaign_jobs.POSTER_ZIP,
    deployment_jobs.DEPLOYMENT_ZIP,
)

KEPT: tuple[tuple[Workflow[Any], tuple[Effect, ...]], ...] = (
    (TASK, (tasks.keep_note, tasks.keep_doer, tasks.keep_verdict)),
    (TEAM, (teams.keep_sent, teams.keep_judged, teams.keep_why)),
    (ROSTER, (rosters.keep_roster_verdict,)),
    (CONSIGNMENT, (rosters.keep_consignment_verdict,)),
    (INSPECTION, (urging.tell_inspected,)),
    (MAILBOX, (mailbox.follow_opening,)),
    (LETTER, (answering.keep_approval, answering.keep_letter_return, handling.leave_merged,
              handling.give_time)),
    (HIDING, (hiding.keep_decision, hiding.hide_letter, hiding.show_letter)),
    (TALLY, (tallies.keep_return,)),
    (COMMENT_HIDING, (comment_hiding.keep_hiding_decision, comment_hiding.hide_comment,
                      comment_hiding.show_comment)),
    (OPINION, (explaining.keep_submission, explaining.keep_opinion_approval,
               explaining.keep_opinion_return, explaining.forget_approval, merging.leave_joined)),
    (CONSULTATION, (consultations.follow_publishing, consultations.forget_report,
                    consultations.follow_closing)),
    (BALLOT_GROUP, (ballots.keep_settler, ballots.forget_settled)),
    (NOMINATION, (nominations.keep_proposer, nominations.freeze_criteria,
                  nominations.keep_endorser, nominations.keep_reason)),
)  # fmt: skip
"""What a workflow's own effects keep, bound under the names of these functions."""

CRITERIA: tuple[criteria.Provider, ...] = (by_tasks.provide, *by_work.ALL)
"""Who is asked what a unit has done, when it is proposed for commendation; in this order."""


def bind() -> None:
    """Connect what features declare: effects, listeners, kinds of work.

    Raises:
        RuntimeError: a workflow names an effect that nothing here binds.
    """
    engine.listen(_record_transition)
    engine.listen(effects.keep_version)
    engine.listen(steps.keep)
    opening.also(voice_following.knows)
    documents.listen(plans.follow_dates)
    arrivals.listen(handing_out.take_up)
    comments.listen(gathering.LISTENERS)
    before_report(ballots.all_settled)
    before_report(consolidation.all_answered)
    told_to_authors.provide(consolidation.of_comments)
    told_to_groups.provide(consolidation.of_group)
    handover.follow(authorship.WORK)
    evidence.open_to_all(publicity.KIND, publicity.is_shown)
    for name, effect in EFFECTS.items():
        DOCUMENT.bind(name, effect)
    for flow, bound in KEPT:
        for kept in bound:
            flow.bind(kept.__name__, kept)
    EXPLANATION.bind("keep_judgement", field_reports.keep_judgement)
    measures.provide(Denominator.VISITS, field_standing.reported)
    for provider in CRITERIA:
        criteria.add(provider)
    for kind in JOBS:
        job_kinds.add(kind)
    for flow in WORKFLOWS.values():
        if missing := flow.unbound():
            raise RuntimeError(f"{flow.name}: nobody binds {sorted(missing)}")


def _record_transition(fired: Fired) -> None:
    audit.record(
        fired.actor,  # type: ignore[arg-type]  # the web's actor has a display name
        Act(
            action=f"{fired.workflow}:{fired.transition.name}",
            subject_kind=fired.workflow,
            subject_id=fired.item.id,
            subject_name=getattr(fired.item, "name", ""),
            unit_id=fired.item.unit_id,
            reason=fired.reason.strip(),
            changes={"state": [fired.before, fired.item.state]},
        ),
    )
