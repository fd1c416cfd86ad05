"""Whoever has the database, the files and every secret of the machine reads no sealed letter."""

import hmac
from itertools import chain

import pytest
from sqlalchemy import select

from portal.core import receipts, sealing
from portal.core.database import Base, session
from portal.core.sealing import Shut
from portal.features.letters import content, opening
from portal.features.letters.models import Letter, LetterMessage, LetterPhoto
from portal.features.sealing.models import KeyHolder, SealKey
from portal.policy.roles import Role
from tests.support import lettered, sealed

SAID = "Đồng chí phụ trách một cửa đòi thêm tiền khi trả giấy."
LABELS = (b"", b"form", b"receipt", b"shut-cookie", b"session", b"sender", b"lookup", b"audit")


@pytest.fixture
def written(app):
    """Have a letter about an official delivered; give its receipt and who can read it."""
    made = lettered.box()
    keeper = made.account("city", Role.DISTRICT)
    sealed.made_key(keeper)
    receipt = made.receipt(SAID, official=True, photos=1)
    lettered.next_morning()
    return receipt, keeper


def rows():
    """Give all that stands in the database, cell by cell."""
    for table in Base.metadata.sorted_tables:
        for row in session().execute(select(table)):
            yield from row


def files(settings):
    """Give every file of the installation: uploads, secrets, and the database if it is one."""
    return [path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file()]


def loot(settings):
    """Give every 32 bytes that might be a key: what is stored as such, and what follows from it."""
    secrets = [path.read_bytes() for path in (settings.data_dir / "secrets").iterdir()]
    blobs = [cell for cell in rows() if isinstance(cell, bytes) and len(cell) >= 16]
    whole = [blob[at : at + 32] for blob in chain(secrets, blobs)
             for at in range(min(len(blob) - 31, 400))]  # fmt: skip
    derived = [hmac.digest(secret, label, "sha256") for secret in secrets for label in LABELS]
    hashes = [session().scalars(select(Letter.form_hash)).one()]
    forged = [receipts.open_for_lookup(receipts.derive(form.hex())) for form in hashes]
    return {*whole, *derived, *(one.sender.private for one in forged), *hashes}


def test_its_readers_and_its_sender_open_it(written):
    receipt, keeper = written
    message = session().scalars(select(LetterMessage)).one()
    opened = opening.of_receipt(receipt)
    for private, half in (
        (opened.private, message.for_sender),
        (sealed.private_key(keeper), message.for_reader),
    ):
        assert content.open_sealed(private, half).text == SAID


def test_its_words_stand_in_no_row_and_no_file(written, settings):
    words = [SAID, SAID.lower(), "một cửa đòi thêm", "mot cua doi them"]
    cells = [str(cell) for cell in rows()]
    assert not [word for word in words if any(word in cell for cell in cells)]
    assert not [word for word in words if any(word.encode() in body for body in files(settings))]


def test_its_photo_is_no_picture_on_the_disk(written, settings):
    names = session().execute(select(LetterPhoto.stored, LetterPhoto.small)).one()
    for name in names:
        kept = (settings.data_dir / "uploads" / "letters" / name).read_bytes()
        assert name.endswith(".bin")
        assert not kept.startswith(b"\xff\xd8")
        assert b"JFIF" not in kept


def test_nothing_that_the_machine_has_is_a_key_to_it(written, settings):
    message = session().scalars(select(LetterMessage)).one()
    publics = {
        *session().scalars(select(SealKey.public)),
        *session().scalars(select(Letter.sender_key)),
    }
    candidates = loot(settings)
    assert len(candidates) > 300
    assert not [
        one for one in candidates if len(one) == 32 and sealing.pair_of(one).public in publics
    ]
    for one in candidates:
        for half in (message.for_sender, message.for_reader):
            with pytest.raises(Shut):
                content.open_sealed(one, half)


def test_what_the_machine_knows_of_a_holder_is_not_what_opens_its_key(written):
    _, keeper = written
    holders = list(session().scalars(select(KeyHolder)))
    assert {one.kind for one in holders} == {"account", "sheet"}
    known = [keeper.username, keeper.display_name, keeper.password_hash, ""]
    for holder in holders:
        for words in known:
            with pytest.raises(Shut):
                sealing.unwrap(words, sealing.Wrapped(holder.salt, holder.wrapped))
