"""The key of a body: made once, shared by hand, opened by words that are stored nowhere."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock, sealing
from portal.core.database import session, write
from portal.core.errors import Invalid, Missing, Refused
from portal.features.audit import services as audit
from portal.features.audit.models import AuditEntry
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Organisation
from portal.features.sealing import queries, services
from portal.features.sealing.models import KeyHolder
from portal.features.users.models import User
from portal.policy.roles import Duty, Role
from tests.support import sealed, surveyed
from tests.support.officials import PLACES
from tests.support.sealed import WORDS, keeper

OTHER_WORDS = "chim sâu hót sau vườn chuối"


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def chief(place):
    return surveyed.account(place, "Huyện A", Role.DISTRICT)


@pytest.fixture
def colleague(place):
    return surveyed.account(place, "Huyện A", Role.DISTRICT, frozenset({Duty.DRAFT}))


def actions():
    query = select(AuditEntry.action).where(AuditEntry.subject_kind == "seal_key")
    return list(session().scalars(query.order_by(AuditEntry.number)))


def test_its_maker_opens_the_key_with_the_words_and_nobody_with_others(chief):
    key = sealed.made_key(chief)
    shut = sealing.seal(key.public, b"thu")
    assert sealing.open_sealed(sealed.private_key(chief), shut) == b"thu"
    with pytest.raises(Invalid) as refused:
        services.unlock(keeper(chief), OTHER_WORDS)
    assert refused.value.errors == {"words": "Câu mở khóa chưa đúng."}


def test_neither_the_private_key_nor_the_words_nor_the_sheet_is_stored(chief, settings, database):
    _, sheet = sealed.made_key_and_sheet(chief)
    private = sealed.private_key(chief)
    kept = [one.wrapped + one.salt for one in session().scalars(select(KeyHolder))]
    assert len(kept) == 2
    for secret in (private, WORDS.encode(), sheet.replace("-", "").encode()):
        assert not any(secret in one for one in kept)
        for path in settings.data_dir.rglob("*"):
            assert not (path.is_file() and secret in path.read_bytes())


@pytest.mark.parametrize("words", ["ngắn", "1234567890", "Huyện A 2026", "matkhau123456"])
def test_weak_words_are_refused(chief, words):
    with pytest.raises(Invalid) as refused:
        services.make_key(keeper(chief), words)
    assert "words" in refused.value.errors
    assert queries.live_key(chief.organisation_id) is None


def test_a_body_has_one_key_at_a_time(chief):
    sealed.made_key(chief)
    with pytest.raises(Refused):
        services.make_key(keeper(chief), OTHER_WORDS)


def test_a_letter_is_sealed_to_the_nearest_level_above_that_has_a_key(place, chief):
    commune = place["Xã 1"].id
    assert queries.key_above(commune) is None
    province = sealed.made_key(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    assert queries.key_above(commune).id == province.id
    district = sealed.made_key(chief)
    assert queries.key_above(commune).id == district.id
    assert queries.key_above(place["Xã 3"].id).id == province.id
    assert queries.key_above(place["Huyện A"].id).id == province.id
    assert queries.key_above(place["Tỉnh"].id) is None


def test_a_retired_key_seals_nothing_more_and_still_opens(place, chief):
    key = sealed.made_key(chief)
    services.retire(keeper(chief), key, "Lập khóa khác")
    assert queries.key_above(place["Xã 1"].id) is None
    assert sealed.private_key(chief)
    newer = sealed.made_key(chief, OTHER_WORDS)
    assert queries.key_above(place["Xã 1"].id).id == newer.id
    assert set(services.unlock(keeper(chief), WORDS)) == {key.id}
    assert set(services.unlock(keeper(chief), OTHER_WORDS)) == {newer.id}


def test_the_steering_body_comes_before_others_of_its_level(place, chief):
    sealed.made_key(chief)
    with write() as current:
        board = Organisation(unit_id=place["Huyện A"].id, kind=OrganisationKind.STEERING,
                             name="Ban Chỉ đạo", folded="", sort_key="")  # fmt: skip
        current.add(board)
        current.flush()
        user = User(username="bcd", display_name="Lãnh đạo", role=Role.DISTRICT,
                    duty_names=frozenset({Duty.APPROVE}), organisation_id=board.id,
                    must_change_password=False, password_hash="x",
                    created_at=clock.now(), sort_key="", folded="")  # fmt: skip
        current.add(user)
    key = sealed.made_key(user)
    assert queries.key_above(place["Xã 1"].id).id == key.id


def test_an_invited_colleague_comes_once_and_has_words_of_its_own(chief, colleague):
    key = sealed.made_key(chief)
    code = services.invite(keeper(chief), key, colleague.id, sealed.private_key(chief))
    assert not queries.holds(keeper(colleague), key.id)
    private = services.join(keeper(colleague), key, code.lower(), OTHER_WORDS)
    assert private == sealed.private_key(chief) == sealed.private_key(colleague, OTHER_WORDS)
    assert queries.holds(keeper(colleague), key.id)
    with pytest.raises(Missing):
        services.join(keeper(colleague), key, code, WORDS)


def test_a_wrong_or_old_code_lets_nobody_in(chief, colleague):
    key = sealed.made_key(chief)
    code = services.invite(keeper(chief), key, colleague.id, sealed.private_key(chief))
    with pytest.raises(Invalid) as refused:
        services.join(keeper(colleague), key, code[::-1], OTHER_WORDS)
    assert "code" in refused.value.errors
    with write() as current:
        for one in current.scalars(select(KeyHolder).where(KeyHolder.kind == "invited")):
            one.since -= timedelta(days=8)
    with pytest.raises(Invalid):
        services.join(keeper(colleague), key, code, OTHER_WORDS)
    assert not queries.holds(keeper(colleague), key.id)


def test_nobody_of_another_body_is_invited(place, chief):
    key = sealed.made_key(chief)
    stranger = surveyed.account(place, "Huyện B", Role.DISTRICT)
    with pytest.raises(Missing):
        services.invite(keeper(chief), key, stranger.id, sealed.private_key(chief))


def test_a_holder_is_taken_away_at_once_but_never_the_last(chief, colleague):
    key = sealed.made_key(chief)
    code = services.invite(keeper(chief), key, colleague.id, sealed.private_key(chief))
    services.join(keeper(colleague), key, code, OTHER_WORDS)
    services.take_away(keeper(chief), queries.holder(colleague.id, key.id), "Chuyển công tác")
    assert not queries.holds(keeper(colleague), key.id)
    with pytest.raises(Invalid):
        services.unlock(keeper(colleague), OTHER_WORDS)
    with pytest.raises(Refused):
        services.take_away(keeper(chief), queries.holder(chief.id, key.id), "Nghỉ")


def test_the_sheet_in_the_safe_lets_another_account_of_the_body_in(chief, colleague):
    key, sheet = sealed.made_key_and_sheet(chief)
    private = services.recover(keeper(colleague), key, sheet.lower().replace("-", " "), OTHER_WORDS)
    assert private == sealed.private_key(chief)
    with pytest.raises(Invalid) as refused:
        services.recover(keeper(colleague), key, sheet[::-1], OTHER_WORDS)
    assert "sheet" in refused.value.errors


def test_a_new_sheet_takes_the_place_of_the_one_before(chief, colleague):
    key, old = sealed.made_key_and_sheet(chief)
    new = services.new_sheet(keeper(chief), key, sealed.private_key(chief))
    with pytest.raises(Invalid):
        services.recover(keeper(colleague), key, old, OTHER_WORDS)
    assert services.recover(keeper(colleague), key, new, OTHER_WORDS)


def test_words_are_changed_by_whoever_has_the_key_open(chief):
    key = sealed.made_key(chief)
    services.change_words(keeper(chief), key, sealed.private_key(chief), OTHER_WORDS)
    assert sealed.private_key(chief, OTHER_WORDS)
    with pytest.raises(Invalid):
        services.unlock(keeper(chief), WORDS)


def test_wrong_words_are_slowed_down_and_right_ones_cost_no_try(chief):
    sealed.made_key(chief)
    for _ in range(7):
        sealed.private_key(chief)
    said = set()
    for _ in range(6):
        with pytest.raises(Invalid) as refused:
            services.unlock(keeper(chief), OTHER_WORDS)
        said.add(refused.value.errors["words"])
    assert said == {"Câu mở khóa chưa đúng.", services.WAIT}


def test_every_act_is_on_the_record_and_none_of_its_secrets(chief, colleague):
    key, sheet = sealed.made_key_and_sheet(chief)
    private = sealed.private_key(chief)
    code = services.invite(keeper(chief), key, colleague.id, private)
    services.join(keeper(colleague), key, code, OTHER_WORDS)
    services.take_away(keeper(chief), queries.holder(colleague.id, key.id), "Chuyển công tác")
    services.recover(keeper(colleague), key, sheet, OTHER_WORDS)
    services.new_sheet(keeper(chief), key, private)
    services.change_words(keeper(chief), key, private, OTHER_WORDS)
    services.retire(keeper(chief), key, "Lập khóa khác")
    acts = ("made", "opened", "invited", "joined", "taken_away", "recovered", "sheet",
            "words_changed", "retired")  # fmt: skip
    assert actions() == [f"seal_key:{act}" for act in acts]
    assert audit.verify_all() is None
    written = "".join(str(one.__dict__) for one in session().scalars(select(AuditEntry)))
    assert not any(secret in written for secret in (sheet, code, WORDS, OTHER_WORDS))
