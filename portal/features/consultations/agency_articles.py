"""One article of the draft as an agency writes on it: its boxes, and its neighbours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.features.consultations import agency_answers, agency_boxes
from portal.features.consultations.comments import LONGEST
from portal.features.consultations.models import Submission
from portal.features.regulations import queries as regulations
from portal.features.regulations import reading
from portal.features.regulations.reading import Entry


@dataclass(frozen=True)
class Box:
    """A provision with the box for comments on it."""

    entry: Entry
    name: str
    text: str
    is_gone: bool
    """Whether the version that people read now is without it."""


@dataclass(frozen=True)
class Article:
    """One article with its boxes, and its neighbours."""

    entry: Entry
    boxes: Sequence[Box]
    before: Entry | None
    after: Entry | None
    seen: str

    most = LONGEST


def article(
    submission: Submission, key: str, typed: Mapping[str, str] | None = None
) -> Article | None:
    """Give one article with the boxes of its provisions; None if the draft never had such a one.

    What a later version dropped keeps its box as long as something is written in it.

    Args:
        submission: of the agency.
        key: of the article.
        typed: what was typed and could not be kept, by key.
    """
    outline = _outline_with(submission.consultation.draft_id, key)
    at = next((n for n, entry in enumerate(outline) if entry.key == key), None)
    if at is None or not (outline[at].is_article or not outline[at].article):
        return None
    shown = reading.below(outline, key) if outline[at].is_article else [outline[at]]
    boxes = _boxes(submission, key, shown, typed or {})
    return Article(
        outline[at], boxes,
        next((one for one in reversed(outline[:at]) if has_page(one)), None),
        next((one for one in outline[at + 1 :] if has_page(one)), None),
        agency_answers.seen(submission, {box.entry.key for box in boxes}),
    )  # fmt: skip


def has_page(entry: Entry) -> bool:
    """Say whether one turns to it: an article, or an appendix; a chapter is only a heading."""
    return entry.is_article or bool(entry.text and not entry.article)


def _boxes(
    submission: Submission, key: str, shown: Sequence[Entry], typed: Mapping[str, str]
) -> list[Box]:
    """Give the boxes of what is shown, and of what was dropped from there with words in it."""
    draft_id = submission.consultation.draft_id
    texts = {**agency_answers.kept(submission), **typed}
    there = {one.key for one in shown}
    dropped = [one for one in reading.places(draft_id).values()
               if one.article == key and one.key not in there and texts.get(one.key)]  # fmt: skip
    now = {one.key for one in reading.latest(draft_id)}
    return [
        Box(one, agency_boxes.field(one.key), texts.get(one.key, ""), one.key not in now)
        for one in (*shown, *dropped)
    ]


def _outline_with(draft_id: int, key: str) -> list[Entry]:
    """Give the latest version that has a provision; [] if none ever had it."""
    versions = (reading.outline(one) for one in reversed(regulations.given(draft_id)))
    return next((found for found in versions if any(one.key == key for one in found)), [])
