"""A unit that is being asked, and its code, for tests of what citizens open."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from portal.core.database import session, write
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.campaigns.phase import State
from portal.features.questionnaires.definition import Definition
from portal.features.surveys import form_keys, intake, places
from portal.features.surveys.intake import Outcome
from portal.features.surveys.models import FormKey, Intake
from tests.support import surveyed

CODE, NEW_CODE = "k7rm4wxq", "bcdf2345"
UNIT = "Phường Ngô Quyền"


@dataclass(frozen=True)
class Asked:
    """A campaign that asks in one unit behind one code."""

    campaign: Campaign
    unit_id: int
    code: str = CODE

    def send(self, key: str | None = None, *, has_sent: bool = False, **answers: str) -> Outcome:
        """Hand a form to the intake, as its page would; `chung` and `biet` are answered."""
        fields = MultiDict({"chung": "5", "biet": "khong"} | answers)
        place = places.find(self.code)
        assert place is not None
        return intake.receive(place, key or form_keys.new(self.code), fields, has_sent=has_sent)

    def revoke(self, reason: str, *, replaced: bool) -> None:
        """Withdraw the code, and give the unit a new one if it is replaced."""
        with write() as current:
            code = current.get_one(QrCode, self.code)
            code.revoked_on, code.revoke_reason = date(2026, 5, 7), reason
            if replaced:
                current.flush()
                current.add(
                    QrCode(code=NEW_CODE, campaign_id=self.campaign.id, unit_id=self.unit_id)
                )


def ask(
    form: Definition = surveyed.FORM, *, state: State = State.READY, opens_in: int = -1
) -> Asked:
    """Make a ward of a city of a province, and a campaign that asks there."""
    province = surveyed.province({"thành phố Bắc Giang": [UNIT]})
    made = surveyed.campaign(province, form=form, state=state, opens_in=opens_in)
    with write() as current:
        current.add(QrCode(code=CODE, campaign_id=made.id, unit_id=province[UNIT].id))
    return Asked(made, province[UNIT].id)


def taken() -> list[Intake]:
    """List the answers that have been taken in."""
    return list(session().scalars(select(Intake).order_by(Intake.key)))


def key_hashes() -> list[bytes]:
    """List the hashes of the forms that have been sent."""
    return list(session().scalars(select(FormKey.hash).order_by(FormKey.hash)))
