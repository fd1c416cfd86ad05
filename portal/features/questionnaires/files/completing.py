"""What a person need not write into a sheet: codes, and the scores of a scale."""

from dataclasses import replace

from portal.features.questionnaires.definition import Kind, Question, Row
from portal.features.questionnaires.editing.questions import scored as from_top
from portal.features.questionnaires.editing.sequences import free_name
from portal.features.questionnaires.scales import UNKNOWN_CODE


def scored(question: Question) -> Question:
    """Score a scale from top to bottom if nobody did."""
    if question.kind != Kind.SCALE:
        return question
    return replace(question, options=from_top(question.options))


def numbered(question: Question) -> Question:
    """Give a code to every option and row that has none: the score of a level, else a number."""
    taken = {option.code for option in question.options}
    options = []
    for option in question.options:
        wanted = UNKNOWN_CODE if option.unknown else str(option.score or "")
        if not wanted or wanted in taken:
            wanted = free_name(taken)
        options.append(option if option.code else replace(option, code=wanted))
        taken.add(options[-1].code)
    rows: list[Row] = []
    for row in question.rows:
        known = {one.code for one in (*question.rows, *rows)}
        rows.append(row if row.code else replace(row, code=free_name(known)))
    return replace(question, options=tuple(options), rows=tuple(rows))
