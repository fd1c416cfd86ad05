"""Folding against submitting: answers a second that the fold moves, on both databases."""

import random
import time

from sqlalchemy import insert

from benchmarks import setting
from portal.core import clock
from portal.core.database import random_key, write
from portal.features.campaigns.models import Campaign
from portal.features.surveys import fold
from portal.features.surveys.models import FormKey, Intake

COUNT = 20_000


def main() -> None:
    """Print the rate; compare it with the submissions of benchmarks/submissions.py."""
    for backend in setting.BACKENDS:
        with setting.database(backend) as (data_dir, url), setting.portal(data_dir, url):
            campaign = setting.ask()
            take_in(campaign, COUNT)
            started = time.perf_counter()
            folded = fold.fold_pending()
            elapsed = time.perf_counter() - started
            print(f"{'folding, ' + backend:28} {folded / elapsed:,.0f} answers/s")


def take_in(campaign: Campaign, count: int) -> None:
    """Put answers of all communes into the intake, as submissions would."""
    chance, definition = random.Random(3), campaign.questionnaire_version.definition
    units, today = setting.asked_units(campaign.id), clock.today()
    sheets = [_packed(definition, chance) for _ in range(200)]
    for start in range(0, count, 10_000):
        places = [{"campaign_id": campaign.id, "unit_id": chance.choice(units)}
                  for _ in range(min(10_000, count - start))]  # fmt: skip
        answers = [
            place | {"key": random_key(), "day": today, "choices": chance.choice(sheets),
                     "texts": ""}
            for place in places
        ]  # fmt: skip
        keys = [place | {"hash": random_key() * 2, "folded": False} for place in places]
        with write() as current:
            current.execute(insert(Intake), answers)
            current.execute(insert(FormKey), keys)


def _packed(definition, chance) -> str:  # noqa: ANN001
    fields = setting.filled(definition, chance)
    chosen = {q.id: (str(fields[q.id]),) for q in definition.closed_questions if q.id in fields}
    return definition.pack(chosen)


if __name__ == "__main__":
    main()
