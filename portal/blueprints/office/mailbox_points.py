"""Points of a box: choosing them, prints, what to post and to read aloud, photos, trying codes."""

from collections.abc import Sequence

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.mailbox_forms import (
    ChoosePointsForm,
    NewPointForm,
    PlacedForm,
    TakeDownPointForm,
    TryForm,
)
from portal.core import clock, qr
from portal.core.errors import Missing, Refused
from portal.features.campaigns import posters
from portal.features.campaigns.posters import FORM_NAMES, Form, Poster
from portal.features.evidence import queries as evidence
from portal.features.mailbox import pages, placing, prints, queries
from portal.features.mailbox.models import Mailbox, MailboxPoint
from portal.features.settings import services as settings
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.printing import PDF, PNG, sent
from portal.web.telling import warn


@blueprint.get("/hom-thu/<int:mailbox_id>/diem")
@requires(Permission.MAILBOX_READ, load=queries.get_visible)
def mailbox_points(box: Mailbox) -> ResponseReturnValue:
    return _list_page(box)


@blueprint.post("/hom-thu/<int:mailbox_id>/diem")
@requires(Permission.MAILBOX_HANDLE, load=queries.get_visible)
def choose_mailbox_points(box: Mailbox) -> ResponseReturnValue:
    form = ChoosePointsForm()
    chosen = set(form.point_ids.data or ()) if form.validate() else set()
    if not chosen:
        flash(_("Mời đánh dấu ít nhất một điểm."), "warning")
        return _list_page(box), 422
    try:
        added = placing.choose(actor(), box, chosen)
    except Refused as refused:
        warn(refused)
    else:
        flash(_("Đã thêm %(n)s điểm; mỗi điểm có mã riêng.", n=added), "success")
    return redirect(url_for("office.mailbox_points", mailbox_id=box.id))


@blueprint.post("/hom-thu/<int:mailbox_id>/diem/moi")
@requires(Permission.MAILBOX_HANDLE, load=queries.get_visible)
def new_mailbox_point(box: Mailbox) -> ResponseReturnValue:
    form = NewPointForm().offer()
    if form.lets(lambda: placing.add(actor(), box, form.described)):
        return _back_to(box, _("Đã thêm “%(name)s”.", name=form.name.data))
    return _list_page(box, form), 422


@blueprint.get("/hom-thu/<int:mailbox_id>/diem/<int:place_id>")
@requires(Permission.MAILBOX_READ, load=queries.get_visible)
def mailbox_point(box: Mailbox, place_id: int) -> ResponseReturnValue:
    return _point_page(_point(box, place_id))


@blueprint.post("/hom-thu/<int:mailbox_id>/diem/<int:place_id>/dat")
@requires(Permission.MAILBOX_HANDLE, load=queries.get_visible)
def place_mailbox(box: Mailbox, place_id: int) -> ResponseReturnValue:
    point, form = _point(box, place_id), PlacedForm()
    if form.lets(lambda: placing.place(actor(), point, form.placed(), form.taken().photos)):
        return _back_to(box, _("Đã ghi ngày đặt và ảnh."))
    return _point_page(point, placed=form), 422


@blueprint.post("/hom-thu/<int:mailbox_id>/diem/<int:place_id>/quet-thu")
@requires(Permission.MAILBOX_HANDLE, load=queries.get_visible)
def try_mailbox_point(box: Mailbox, place_id: int) -> ResponseReturnValue:
    point, form = _point(box, place_id), TryForm()
    if form.lets(lambda: placing.try_out(actor(), point, form.typed.data or "")):
        return _back_to(box, _("Đã ghi: mã đặt ở đây quét được."))
    return _point_page(point, tried=form), 422


@blueprint.post("/hom-thu/<int:mailbox_id>/diem/<int:place_id>/go")
@requires(Permission.MAILBOX_HANDLE, load=queries.get_visible)
def take_mailbox_down(box: Mailbox, place_id: int) -> ResponseReturnValue:
    point, form = _point(box, place_id), TakeDownPointForm()
    if form.lets(lambda: placing.take_down(actor(), point, form.reason.data or "")):
        return _back_to(box, _("Đã ghi là gỡ. Mã cũ vẫn dẫn tới hòm thư."))
    return _point_page(point, down=form), 422


@blueprint.get("/hom-thu/<int:mailbox_id>/in.pdf")
@requires(Permission.MAILBOX_READ, load=queries.get_visible)
def print_mailbox(box: Mailbox) -> ResponseReturnValue:
    wanted = request.args.get("mau", Form.POSTER)
    if wanted not in set(Form):
        raise Missing
    content = posters.drawn(Form(wanted), _posters(box))
    name = f"{FORM_NAMES[Form(wanted)]} {box.name}.pdf"
    return sent(content, PDF, name)


@blueprint.get("/hom-thu/<int:mailbox_id>/ap-phich.png")
@requires(Permission.MAILBOX_READ, load=queries.get_visible)
def mailbox_poster(box: Mailbox) -> ResponseReturnValue:
    content = posters.picture(_posters(box)[0])
    name = f"Áp phích {box.name}.png"
    return sent(content, PNG, name)


@blueprint.get("/hom-thu/<int:mailbox_id>/ma.png")
@requires(Permission.MAILBOX_READ, load=queries.get_visible)
def mailbox_code(box: Mailbox) -> ResponseReturnValue:
    point = _asked(box)
    code = point.code if point else box.code
    picture = qr.png(prints.address(base_url(), code))
    if "tai" in request.args:
        name = f"Mã QR {box.name}.png"
        return sent(picture, PNG, name)
    return Response(picture, content_type="image/png")


@blueprint.get("/hom-thu/<int:mailbox_id>/loi-moi")
@requires(Permission.MAILBOX_READ, load=queries.get_visible)
def mailbox_kit(box: Mailbox) -> ResponseReturnValue:
    return render_template(
        "features/mailbox/kit.html", box=box, words=prints.words(box, base_url()),
        place=queries.place(box), sentence=pages.words(queries.place(box)),
    )  # fmt: skip


def _back_to(box: Mailbox, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("office.mailbox_points", mailbox_id=box.id))


def _point(box: Mailbox, place_id: int) -> MailboxPoint:
    found = queries.point_of(box.id, place_id)
    if found is None:
        raise Missing
    return found


def _asked(box: Mailbox) -> MailboxPoint | None:
    """Give the point that the address names; None for the box itself."""
    asked = request.args.get("diem", type=int)
    return _point(box, asked) if asked else None


def _posters(box: Mailbox) -> Sequence[Poster]:
    """Give the prints that are wanted: of one point, of all points, or of the box itself."""
    sample = settings.installation().sample
    if request.args.get("diem") != "tat-ca":
        return [prints.poster(box, _asked(box), base_url(), sample=sample)]
    hanging = queries.points_of(box.id)
    if not hanging:
        raise Missing
    return [prints.poster(box, one, base_url(), sample=sample) for one in hanging]


def _list_page(box: Mailbox, new: NewPointForm | None = None) -> str:
    return render_template(
        "features/mailbox/points.html", page=pages.detail(actor(), box), box=box,
        choices=pages.to_choose(box), forms=FORM_NAMES,
        new=new or NewPointForm(formdata=None).offer(),
    )  # fmt: skip


def _point_page(
    point: MailboxPoint,
    *,
    placed: PlacedForm | None = None,
    tried: TryForm | None = None,
    down: TakeDownPointForm | None = None,
) -> str:
    day = point.placed_on or clock.today()
    return render_template(
        "features/mailbox/point.html", box=point.box, point=point, forms=FORM_NAMES,
        photos=evidence.of(placing.KIND, [point.id]).get(point.id, []),
        typed=prints.typed(base_url(), point.code),
        words=prints.words(point.box, base_url(), point),
        placed=placed or PlacedForm(formdata=None, placed_on=day, note=point.note),
        tried=tried or TryForm(formdata=None), down=down or TakeDownPointForm(formdata=None),
        may_handle=allows(actor(), Permission.MAILBOX_HANDLE, point.box)
        and point.removed_on is None and point.box.state != "ended",
    )  # fmt: skip
