"""The working team (tổ công tác) of a unit in a campaign, and what of it was sent."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, UtcDateTime
from portal.core.text import person_sort_key
from portal.features.campaigns.models import Campaign
from portal.features.documents.models import Document
from portal.features.org_units.models import Unit


class State(StrEnum):
    """Where the team of a unit stands."""

    DRAFT = "draft"
    """Being put together, or changed after it was sent (kiện toàn)."""
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


OPEN = frozenset({State.DRAFT, State.RETURNED})
"""In these its members can be changed."""


class Part(StrEnum):
    """What somebody is within a team."""

    HEAD = "head"
    DEPUTY = "deputy"
    MEMBER = "member"
    DATA_ENTRY = "data_entry"
    """Enters reports (DOMAIN A21)."""


_RANKS = {Part.HEAD: 0, Part.DEPUTY: 1}


@dataclass(frozen=True)
class Member:
    """Somebody on a team."""

    name: str
    position: str = ""
    """Chức vụ: “Phó Bí thư Thường trực”."""
    body: str = ""
    """Đơn vị: “Đảng ủy phường”."""
    part: str = Part.MEMBER
    phone: str = ""
    """For officials alone, never printed or published."""

    @property
    def post(self) -> str:
        """Give position and body in one line."""
        return ", ".join(said for said in (self.position, self.body) if said)


def in_order(members: Iterable[Member]) -> tuple[Member, ...]:
    """Sort members: the head, deputies, then the others, each by given name."""
    return tuple(
        sorted(members, key=lambda one: (_RANKS.get(Part(one.part), 2), person_sort_key(one.name)))
    )


def to_json(members: Iterable[Member]) -> str:
    """Write members as they are stored, in their order."""
    return json.dumps([asdict(one) for one in in_order(members)], ensure_ascii=False)


def of_json(content: str) -> tuple[Member, ...]:
    """Read what `to_json` wrote."""
    return tuple(Member(**one) for one in json.loads(content))


class Team(Base):
    """The one team of a unit in a campaign (DOMAIN R06), as it is being written now."""

    __tablename__ = "teams"
    __table_args__ = (
        UniqueConstraint("campaign_id", "unit_id"),
        CheckConstraint("state IN ('draft', 'submitted', 'returned', 'accepted')", name="state"),
        CheckConstraint("number >= 0", name="number"),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    state: Mapped[str] = mapped_column(default=State.DRAFT)
    content: Mapped[str] = mapped_column(Text, default="[]")
    """The members as JSON; see `of_json`."""
    number: Mapped[int] = mapped_column(default=0)
    """How many times it was sent."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    """The decision that sets these members up, once it is drafted."""
    note: Mapped[str] = mapped_column(Text, default="")
    """Why it is being changed, or why it was returned."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)

    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship()
    document: Mapped[Document | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def members(self) -> tuple[Member, ...]:
        """Give the members in order."""
        return of_json(self.content)

    @property
    def head(self) -> Member | None:
        """Give who leads it."""
        return next((one for one in self.members if one.part == Part.HEAD), None)

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"{self.campaign.name}, {self.unit.running_name}"

    @property
    def is_announced(self) -> bool:
        """Say whether units other than the campaign's owner may know of it."""
        return self.campaign.is_announced

    @property
    def is_open(self) -> bool:
        """Say whether its members can be changed."""
        return self.state in OPEN


class TeamVersion(Base):
    """A team as it was sent; it stays as it is, later changes are the next number."""

    __tablename__ = "team_versions"

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was changed; "" for the first."""
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by: Mapped[str]
    verdict: Mapped[str] = mapped_column(default="")
    """ "accepted" or "returned"; "" before anybody above has said."""
    verdict_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    verdict_by: Mapped[str] = mapped_column(default="")
    verdict_note: Mapped[str] = mapped_column(Text, default="")

    document: Mapped[Document | None] = relationship()

    @property
    def members(self) -> tuple[Member, ...]:
        """Give the members in order."""
        return of_json(self.content)
