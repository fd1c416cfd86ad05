"""Beginning a document: from a template, from last year's, or to change an issued one."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core import clock
from portal.core.errors import Invalid, Missing
from portal.features.campaigns import plans as campaign_plans
from portal.features.campaigns import queries as campaigns
from portal.features.documents import letterheads, queries, templates
from portal.features.documents.beginning import citing
from portal.features.documents.models import Document, Letterhead, Relation
from portal.features.documents.services import NewDocument
from portal.features.documents.templates import Template
from portal.features.documents.templates.repeating import again, year_of
from portal.features.org_units.models import Organisation
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.locale import translate


@dataclass(frozen=True)
class Choice:
    """What has been chosen so far, from the address or from the form."""

    organs: list[Organisation]
    organ: Organisation | None
    letterhead: Letterhead | None
    template: Template | None
    relation: str
    earlier: Document | None

    @property
    def offered(self) -> list[Template]:
        """Give the templates that suit the organ."""
        regime = self.letterhead.regime if self.letterhead else ""
        return [one for one in templates.available() if one.regime in {"", regime}]


@blueprint.get("/van-ban/moi")
@requires(Permission.DOCUMENT_CREATE)
def new_document() -> ResponseReturnValue:
    if repeated := _own(request.args.get("nhan-ban", type=int)):
        year = max(clock.today().year, year_of(repeated) + 1)
        return render_template("features/documents/repeat.html", document=repeated, year=year)
    chosen = _chosen()
    if chosen.template is None or chosen.letterhead is None:
        plans = queries.issued_of(actor().unit_id)
        return render_template("features/documents/choose.html", chosen=chosen, plans=plans)
    return _questions(chosen, templates.suggested(chosen.template, chosen.letterhead))


@blueprint.post("/van-ban/moi")
@requires(Permission.DOCUMENT_CREATE)
def create_document() -> ResponseReturnValue:
    chosen = _chosen()
    if chosen.template is None or chosen.letterhead is None:
        raise Missing
    answers = {
        one.key: request.form.get(f"q-{one.key}", "") for one in chosen.template.questions
    }  # fmt: skip
    try:
        document = _begun(chosen, chosen.template, chosen.letterhead, answers)
    except Invalid as invalid:
        return _questions(chosen, answers, invalid), 422
    flash(_("Đã tạo bản thảo. Soạn đến đâu Cổng lưu đến đó."), "success")
    return redirect(url_for("office.draft", document_id=document.id))


@blueprint.post("/van-ban/<int:document_id>/nhan-ban")
@requires(Permission.DOCUMENT_EDIT, load=queries.get_visible)
def repeat_document(document: Document) -> ResponseReturnValue:
    year = request.form.get("year", clock.today().year, type=int)
    if not 2000 <= year <= 2100:
        return _no_year(document, year, _("Ghi năm bằng bốn chữ số, ví dụ 2026."))
    copied = again(document, year)
    new = NewDocument(
        document.organisation_id, document.type_code, copied.body, document.template_code
    )
    try:
        made = campaign_plans.repeat(actor(), new, document)
    except Invalid as invalid:
        return _no_year(document, year, translate(next(iter(invalid.errors.values()))))
    for notice in copied.notices:
        flash(_(notice.message, **notice.values), "warning")
    return redirect(url_for("office.draft", document_id=made.id))


def _no_year(document: Document, year: int, why: str) -> ResponseReturnValue:
    page = "features/documents/repeat.html"
    return render_template(page, document=document, year=year, error=why), 422


def _begun(
    chosen: Choice, template: Template, letterhead: Letterhead, answers: dict[str, str]
) -> Document:
    new = NewDocument(
        organisation_id=letterhead.organisation_id,
        type_code=template.type_code,
        body=templates.fill(template, answers, letterhead),
        template_code=template.code,
        relation=chosen.relation,
        refers_to_id=chosen.earlier.id if chosen.earlier else None,
    )
    if chosen.earlier:
        new = citing(new, chosen.earlier)
    return campaign_plans.begin(actor(), new, answers)


def _chosen() -> Choice:
    organs = queries.issuers(actor())
    wanted = request.values.get("co-quan", actor().organisation_id, type=int)
    organ = next((one for one in organs if one.id == wanted), organs[0] if organs else None)
    code = request.values.get("mau", "")
    template = next((one for one in templates.available() if one.code == code), None)
    relation = request.values.get("quan-he", "")
    earlier = _own(request.values.get("tu", type=int)) if relation in set(Relation) else None
    return Choice(
        organs=organs,
        organ=organ,
        letterhead=letterheads.of(organ.id) if organ else None,
        template=template,
        relation=relation if earlier else "",
        earlier=earlier,
    )


def _own(document_id: int | None) -> Document | None:
    found = queries.get_visible(actor(), document_id) if document_id else None
    if found is None or not allows(actor(), Permission.DOCUMENT_EDIT, found):
        return None
    return found


def _questions(chosen: Choice, answers: dict[str, str], invalid: Invalid | None = None) -> str:
    return render_template(
        "features/documents/questions.html",
        chosen=chosen,
        answers=answers,
        errors=invalid.errors if invalid else {},
        values=invalid.values if invalid else {},
        questionnaires=campaigns.meant_by_code(actor().unit_id),
    )
