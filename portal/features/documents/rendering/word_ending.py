"""The end of a .docx: to whom it goes, and who signs; never on two pages."""

from portal.features.documents.paper import SIGNATURE_SHARE, Paper
from portal.features.documents.rendering.word_xml import (
    Look,
    Node,
    cell,
    paragraph,
    row,
    run,
    table,
)

_ROOM_TO_SIGN_PT = 74
_LONG = 40
"""From so many recipients the block may go on to the next page."""


def ending(paper: Paper) -> tuple[Node, Node]:
    """Draw recipients and signature side by side, in a table whose lines are not drawn.

    The paragraph after it, which Word asks for at the end of a text, takes no room.
    """
    right = paper.form.text_mm * SIGNATURE_SHARE
    left = paper.form.text_mm - right
    cells = [cell(left, [*_second(paper), *_recipients(paper)]), cell(right, _signature(paper))]
    whole = len(paper.recipients) <= _LONG
    drawn = table([left, right], [row(cells, whole=whole)], lines=False, padding=0)
    return drawn, paragraph([], Look(exact=1))


def _recipients(paper: Paper) -> list[Node]:
    if not paper.recipients:
        return []
    form, sizes = paper.form, paper.form.sizes
    state = form.recipients_title == "italic-bold"
    title = run("Nơi nhận:", bold=state, italic=state, underline=not state,
                size=sizes["recipients_title"])  # fmt: skip
    return [
        paragraph([title], Look("NoiNhan", before=10)),
        *(paragraph([run(line)], Look("NoiNhan")) for line in paper.recipients),
    ]


def _signature(paper: Paper) -> list[Node]:
    lines = [run(line, bold=True) for line in paper.authority_lines]
    lines += [run(line, bold=paper.form.title_bold) for line in paper.title_lines]
    return _signed(lines, paper.signer)


def _second(paper: Paper) -> list[Node]:
    if not paper.second_signer:
        return []
    lines = [run(line, bold=paper.form.title_bold) for line in paper.second_title_lines]
    return _signed(lines, paper.second_signer)


def _signed(lines: list[Node], signer: str) -> list[Node]:
    drawn = [
        paragraph([line], Look("ChuKy", before=0 if place else 10))
        for place, line in enumerate(lines)
    ]
    name = run(signer, bold=True)
    return [*drawn, paragraph([name], Look("ChuKy", before=_ROOM_TO_SIGN_PT))]
