"""Conditions: whether they point somewhere, and whether anybody gets there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from portal.core.text import N_
from portal.features.questionnaires.checks.found import Finding, error
from portal.features.questionnaires.definition import Definition, Kind, Question

Needs = Mapping[str, frozenset[tuple[str, ...]]]
"""Question → the sets of options, of each of which one has to be chosen."""


def conditions(definition: Definition) -> Iterator[Finding]:
    """Find conditions that do not point to options of an earlier question."""
    numbers = {question.id: number for number, question in enumerate(definition.questions, 1)}
    earlier: dict[str, Question] = {}
    for question in definition.questions:
        for name, wanted in question.show_if.items():
            message = _fault(earlier.get(name), wanted, known=name in numbers)
            if message:
                yield error("condition", message, question.id, number=numbers.get(name, 0))
        earlier[question.id] = question


def unreachable(definition: Definition) -> Iterator[Finding]:
    """Find questions that no answers bring up, with or without a duty to answer them.

    Conditions are only ever joined by “and”, so a question can be reached if what it needs,
    directly and by way of the questions it hangs on, can be chosen question by question.
    """
    asked = {question.id: question for question in definition.questions}
    needs: dict[str, Needs] = {}
    for question in definition.questions:
        needs[question.id] = _needs(question, needs)
        wanted = needs[question.id].items()
        if question.show_if and not all(_can_choose(asked[name], sets) for name, sets in wanted):
            yield error(
                "dead",
                N_("Không ai tới được câu này: các điều kiện loại trừ nhau."),
                question.id,
            )


def _fault(earlier: Question | None, wanted: tuple[str, ...], *, known: bool) -> str:
    if earlier is None and known:
        return N_("Điều kiện dựa vào câu %(number)s, là câu đứng sau hoặc chính câu này.")
    if earlier is None:
        return N_("Điều kiện dựa vào một câu không còn nữa.")
    if not earlier.closed or earlier.kind == Kind.MATRIX:
        return N_("Điều kiện chỉ dựa được vào câu chọn; câu %(number)s là câu viết hoặc bảng.")
    codes = {option.code for option in earlier.options}
    if not wanted:
        return N_("Điều kiện chưa nói câu %(number)s trả lời thế nào.")
    gone = N_("Điều kiện dựa vào lựa chọn không còn nữa của câu %(number)s.")
    return "" if set(wanted) <= codes else gone


def _needs(question: Question, known: Mapping[str, Needs]) -> Needs:
    found: dict[str, frozenset[tuple[str, ...]]] = defaultdict(frozenset)
    for name, wanted in question.show_if.items():
        if name in known:  # Others are named by `conditions`.
            found[name] |= {wanted}
            for further, sets in known[name].items():
                found[further] |= sets
    return found


def _can_choose(question: Question, sets: frozenset[tuple[str, ...]]) -> bool:
    if not question.closed or question.kind == Kind.MATRIX:
        return True  # `conditions` names it.
    alone = [{option.code} for option in question.options]
    if question.kind == Kind.MULTI:
        alone = [{option.code} for option in question.options if option.unknown]
        alone.append({option.code for option in question.options if not option.unknown})
    return any(all(chosen & set(wanted) for wanted in sets) for chosen in alone)
