"""Made-up answers that look like a province: districts differ, moods differ, some say nothing."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert

from portal.core.database import random_key, write
from portal.features.org_units.models import Unit
from portal.features.questionnaires.definition import Definition, Kind, Option, Question
from portal.features.surveys.models import Intake

_SPEAK_UP = 0.05
_SKIPPED = 0.04
_TEXTS = (
    "Mong xã thông báo lịch họp thôn sớm hơn để bà con sắp xếp công việc.",
    "Đề nghị công khai các khoản đóng góp trên loa và ở nhà văn hóa.",
    "Cán bộ một cửa hướng dẫn nhiệt tình, mong tiếp tục giữ như vậy.",
    "Đường vào thôn xuống cấp, xin cho biết khi nào sửa.",
    "Nên có thêm người hướng dẫn nộp hồ sơ qua mạng cho người lớn tuổi.",
    "Họp dân nên tổ chức buổi tối để người đi làm tham gia được.",
    "Bảng niêm yết ở ủy ban chữ nhỏ, khó đọc.",
    "Mong kết quả giải quyết kiến nghị được trả lời bằng văn bản.",
    "Thời gian chờ làm thủ tục đất đai còn lâu.",
    "Bà con rất đồng tình với việc bàn công khai mức đóng góp làm đường.",
    "Cần phát thanh lại thông báo vào buổi chiều.",
    "Đề nghị lắp thêm đèn ở ngõ, bà con sẵn sàng góp một phần.",
)


def invent(
    campaign_id: int,
    definition: Definition,
    units: Mapping[Unit, int],
    days: Sequence[date],
    seed: str,
) -> int:
    """Put answers into the intake, as if they had been sent.

    Args:
        campaign_id: the campaign.
        definition: the form they answer.
        units: how many answers each unit has.
        days: the days they came on.
        seed: the same seed gives the same answers.

    Returns:
        How many.
    """  # fmt: skip
    luck = random.Random(seed)  # noqa: S311 - made-up answers
    likely = _likely(days)
    rows = [
        {
            "key": random_key(),
            "campaign_id": campaign_id,
            "unit_id": unit.id,
            "day": luck.choices(days, likely)[0],
            **answer,
        }
        for unit, n in units.items()
        for answer in _answers(definition, _mood(unit), n, luck)
    ]
    with write() as current:
        current.connection().execute(insert(Intake), rows)
    return len(rows)


def _mood(unit: Unit) -> float:
    """Give how content a unit is, about -0.7 to 0.7; the same for every survey."""
    district = unit.parent.code if unit.parent else ""
    shared = random.Random(f"district {district}").uniform(-0.35, 0.4)  # noqa: S311
    return shared + random.Random(f"unit {unit.code}").uniform(-0.3, 0.3)  # noqa: S311


def _likely(days: Sequence[date]) -> list[float]:
    """Give how many come on each day: most at first, few at the weekend."""
    return [0.88**n * (0.45 if day.weekday() >= 5 else 1.0) for n, day in enumerate(days)]


def _answers(
    definition: Definition, mood: float, n: int, luck: random.Random
) -> Iterator[dict[str, Any]]:
    for _ in range(n):
        own = mood + luck.gauss(0, 0.5)
        choices: dict[str, tuple[str, ...]] = {}
        texts = ""
        for question in definition.answered:
            if not question.asked(choices) or (not question.required and luck.random() < _SKIPPED):
                continue
            if question.closed:
                choices[question.id] = _choice(question, own, luck)
            elif luck.random() < _SPEAK_UP:
                texts = _packed_text(question.id, luck.choice(_TEXTS))
        yield {"choices": definition.pack(choices), "texts": texts}


def _choice(question: Question, own: float, luck: random.Random) -> tuple[str, ...]:
    if question.kind == Kind.MULTI:
        known = [option.code for option in question.options if not option.unknown]
        chosen = tuple(code for code in known if luck.random() < 0.55 / (1 + known.index(code) / 2))
        return chosen or (known[0],)
    codes = [option.code for option in question.options]
    return (luck.choices(codes, _weights(question, round(own, 1)))[0],)


def _weights(question: Question, own: float) -> list[float]:
    """Give how likely each option is for somebody so content."""
    best = max((option.score or 0 for option in question.options), default=0)
    return [_weight(question, option, best, own) for option in question.options]


def _weight(question: Question, option: Option, best: int, own: float) -> float:
    if option.unknown:
        return 0.09
    if option.score is not None:
        # The second best is the commonest answer; a better mood moves the weight up.
        return float(2.0 ** -((option.score - (best - 0.8 + own)) ** 2))
    yes = min(max(0.8 + own * 0.2, 0.05), 0.95)
    if "phiền hà" in question.text:
        yes = 0.16 - yes * 0.14
    return {"co": yes, "khong": 1 - yes}.get(option.code, 1.0)


def _packed_text(question: str, text: str) -> str:
    return json.dumps({question: text}, ensure_ascii=False)
