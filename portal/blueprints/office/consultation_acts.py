"""What is done to a published consultation: prints, more days, the decision, the Front's note."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.consultation_forms import DecisionForm, ProlongForm, SupervisionForm
from portal.blueprints.office.consultation_tabs import tabs
from portal.core import qr
from portal.core.errors import Missing
from portal.features.campaigns import posters
from portal.features.campaigns.posters import FORM_NAMES, Form
from portal.features.consultations import prints, publishing, queries
from portal.features.consultations.models import Consultation
from portal.features.settings import services as settings
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.printing import PDF, PNG, sent
from portal.web.telling import done


@blueprint.route("/lay-y-kien/<int:consultation_id>/keo-dai", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_PUBLISH, load=queries.get_visible)
def prolong_consultation(one: Consultation) -> ResponseReturnValue:
    form = ProlongForm()
    if not form.is_submitted():
        return _page("prolong", one, form.fill(one))
    if form.without(one).settles(
        lambda: publishing.prolong(actor(), one, form.last_days(), form.reason.data or ""),
        _("Đã kéo dài."),
    ):
        return _back(one)
    return _page("prolong", one, form), 422


@blueprint.post("/lay-y-kien/<int:consultation_id>/hien-y-kien")
@requires(Permission.CONSULTATION_EDIT, load=queries.get_visible)
def show_consultation_comments(one: Consultation) -> ResponseReturnValue:
    shown = request.form.get("hien") == "co"
    publishing.show_comments(actor(), one, shown=shown)
    flash(_("Mọi người đọc được ý kiến của nhau.") if shown else
          _("Ý kiến của người khác không còn hiện trên trang góp ý."), "success")  # fmt: skip
    return _back(one)


@blueprint.route("/lay-y-kien/<int:consultation_id>/quyet-dinh", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_PUBLISH, load=queries.get_visible)
def decide_consultation(one: Consultation) -> ResponseReturnValue:
    form = DecisionForm().offer(publishing.decisions(one))
    if not form.is_submitted():
        form.document_id.data, form.name.data = one.decision_id or 0, one.decision_name
        form.on.data = one.decided_on
        return _page("decision", one, form)
    if form.settles(
        lambda: publishing.keep_decision(actor(), one, form.entered()),
        _("Đã ghi Quyết định ban hành."),
    ):
        return _back(one)
    return _page("decision", one, form), 422


@blueprint.post("/lay-y-kien/<int:consultation_id>/cong-khai-giai-trinh")
@requires(Permission.CONSULTATION_PUBLISH, load=queries.get_visible)
def open_consultation_answers(one: Consultation) -> ResponseReturnValue:
    place = prints.outcome(base_url(), one.code)
    done(lambda: publishing.open_answers(actor(), one, place),
         _("Đã công khai phần tiếp thu, giải trình."))  # fmt: skip
    return _back(one)


@blueprint.route("/lay-y-kien/<int:consultation_id>/giam-sat", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_SUPERVISE, load=queries.get_visible)
def supervise_consultation(one: Consultation) -> ResponseReturnValue:
    form = SupervisionForm()
    if not form.is_submitted():
        form.note.data = one.supervision
        return _page("supervision", one, form)
    if form.settles(lambda: publishing.supervise(actor(), one, form.note.data or ""),
                    _("Đã ghi nhận xét giám sát.")):  # fmt: skip
        return _back(one)
    return _page("supervision", one, form), 422


@blueprint.get("/lay-y-kien/<int:consultation_id>/in.pdf")
@requires(Permission.CONSULTATION_READ, load=queries.get_visible)
def print_consultation(one: Consultation) -> ResponseReturnValue:
    wanted = request.args.get("mau", Form.POSTER)
    if wanted not in set(Form):
        raise Missing
    content = posters.drawn(Form(wanted), [_poster(one)])
    name = f"{FORM_NAMES[Form(wanted)]} {one.name}.pdf"
    return sent(content, PDF, name)


@blueprint.get("/lay-y-kien/<int:consultation_id>/ap-phich.png")
@requires(Permission.CONSULTATION_READ, load=queries.get_visible)
def consultation_poster(one: Consultation) -> ResponseReturnValue:
    content, name = posters.picture(_poster(one)), f"Áp phích {one.name}.png"
    return sent(content, PNG, name)


@blueprint.get("/lay-y-kien/<int:consultation_id>/ma.png")
@requires(Permission.CONSULTATION_READ, load=queries.get_visible)
def consultation_code(one: Consultation) -> ResponseReturnValue:
    picture = qr.png(prints.address(base_url(), one.code))
    if "tai" in request.args:
        name = f"Mã QR {one.name}.png"
        return sent(picture, PNG, name)
    return Response(picture, content_type="image/png")


@blueprint.get("/lay-y-kien/<int:consultation_id>/loi-moi")
@requires(Permission.CONSULTATION_READ, load=queries.get_visible)
def consultation_kit(one: Consultation) -> ResponseReturnValue:
    return render_template(
        "features/consultations/kit.html", one=one, words=prints.words(one, base_url())
    )


def _poster(one: Consultation) -> posters.Poster:
    return prints.poster(one, base_url(), sample=settings.installation().sample)


def _back(one: Consultation) -> ResponseReturnValue:
    return redirect(url_for("office.consultation", consultation_id=one.id))


def _page(name: str, one: Consultation, form: object) -> str:
    return render_template(
        f"features/consultations/{name}.html", one=one, form=form, tabs=tabs(one)
    )
