"""What the page shows on which a sheet of paper is typed in."""

from dataclasses import dataclass

from portal.features.questionnaires.definition import Question
from portal.features.questionnaires.pages import Numbered, Part, parts
from portal.features.surveys import papers
from portal.features.surveys.answers import Problem, Reading
from portal.features.surveys.models import PaperBatch


@dataclass(frozen=True)
class EntryPage:
    """The form of a sheet: empty, or with what was typed and what is wrong with it."""

    batch: PaperBatch
    key: str
    parts: tuple[Part, ...]
    reading: Reading
    entered: int

    @classmethod
    def empty(cls, batch: PaperBatch, key: str) -> "EntryPage":
        """Give the form of the next sheet."""
        return cls.again(batch, key, Reading())

    @classmethod
    def again(cls, batch: PaperBatch, key: str, reading: Reading) -> "EntryPage":
        """Give the form of a sheet back as it was typed."""
        definition = batch.campaign.questionnaire_version.definition
        return cls(batch, key, parts(definition), reading, papers.entered(batch))

    @property
    def number(self) -> int:
        """Give which sheet this is."""
        return self.entered + 1

    @property
    def wrong(self) -> list[tuple[Numbered, Question, Problem]]:
        """List what has a problem, in order."""
        return [
            (numbered, asked, self.reading.errors[asked.id])
            for part in self.parts
            for numbered in part.questions
            for asked in numbered.question.parts()
            if asked.id in self.reading.errors
        ]

    @property
    def first(self) -> str:
        """Give the id of the question where typing begins: the first, or the first problem."""
        if self.wrong:
            return self.wrong[0][1].id
        return self.parts[0].questions[0].question.parts()[0].id
