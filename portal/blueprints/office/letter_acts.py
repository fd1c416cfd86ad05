"""What readers do with a letter by a form of its own."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.letter_forms import (
    AnswerForm,
    HideForm,
    MergeForm,
    NoteForm,
    PublishForm,
    ReferForm,
    SortForm,
    TransferForm,
)
from portal.blueprints.office.letters import drawn, narrowing, private_key, wanted
from portal.core.errors import Invalid, Missing, Refused
from portal.features.letters import (
    answering,
    handling,
    hiding,
    likeness,
    publishing,
    queries,
)
from portal.features.letters.models import Letter
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.forms import PortalForm
from portal.web.telling import warn


@blueprint.post("/thu/<random:letter_id>/phan-loai")
@requires(Permission.LETTER_HANDLE, load=queries.get_visible)
def sort_letter(letter: Letter) -> ResponseReturnValue:
    form = SortForm().offer(letter)
    return _done(letter, "sort", form, _("Đã ghi phân loại."), lambda: handling.sort_out(
        actor(), letter, form.entered()))  # fmt: skip


@blueprint.post("/thu/<random:letter_id>/tra-loi")
@requires(Permission.LETTER_ANSWER, load=queries.get_visible)
def answer_letter(letter: Letter) -> ResponseReturnValue:
    form = AnswerForm()
    return _done(letter, "answer", form, _("Đã trình duyệt trả lời."), lambda: answering.answer(
        actor(), letter, form.answer.data or ""))  # fmt: skip


@blueprint.post("/thu/<random:letter_id>/ghi-chu")
@requires(Permission.LETTER_ANSWER, load=queries.get_visible)
def note_letter(letter: Letter) -> ResponseReturnValue:
    form = NoteForm()
    return _done(letter, "note", form, _("Đã ghi chú."), lambda: handling.note(
        actor(), letter, form.note.data or ""))  # fmt: skip


@blueprint.post("/thu/<random:letter_id>/chuyen-co-quan")
@requires(Permission.LETTER_HANDLE, load=queries.get_visible)
def refer_letter(letter: Letter) -> ResponseReturnValue:
    form = ReferForm().offer(letter)
    return _done(letter, "refer", form, _("Đã ghi chuyển cơ quan có thẩm quyền."),
                 lambda: handling.refer(actor(), letter, form.entered()))  # fmt: skip


@blueprint.post("/thu/<random:letter_id>/gop")
@requires(Permission.LETTER_HANDLE, load=queries.get_visible)
def merge_letter(letter: Letter) -> ResponseReturnValue:
    form = MergeForm().offer(likeness.alike(actor(), letter))
    return _done(letter, "merge", form, _("Đã gộp; người gửi mỗi thư đều thấy trả lời."),
                 lambda: handling.merge(actor(), letter, form.chosen()))  # fmt: skip


@blueprint.post("/thu/<random:letter_id>/chuyen-ben-doc")
@requires(Permission.LETTER_HANDLE, load=queries.get_visible)
def transfer_letter(letter: Letter) -> ResponseReturnValue:
    form = TransferForm().offer(letter)
    return _done(letter, "transfer", form, _("Đã chuyển bên đọc khác."), lambda: handling.transfer(
        actor(), letter, form.chosen(), form.transfer_reason.data or ""))  # fmt: skip


@blueprint.post("/thu/<random:letter_id>/xin-an")
@requires(Permission.LETTER_HIDE, load=queries.get_visible)
def hide_letter(letter: Letter) -> ResponseReturnValue:
    form = HideForm()
    return _done(letter, "hide", form, _("Đã gửi đề nghị tới cấp trên."), lambda: hiding.ask(
        actor(), letter, form.hide_reason.data or ""))  # fmt: skip


@blueprint.route("/thu/<random:letter_id>/cong-khai", methods=["GET", "POST"])
@requires(Permission.LETTER_PUBLISH, load=queries.get_visible)
def publish_letter(letter: Letter) -> ResponseReturnValue:
    form = PublishForm().offer(letter)
    if form.is_submitted() and form.settles(
        lambda: publishing.publish(actor(), letter, form.entered()),
        _("Đã công khai thư và trả lời."),
    ):
        return _back(letter.id)
    status = 422 if form.is_submitted() else 200
    return render_template("features/letters/publish.html", letter=letter, form=form), status


def _done(
    letter: Letter, name: str, form: PortalForm, said: str, act: Callable[[], object]
) -> ResponseReturnValue:
    """Carry an act out and go back to the letter, or to the list if it went to somebody else."""
    letter_id = letter.id
    if letter.is_sealed and private_key(letter) is None:
        # Whoever has not read it does not handle it.
        flash(_("Mở khóa để đọc thư trước khi xử lý."), "warning")
        return _back(letter_id)
    if not form.validate():
        return drawn(letter, **{name: form}), 422
    try:
        act()
    except Invalid as invalid:
        form.show(invalid)
        return drawn(_again(letter_id), **{name: form}), 422
    except Refused as refused:
        warn(refused)
        # Another window was first: what was typed in this one stays on its page.
        found = queries.get_visible(actor(), letter_id)
        return (drawn(found, **{name: form}), 409) if found else _back(letter_id)
    flash(said, "success")
    if queries.get_visible(actor(), letter_id) is None:
        return redirect(url_for("office.letters", **narrowing(wanted())))
    return _back(letter_id)


def _again(letter_id: int) -> Letter:
    found = queries.get_visible(actor(), letter_id)
    if found is None:
        raise Missing
    return found


def _back(letter_id: int) -> ResponseReturnValue:
    return redirect(url_for("office.letter_page", letter_id=letter_id, **narrowing(wanted())))
