"""Posters of many units: one PDF, or a ZIP with a folder a district. Made outside a request."""

import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from portal.core.database import session, write
from portal.core.errors import Missing
from portal.core.exports import new_export
from portal.core.jobs import Job, Kind, Running, enqueue
from portal.features.campaigns import queries, share
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.campaigns.posters import Poster, posters_pdf
from portal.features.org_units.models import Unit
from portal.features.settings import services as settings

BOOK, ARCHIVE = "poster_book", "poster_zip"
_STEP = 20


@dataclass(frozen=True)
class Order:
    """What is to be printed: the units of a campaign that one unit reaches."""

    campaign_id: int
    below: int
    base_url: str
    """The configured address of the portal; a job has no request to know it from."""


def order(kind: str, owner_id: int, campaign: Campaign, below: Unit, base_url: str) -> Job:
    """Ask for posters; the same wish again, with nothing changed, is the same job.

    Args:
        kind: `BOOK` or `ARCHIVE`.
        owner_id: the account that may have the file.
        campaign: whose posters.
        below: only units that this unit reaches.
        base_url: the configured address of the portal.

    Raises:
        Missing: there is no code below this unit.
    """
    codes = queries.codes(campaign.id, below.id)
    if not codes:
        raise Missing
    wish = f"{campaign.id}:{campaign.version}:{below.id}:{_digest(base_url, codes)}"
    data = asdict(Order(campaign.id, below.id, base_url))
    with write("jobs"):
        return enqueue(kind, f"{kind}:{owner_id}:{wish}", data, owner_id=owner_id, total=len(codes))


def _digest(base_url: str, codes: Sequence[QrCode]) -> str:
    """A code exchanged since makes other posters, though the campaign's version stands."""
    printed = " ".join((base_url, *(code.code for code in codes)))
    return hashlib.sha256(printed.encode()).hexdigest()[:16]


def _book(running: Running) -> str:
    campaign, posters = _load(running.data)
    running.progress(0, len(posters))
    content = posters_pdf([poster for _, poster in posters])
    with new_export(f"Áp phích {campaign.name}.pdf") as (export, stream):
        stream.write(content)
    running.progress(len(posters), len(posters))
    return export.to_result()


def _archive(running: Running) -> str:
    campaign, posters = _load(running.data)
    with (
        new_export(f"Áp phích {campaign.name}.zip") as (export, stream),
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive,
    ):
        for done, (code, poster) in enumerate(posters):
            if done % _STEP == 0:
                running.progress(done, len(posters))
            archive.writestr(_path(code), posters_pdf([poster]))
    running.progress(len(posters), len(posters))
    return export.to_result()


def _load(data: Mapping[str, object]) -> tuple[Campaign, list[tuple[QrCode, Poster]]]:
    wanted = Order(**data)  # type: ignore[arg-type]  # `order` wrote it
    campaign = session().get_one(Campaign, wanted.campaign_id)
    sample = settings.installation().sample
    codes = queries.codes(wanted.campaign_id, wanted.below)
    posters = [(c, share.poster(campaign, c, wanted.base_url, sample=sample)) for c in codes]
    return campaign, posters


def _path(code: QrCode) -> str:
    unit, above = code.unit, code.unit.parent
    name = f"{unit.full_name} ({unit.code}).pdf".replace("/", "-")
    return f"{above.full_name.replace('/', '-')}/{name}" if above else name


POSTER_BOOK = Kind(BOOK, _book)
POSTER_ZIP = Kind(ARCHIVE, _archive)
