"""Work that runs while one waits: how far it is, and what came of it."""

from flask import redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core import jobs
from portal.core.errors import Missing
from portal.core.exports import Export
from portal.core.jobs import Job
from portal.features.campaigns import queries as campaigns
from portal.features.consultations import queries as consultations
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import Account, actor


def _own_job(actor: Account, job_id: int) -> Job | None:
    return jobs.owned_by(actor.user_id, job_id)


@blueprint.get("/cong-viec/<int:job_id>")
@requires(Permission.JOB_READ, load=_own_job)
def job(job: Job) -> ResponseReturnValue:
    export = Export.from_result(job.result)
    return render_template("office/job.html", job=job, export=export, above=_above(job))


@blueprint.get("/cong-viec/<int:job_id>/tep")
@requires(Permission.JOB_READ, load=_own_job)
def job_file(job: Job) -> ResponseReturnValue:
    export = Export.from_result(job.result)
    if export is None:
        raise Missing
    return send_file(export.path, as_attachment=True, download_name=export.name)


@blueprint.post("/cong-viec/<int:job_id>/lam-lai")
@requires(Permission.JOB_READ, load=_own_job)
def retry_job(job: Job) -> ResponseReturnValue:
    jobs.retry(job)
    return redirect(url_for("office.job", job_id=job.id))


def _above(job: Job) -> list[tuple[str, str]]:
    """Give the pages above a job by what it works on, the one it was asked for on last."""
    if "account_ids" in job.data:
        return [(_("Tài khoản"), url_for("admin.accounts"))]
    if "consultation_id" in job.data:
        listed = (_("Lấy ý kiến"), url_for("office.consultations"))
        one = consultations.get_visible(actor(), int(str(job.data["consultation_id"])))
        back = url_for("office.consolidation", consultation_id=one.id) if one else ""
        return [listed, (one.name, back)] if one else [listed]
    listed = (_("Đợt khảo sát"), url_for("office.campaigns"))
    campaign = campaigns.get_visible(actor(), int(str(job.data.get("campaign_id", 0))))
    back = url_for("office.campaign", campaign_id=campaign.id) if campaign else ""
    return [listed, (campaign.name, back)] if campaign else [listed]
