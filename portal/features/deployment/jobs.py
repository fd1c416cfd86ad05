"""The deployment pack as one ZIP: decision, duty list, prints, script, Zalo text, guidance."""

import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from portal.core.database import session, write
from portal.core.errors import Missing
from portal.core.exports import new_export
from portal.core.jobs import Job, Kind, Running, enqueue
from portal.features.campaigns import code_queries, posters, share
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.posters import FORM_NAMES, Form
from portal.features.deployment import pages, word
from portal.features.deployment.pages import Pack
from portal.features.documents.paper.compose import compose
from portal.features.documents.rendering import pdf
from portal.features.documents.rendering import word as paper_word
from portal.features.rosters import duty_list
from portal.features.rosters import exports as roster_exports
from portal.features.rosters import queries as rosters
from portal.features.rosters.entries import Entry, thawed
from portal.features.settings import services as settings

ZIP = "deployment_zip"
Part = tuple[str, Callable[[], bytes]]
"""A file of the pack: its name, and what makes it."""


def order(owner_id: int, pack: Pack, base_url: str) -> Job:
    """Ask for the pack of a unit; the same pack again is the same job.

    Args:
        owner_id: the account that may have the file.
        pack: as `pages.pack` gives it.
        base_url: the configured address of the portal; a job has no request to know it from.
    """
    data: dict[str, Any] = {
        "campaign_id": pack.campaign.id, "unit_id": pack.unit.id, "base_url": base_url,
    }  # fmt: skip
    run_key = f"{ZIP}:{owner_id}:{pack.campaign.id}:{pack.unit.id}:{pack.digest}"
    with write("jobs"):
        return enqueue(ZIP, run_key, data, owner_id=owner_id, total=len(list(_parts(pack, ""))))


def _make(running: Running) -> str:
    campaign = session().get_one(Campaign, int(str(running.data["campaign_id"])))
    unit_id = int(str(running.data["unit_id"]))
    code = code_queries.live(campaign.id, unit_id, below=unit_id)
    if code is None:
        raise Missing
    base_url = str(running.data["base_url"])
    pack = pages.pack(campaign, code, base_url)
    parts = list(_parts(pack, base_url))
    name = f"Bộ triển khai {code.unit.full_name}, {campaign.name}.zip"
    with (
        new_export(name.replace("/", "-")) as (export, stream),
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr("0 Trong bộ này có gì.txt", _contents(pack, [one for one, _ in parts]))
        for number, (path, drawn) in enumerate(parts, 1):
            archive.writestr(path, drawn())
            running.progress(number, len(parts))
    return export.to_result()


def _parts(pack: Pack, base_url: str) -> Iterator[Part]:
    yield from _decision(pack)
    yield from _roster(pack)
    yield from _prints(pack, base_url)
    yield "4 Bản tin phát thanh.docx", lambda: word.draw(pack.script)
    yield "5 Lời mời Zalo.txt", lambda: _plain(pack.zalo)
    yield "5 Ảnh áp phích cho Zalo.png", lambda: posters.picture(_poster(pack, base_url))
    yield "6 Hướng dẫn người hỗ trợ.docx", lambda: word.draw(pack.guidance)


def _decision(pack: Pack) -> Iterator[Part]:
    document = pack.decision
    if document is None:
        return
    name = "1 Quyết định tổ công tác" + ("" if document.number_text else " (dự thảo)")
    yield f"{name}.docx", lambda: paper_word.draw(compose(document))
    yield f"{name}.pdf", lambda: pdf.draw(compose(document))


def _roster(pack: Pack) -> Iterator[Part]:
    """Give the duty list as it was sent last; to be put up without telephone numbers."""
    if not pack.people:
        return
    desk = rosters.desk_of(pack.campaign, pack.unit.id)
    if desk is None:
        return
    copy = rosters.public_copy(pack.roster)
    entries: list[Entry] | None = thawed(copy.content) if copy else None
    yield "2 Lịch phân công để niêm yết.pdf", lambda: duty_list.pdf(desk, entries)
    yield "2 Lịch phân công của tổ.xlsx", lambda: roster_exports.duty_sheet(desk, entries)


def _prints(pack: Pack, base_url: str) -> Iterator[Part]:
    sample = settings.installation().sample
    codes = (pack.code, *pack.points)

    def drawer(form: Form) -> Callable[[], bytes]:
        return lambda: posters.drawn(
            form, [share.poster(one, base_url, sample=sample) for one in codes]
        )

    for form in Form:
        yield f"3 {FORM_NAMES[form]}.pdf", drawer(form)


def _poster(pack: Pack, base_url: str) -> posters.Poster:
    return share.poster(pack.code, base_url, sample=settings.installation().sample)


def _contents(pack: Pack, names: list[str]) -> bytes:
    missing = []
    if pack.asks_team and pack.decision is None:
        missing.append("Quyết định tổ công tác: chưa soạn.")
    if pack.asks_roster and not pack.people:
        missing.append("Lịch phân công: chưa có ai.")
    lines = [f"Bộ triển khai {pack.campaign.name}", pack.unit.full_name, "", "Có:"]
    lines += [f"- {name}" for name in names]
    lines += ["", "Còn thiếu:", *(f"- {one}" for one in missing)] if missing else []
    return _plain("\n".join(lines))


def _plain(text: str) -> bytes:
    # Notepad of Windows knows UTF-8 by its mark, and lines by both signs.
    return ("\ufeff" + text.replace("\n", "\r\n")).encode()


DEPLOYMENT_ZIP = Kind(ZIP, _make)
