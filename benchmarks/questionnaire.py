"""A questionnaire of 100 questions in the editor: the page, what a button does, the paper form."""

import gzip
import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from werkzeug.datastructures import MultiDict

from benchmarks import setting
from benchmarks.dashboard import Unchecked
from portal.features.questionnaires import checks, drafts
from portal.features.questionnaires.definition import Definition, Section
from portal.features.questionnaires.editing import edit
from portal.features.questionnaires.fields import filled
from portal.features.questionnaires.paper import form_pdf
from portal.features.questionnaires.services import LIBRARY
from portal.policy.roles import Role
from tests.support import surveyed
from tests.support.composing import Author

TIMES = 15


def main() -> None:
    """Print the times (aim: a command with its checks within 50 ms)."""
    form = large()
    stored, typed = form.to_json(), fields(form)
    print(f"{'editor, command':28} {took(lambda: command(stored)):.0f} ms (aim ≤ 50 ms)")
    print(f"{'editor, page and command':28} {took(lambda: command(stored, typed)):.0f} ms")
    print(f"{'editor, paper form':28} {took(lambda: form_pdf(form, version=1)):.0f} ms")
    with setting.database("sqlite") as (data_dir, url), setting.portal(data_dir, url) as app:
        app.test_client_class = Unchecked
        place = surveyed.province({})
        client = app.test_client()
        client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
        draft = drafts.create(Author(place["Tỉnh"].id), "THU100", "Trăm câu", form)
        requests(client, f"/phieu-mau/soan/{draft.questionnaire_id}")


def requests(client: Unchecked, address: str) -> None:
    """Print what a browser waits for and is sent: the page once, then only what has changed."""
    page = client.get(f"{address}?mo=question-c60")
    body = page.get_data()
    took_page = took(lambda: client.get(f"{address}?mo=question-c60"))
    print(f"{'editor, whole page':28} {took_page:.0f} ms, {size(body)}")
    token, version = (
        re.search(rf'name="{name}" value="([^"]+)"', page.text)[1]  # type: ignore[index]
        for name in ("csrf_token", "version")
    )
    state: dict[str, str] = {"csrf_token": token, "version": version, "mo": "question-c60"}
    has = dict(re.findall(r'data-block="([^"]+)" data-print="([^"]+)"', page.text))
    acts = {
        "add": "question.add.6.scale", "move": "question.up.c60", "edit": "autosave",
        "open another": "open.question-c61",
    }  # fmt: skip
    for name, act in acts.items():
        sizes: list[str] = []

        def press(command: str = act, sizes: list[str] = sizes) -> None:
            fields = {**state, "lenh": command, "co": json.dumps(has)}
            if command == "autosave":
                fields["c60-hoi"] = f"Lời hỏi {time.perf_counter_ns()}?"
            answer = client.post(address, data=fields, headers={"Accept": "application/json"})
            state["version"] = str(answer.json["version"])  # type: ignore[index]
            has.update(answer.json["order"])  # type: ignore[index]
            sizes.append(size(answer.get_data()))

        milliseconds = took(press)
        print(f"{'editor, ' + name:28} {milliseconds:.0f} ms (aim ≤ 100 ms), {sizes[-1]}")


def size(body: bytes) -> str:
    """Say how much a browser is sent, plain and compressed."""
    return f"{len(body) / 1024:.0f} KB, gzip {len(gzip.compress(body)) / 1024:.0f} KB"


def command(stored: str, typed: MultiDict[str, str] | None = None) -> str:
    """Do what a button does: read the draft, take the page, move a question, check, write."""
    form = Definition.from_json(stored)
    form = edit(filled(form, typed) if typed else form, "question.up.c60").definition
    checks.check(form)
    return form.to_json()


def large() -> Definition:
    """Give 100 questions in ten sections, those of the library over and over."""
    library = [Definition.from_data(raw) for raw in json.loads(LIBRARY.read_text())]
    known = [question for form in library for question in form.questions]
    questions = [
        replace(known[i % len(known)], id=f"c{i + 1}", show_if={"c1": ("1",)} if i > 90 else {})
        for i in range(100)
    ]
    sections = (Section(f"Phần {i}", tuple(questions[i * 10 : i * 10 + 10])) for i in range(10))
    return replace(library[0], key_question=None, sections=tuple(sections))


def fields(form: Definition) -> MultiDict[str, str]:
    """Give the page of the editor as it is posted."""
    typed: MultiDict[str, str] = MultiDict()
    for question in form.questions:
        typed[f"{question.id}-hoi"] = question.text
        for option in question.options:
            typed[f"{question.id}-chon-{option.code}-nhan"] = option.label
    return typed


def took(act: Callable[[], object]) -> float:
    """Give the milliseconds that something usually takes."""
    times = []
    for _ in range(TIMES):
        started = time.process_time()  # What else the machine does is not the editor's doing.
        act()
        times.append(time.process_time() - started)
    return median(times) * 1000


if __name__ == "__main__":
    main()
