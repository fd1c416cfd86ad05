"""Another unit's addresses do not exist: 404 for GET and POST, for every role."""

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.core.jobs import enqueue
from portal.features.ballots.models import BallotGroup, Voter
from portal.features.campaigns.models import CampaignUnit, QrCode, ShareNote
from portal.features.consultations import comments
from portal.features.consultations.comments import Said, Source
from portal.features.consultations.models import CommentHiding, Consultation, Submission, TrackKind
from portal.features.documents import queries, services
from portal.features.documents.body import Duty, Party
from portal.features.documents.models import State
from portal.features.evidence import services as evidence
from portal.features.field_reports.models import Explanation
from portal.features.inspections.models import Inspection
from portal.features.letters.models import Hiding, Letter, LetterBatch
from portal.features.mailbox.models import Mailbox, MailboxPoint
from portal.features.org_units.models import Point
from portal.features.publicity import services as postings
from portal.features.publicity.taking import NewPosting
from portal.features.questionnaires import drafts
from portal.features.regulations.models import Draft, DraftVersion
from portal.features.rosters.models import Roster, RosterConsignment, RosterRow
from portal.features.sealing import queries as keys
from portal.features.surveys.models import PaperBatch, SlipBatch
from portal.features.tallies.models import Tally
from portal.features.tasks.models import Task
from portal.features.teams.models import Team
from portal.features.users.models import SignIn, User
from portal.policy.roles import Duty as DutyOf
from portal.policy.roles import Role
from tests.support import composing, nominated, numbered, papers, sealed, surveyed
from tests.support.officials import HOMES, PLACES
from tests.support.pictures import upload

NOT_A_UNIT_S = {
    "admin.": "the operator's pages: they know no unit, others are refused whatever the address",
    "citizen.": "public by code",
    "office.adapt_questionnaire": "the library is everybody's, the copy is one's own",
    "office.questionnaire": "the library is everybody's",
    "static": "public",
}
THE_OPERATOR_S = "office.unit"
"""The operator looks after the points and figures of every unit."""
NEIGHBOURS = [Role.DISTRICT, Role.COMMUNE, Role.YOUTH, Role.ADMIN]


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def foreign(place, client):
    """What belongs to Xã 3 in Huyện B, or to somebody else: an argument's name and its value."""
    unit = place["Xã 3"]
    campaign = surveyed.campaign(place, opens_in=-9)
    owner = surveyed.account(place, "Xã 3", Role.COMMUNE)
    with write() as current:
        for name in ("Xã 1", "Xã 2"):
            current.delete(current.get_one(CampaignUnit, (campaign.id, place[name].id)))
        current.add(QrCode(code="k7rm4wxq", campaign_id=campaign.id, unit_id=unit.id))
        where = {"id": 1, "campaign_id": campaign.id, "unit_id": unit.id}
        current.add(SlipBatch(**where, size=9, printed_on=campaign.opens_on, printed_by="Tỉnh"))
        current.add(PaperBatch(**where, issued=9, day=campaign.opens_on, opened_by="Xã"))
        current.add(Explanation(**where, side="low", percent=9, text="Mưa", given_at=clock.now(),
                                given_by="Xã"))  # fmt: skip
        current.add(Inspection(
            **where, ordered_by_unit_id=place["Huyện B"].id, planned_on=campaign.opens_on,
            organisation_id=owner.organisation_id, inspectors="Huyện B", state="done",
            done_on=campaign.opens_on,
        ))  # fmt: skip
        roster_of(current, where)
        current.add(Team(**where, changed_at=clock.now(), changed_by="Xã"))
        job = enqueue("tidy", "foreign", owner_id=owner.id)
        point = Point(unit_id=unit.id, kind="village", name="Thôn xa", folded="", sort_key="")
        current.add(point)
        note = ShareNote(
            campaign_id=campaign.id, unit_id=unit.id, sent_on=campaign.opens_on, sent_by="Xã"
        )
        current.add(note)
    campaign_id = campaign.id
    return {
        "batch_id": 1, "roster_id": 1, "row_id": 1, "consignment_id": 1, "team_id": 1,
        "inspection_id": 1, "explanation_id": 1,
        "campaign_id": campaign_id, "unit_id": unit.id, "job_id": job.id,
        "item_id": campaign_id, "account_id": owner.id, "workflow": "campaign",
        "transition": "withdraw", "sign_in_id": theirs(client, owner),
        "nomination_id": nominated.foreign(campaign, unit, owner).id,
        "point_id": point.id, "note_id": note.id, "key": "A" * 44,
        "evidence_id": foreign_photo(place), "posting_id": foreign_posting(place),
        "questionnaire_id": drafts.create(
            composing.Author(unit.id), "PKS 99", "Phiếu của xã khác", composing.FULL
        ).questionnaire_id,
        **foreign_paper(place), **foreign_key(place), **foreign_box(owner), **foreign_case(owner),
    }  # fmt: skip


def roster_of(current, where) -> None:
    """Make a roster with a row, and a consolidated list of Xã 3's own."""
    now = {"changed_at": clock.now(), "changed_by": "Xã"}
    current.add(Roster(**where, kind="support", state="draft", **now))
    current.flush()
    current.add(RosterRow(id=1, roster_id=1, person="A", folded="a", sort_key="a", place="Nơi",
                          half="day"))  # fmt: skip
    sent = {"sent_at": clock.now(), "sent_by": "Xã", "content": "[]"}
    current.add(RosterConsignment(
        **where, step=1, number=0, to_step=2, to_unit_id=where["unit_id"], units=0, people=0,
        missing=0, **sent,
    ))  # fmt: skip


def foreign_case(owner) -> dict[str, object]:
    """Give a consultation of Xã 3 that is a draft, an agency that it asks, a comment of that."""
    body = {"unit_id": owner.unit_id, "organisation_id": owner.organisation_id}
    with write() as current:
        draft = Draft(**body, title="Quy chế")
        current.add(draft)
        current.flush()
        version = DraftVersion(draft_id=draft.id, number=1)
        current.add(version)
        case = Consultation(**body, draft_id=draft.id, name="Lấy ý kiến", code="bbbb4444")
        current.add(case)
        current.flush()
        asked = Submission(consultation_id=case.id, unit_id=case.unit_id, agency="Trường học",
                           folded="truong hoc")  # fmt: skip
        current.add(asked)
        group = BallotGroup(consultation_id=case.id, unit_id=case.unit_id, group="Tổ 1",
                            folded="to 1", households=9)  # fmt: skip
        current.add(group)
        current.flush()
        voter = Voter(group_id=group.id, number=1, representative="A")
        current.add(voter)
        current.flush()
        source = Source(case, TrackKind.AGENCY, clock.today(), asked.id)
        [comment] = comments.add(current, source, [Said("", "Thêm mục lục")])
        current.add(CommentHiding(
            comment_id=comment.id, consultation_id=case.id, unit_id=case.unit_id, reason="Lộ tên",
            asked_by_id=owner.id, asked_by="Xã", asked_on=clock.today(),
        ))  # fmt: skip
    return {"consultation_id": case.id, "submission_id": asked.id, "comment_id": comment.id,
            "opinion_id": comment.opinion_id, "version_id": version.id,
            "draft_id": draft.id, "paper_id": 1, "part": "chung", "group_id": group.id,
            "voter_id": voter.id, "kind": "pdf"}  # fmt: skip


def foreign_key(place) -> dict[str, int]:
    keeper = surveyed.account(place, "Huyện B", Role.DISTRICT)
    key = sealed.made_key(keeper)
    return {"key_id": key.id, "holder_id": keys.holder(keeper.id, key.id).id}


def foreign_box(owner) -> dict[str, object]:
    """Give a draft of Xã 3, a point and a week of it."""
    body = {"organisation_id": owner.organisation_id, "reader_id": owner.organisation_id}
    with write() as current:
        box = Mailbox(unit_id=owner.unit_id, **body, name="Hòm thư", subject="Việc",
                      code="bbbb2222", fields="Hộ tịch")  # fmt: skip
        point = Point(unit_id=owner.unit_id, kind="cultural_house", name="Nhà văn hóa",
                      folded="", sort_key="")  # fmt: skip
        current.add_all([box, point])
        current.flush()
        hung = MailboxPoint(box_id=box.id, point_id=point.id, code="bbbb3333")
        week = clock.today()
        tally = Tally(box_id=box.id, unit_id=box.unit_id, week=week, figures="{}", made_by="Xã",
                      made_by_id=owner.id, made_on=week)  # fmt: skip
        current.add_all([hung, tally])
    letter, hiding = foreign_letter(box)
    return {"letter_id": letter.id, "hiding_id": hiding.id,
            "mailbox_id": box.id, "place_id": hung.id, "tally_id": tally.id,
            "week": "2026-01-05", "month": "2026-01", "year": 2026}  # fmt: skip


def foreign_photo(place) -> int:
    author = papers.worker(place, Role.COMMUNE, at="Xã 3")
    subject = evidence.Subject("posting", 1, author.unit_id)
    return evidence.attach(author, subject, photos=evidence.read_photos([upload()]))[0].id


def foreign_posting(place) -> int:
    author = papers.worker(place, Role.COMMUNE, DutyOf.DRAFT, at="Xã 3")
    new = NewPosting(("ngan_sach",), "niem_yet", clock.today(), title="Dự toán")
    return postings.record(author, new)[0].id


def foreign_paper(place) -> dict[str, int]:
    """Give what belongs to a paper that Huyện B has issued to Xã 3."""
    numbered.letterhead(place, "Huyện B", regime="party")
    clerk = papers.worker(place, Role.DISTRICT, at="Huyện B")
    duty = Duty("viec0001", "Báo cáo", Party("Các xã", group="commune:committee"))
    paper = papers.draft(clerk, duties=(duty,))
    comment = services.discuss(clerk, paper, "Ghi rõ ngày")
    papers.bring(paper, State.APPROVED, clerk)
    file = services.attach_signed(clerk, paper, "ban-ky.pdf", papers.PDF)
    papers.bring(paper, State.ISSUED, clerk)
    [delivery], [entry] = queries.deliveries_of(paper.id), queries.numbers_of(paper.id)
    return {
        "document_id": paper.id, "comment_id": comment.id,
            "file_id": file.id, "number": 1,
        "organisation_id": clerk.organisation_id, "entry_id": entry.id,
        "delivery_id": delivery.id, "task_id": session().scalars(select(Task.id)).one(),
    }  # fmt: skip


def foreign_letter(box) -> tuple[Letter, Hiding]:
    """Give a letter of Xã 3, read there, that its level above is asked to hide."""
    day = clock.today()
    with write() as current:
        batch = LetterBatch(box_id=box.id, number=1, delivered_on=day, size=1, root=b"", digest=b"")
        current.add(batch)
        current.flush()
        letter = Letter(
            id=2**61 + 7, box_id=box.id, unit_id=box.unit_id, reader_id=box.reader_id, day=day,
            category="suggestion", form_hash=b"a", receipt_hash=b"b", sender_key=b"c",
            commitment=b"d", batch_id=batch.id, due_on=day,
        )  # fmt: skip
        current.add(letter)
        current.flush()
        hiding = Hiding(letter_id=letter.id, unit_id=box.unit_id, state_before="received",
                        reason="x", asked_by_id=1, asked_by="Xã", asked_on=day)  # fmt: skip
        current.add(hiding)
    return letter, hiding


def theirs(client, owner: User) -> int:
    client.sign_in(owner)
    client.sign_out()
    return session().scalars(select(SignIn.id).where(SignIn.user_id == owner.id)).one()


def addresses(app, foreign, role) -> list[tuple[str, str]]:
    found, address = [], app.url_map.bind("localhost")
    others = (*NOT_A_UNIT_S, *([THE_OPERATOR_S] if role == Role.ADMIN else []))
    for rule in app.url_map.iter_rules():
        if not rule.arguments or rule.endpoint.startswith(others):
            continue
        missing = rule.arguments - foreign.keys()
        assert not missing, f"say in `foreign` what {missing} of {rule.endpoint} is"
        url = address.build(rule.endpoint, {name: foreign[name] for name in rule.arguments})
        found += [(method, url) for method in sorted(rule.methods & {"GET", "POST"})]
    return found


def statuses(client, targets) -> dict[tuple[str, str], int]:
    page = client.page("/lan-dang-nhap")
    token = page.form("/dang-xuat").fields["csrf_token"]
    return {
        (method, url): (
            client.get(url) if method == "GET" else client.post(url, data={"csrf_token": token})
        ).status_code
        for method, url in targets
    }


@pytest.mark.parametrize("role", NEIGHBOURS)
def test_another_units_addresses_are_not_there(app, client, place, foreign, role):
    client.sign_in(surveyed.account(place, HOMES[role], role))
    found = statuses(client, addresses(app, foreign, role))
    assert {target: status for target, status in found.items() if status != 404} == {}
