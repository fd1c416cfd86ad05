"""One version of a draft: reading, correcting, matching, comparing, publishing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.regulation_forms import differing, typed
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.features.consultations import versions as asked
from portal.features.regulations import (
    editing,
    exports,
    faults,
    pages,
    publishing,
    queries,
    reading,
    rows,
    services,
)
from portal.features.regulations.models import Draft, DraftVersion, VersionState
from portal.features.regulations.parsing import Part
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.draft_files import give
from portal.web.forms import posted_version
from portal.web.printing import DOCX, sent
from portal.web.telling import done, sentences, warn

PREAMBLE = "dau"
"""What is opened when it is none of the provisions."""


@dataclass(frozen=True)
class Typed:
    """What stands in the fields of the page of correction."""

    parts: Sequence[Part]
    preamble: str
    opened: str
    errors: Mapping[str, str]
    theirs: Sequence[tuple[Part, Part | None]] = ()


@blueprint.get("/du-thao/<int:draft_id>/ban/<int:number>")
@requires(Permission.DRAFT_READ, load=queries.get_visible)
def regulation_version(draft: Draft, number: int) -> ResponseReturnValue:
    return _page(_version(draft, number))


@blueprint.get("/ban-du-thao/<int:version_id>")
@requires(Permission.DRAFT_READ, load=queries.get_visible_version)
def regulation_version_by_id(version: DraftVersion) -> ResponseReturnValue:
    return _to("regulation_version", version)


@blueprint.route("/du-thao/<int:draft_id>/ban/<int:number>/sua", methods=["GET", "POST"])
@requires(Permission.DRAFT_EDIT, load=queries.get_visible)
def correct_regulation(draft: Draft, number: int) -> ResponseReturnValue:
    version = _version(draft, number)
    if version.state != VersionState.DRAFT:
        return _to("regulation_version", version)
    stored, opened = rows.parts_of(version), request.args.get("mo", "")
    if request.method == "GET":
        return _correction(version, Typed(stored, version.preamble, opened, {}))
    command = request.form.get("lenh", "")
    mine = typed(request.form, stored)
    given = Typed(editing.carried_out(mine, command), _preamble(version), opened, {})
    try:
        services.save(actor(), version, given.parts, given.preamble, posted_version())
    except Invalid as invalid:
        wrong = Typed(mine, given.preamble, opened, sentences(invalid))
        return _correction(version, wrong), 422
    except Stale as stale:
        theirs = differing(mine, dict(stale.theirs))  # type: ignore[arg-type]
        return _correction(version, Typed(mine, given.preamble, opened, {}, theirs)), 409
    except Refused as refused:
        warn(refused)
        return _to("regulation_version", version)
    return _after(version, command, opened, changed=list(given.parts) != mine)


@blueprint.route("/du-thao/<int:draft_id>/ban/<int:number>/doi-chieu", methods=["GET", "POST"])
@requires(Permission.DRAFT_EDIT, load=queries.get_visible)
def match_regulation(draft: Draft, number: int) -> ResponseReturnValue:
    version = _version(draft, number)
    before = pages.before(version)
    if before is None or version.state != VersionState.DRAFT:
        return _to("regulation_version", version)
    if request.method == "GET":
        return _matching(version, before)
    chosen = {
        name.removeprefix("old-"): value
        for name, value in request.form.items()
        if name.startswith("old-")
    }
    try:
        services.rekey(actor(), version, chosen, before, posted_version())
    except Invalid as invalid:
        return _matching(version, before, chosen, invalid.errors), 422
    except Stale:
        flash(_("Có người vừa lưu bản này. Mời xem lại rồi xác nhận."), "warning")
        return _matching(version, before, chosen), 409
    flash(_("Đã ghi. Ý kiến đi theo điều khoản."), "success")
    return _to("correct_regulation", version)


@blueprint.get("/du-thao/<int:draft_id>/ban/<int:number>/so-sanh")
@requires(Permission.DRAFT_READ, load=queries.get_visible)
def compare_regulation(draft: Draft, number: int) -> ResponseReturnValue:
    version = _version(draft, number)
    before = _earlier(draft, version)
    if before is None:
        return _to("regulation_version", version)
    changes = pages.changes(version, before)
    page = pages.version_page(actor(), version)
    return render_template(
        "features/regulations/compare.html", draft=draft, page=page, before=before,
        groups=pages.by_article(changes), changes=changes,
        articles={one.key: one for one in (*page.entries, *reading.outline(before))},
    )  # fmt: skip


@blueprint.get("/du-thao/<int:draft_id>/ban/<int:number>/du-thao.docx")
@requires(Permission.DRAFT_READ, load=queries.get_visible)
def regulation_file(draft: Draft, number: int) -> ResponseReturnValue:
    version = _version(draft, number)
    before = _earlier(draft, version) if request.args.get("voi") else None
    content = exports.write(version, before)
    name = _("%(title)s, bản %(n)s", title=draft.title[:90], n=number)
    if before is not None:
        name = _("%(name)s so với bản %(n)s", name=name, n=before.number)
    return sent(content, DOCX, f"{name}.docx")


@blueprint.get("/du-thao/<int:draft_id>/ban/<int:number>/ban-goc")
@requires(Permission.DRAFT_READ, load=queries.get_visible)
def regulation_original(draft: Draft, number: int) -> ResponseReturnValue:
    version = _version(draft, number)
    return give(version.stored, version.file_name)


@blueprint.post("/du-thao/<int:draft_id>/ban/<int:number>/cong-bo")
@requires(Permission.DRAFT_PUBLISH, load=queries.get_visible)
def publish_regulation(draft: Draft, number: int) -> ResponseReturnValue:
    version, lost = _version(draft, number), pages.lost(_version(draft, number))
    try:
        asked.publish(actor(), version, request.form.get("note", ""))
    except Refused as refused:
        warn(refused)
    except Invalid as invalid:
        return _page(version, invalid.errors), 422
    else:
        flash(_("Đã chốt bản %(n)s. Từ nay mọi người đọc và góp ý bản này.", n=number), "success")
        if lost:
            said = _("%(n)s điều khoản của bản trước không còn; ý kiến về các điều khoản ấy, nếu "
                     "có, chờ chọn chỗ ở trang Tổng hợp.", n=lost)  # fmt: skip
            flash(said, "info")
    return _to("regulation_version", version)


@blueprint.post("/du-thao/<int:draft_id>/ban/<int:number>/bo")
@requires(Permission.DRAFT_EDIT, load=queries.get_visible)
def discard_regulation_version(draft: Draft, number: int) -> ResponseReturnValue:
    version = _version(draft, number)
    done(lambda: publishing.discard(actor(), version), _("Đã bỏ bản %(n)s.", n=number))
    return redirect(url_for("office.regulation", draft_id=draft.id))


def _version(draft: Draft, number: int) -> DraftVersion:
    """Give a version; what is in work is no matter of other units.

    Raises:
        Missing: there is none, or the actor may not know of it.
    """
    version = queries.version(draft.id, number)
    at_home = draft.unit_id == actor().unit_id
    if version is None or (version.state == VersionState.DRAFT and not at_home):
        raise Missing
    return version


def _page(version: DraftVersion, errors: Mapping[str, str] | None = None) -> str:
    return render_template(
        "features/regulations/version.html", page=pages.version_page(actor(), version),
        draft=version.draft, errors=errors or {}, asking=asked.asking(version.draft_id),
        note_text=request.form.get("note", version.note),
    )  # fmt: skip


def _earlier(draft: Draft, version: DraftVersion) -> DraftVersion | None:
    found = pages.before(version, request.args.get("voi", type=int))
    return _version(draft, found.number) if found else None


def _preamble(version: DraftVersion) -> str:
    return request.form.get("preamble", version.preamble).replace("\r\n", "\n")


def _correction(version: DraftVersion, given: Typed) -> str:
    entries = reading.entries(given.parts)
    here = next((one for one in entries if one.key == given.opened), None)
    top = (here.article or here.key) if here else ""
    opened = reading.below(entries, top) if here and here.article else [here] if here else []
    first = entries.index(opened[0]) if opened else 0
    return render_template(
        "features/regulations/correct.html", draft=version.draft, version=version,
        entries=entries, preamble=given.preamble, top=top, opened=opened, above=entries[:first],
        under=entries[first + len(opened) :],
        opens_preamble=given.opened == PREAMBLE, faults=faults.found(entries),
        errors=given.errors, theirs=given.theirs, levels=faults.LEVELS,
        before=pages.before(version),
    )  # fmt: skip


def _after(
    version: DraftVersion, command: str, opened: str, *, changed: bool
) -> ResponseReturnValue:  # fmt: skip
    verb, _dot, key = command.partition(".")
    if not verb or verb == "save":
        flash(_("Đã lưu."), "success")
        return _to("correct_regulation", version, _anchor=f"k-{opened}" if opened else None)
    if verb == "split" and not changed:
        flash(_("Chưa thấy dòng trống. Đặt một dòng trống ở chỗ cần tách rồi bấm lại."), "info")
    stays = next((one for one in rows.parts_of(version) if one.key == opened), None)
    return _to("correct_regulation", version, mo=opened if stays else None,
               _anchor=f"k-{key}" if verb == "split" else None)  # fmt: skip


def _matching(
    version: DraftVersion,
    before: DraftVersion,
    chosen: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    return render_template(
        "features/regulations/match.html", draft=version.draft, version=version,
        page=pages.match_page(version, before), chosen=chosen or {}, errors=errors or {},
    )  # fmt: skip


def _to(endpoint: str, version: DraftVersion, **values: object) -> ResponseReturnValue:
    place = {"draft_id": version.draft_id, "number": version.number, **values}
    return redirect(url_for(f"office.{endpoint}", **place))  # type: ignore[arg-type]
