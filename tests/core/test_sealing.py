"""Sealing: who can open what."""

import pytest

from portal.core import sealing
from portal.core.sealing import Shut

LETTER = "Cán bộ tiếp dân chưa niềm nở.".encode()


def test_what_is_sealed_to_a_key_opens_with_its_private_half_alone():
    pair, other = sealing.new_pair(), sealing.new_pair()
    sealed = sealing.seal(pair.public, LETTER)
    assert LETTER not in sealed
    assert sealing.open_sealed(pair.private, sealed) == LETTER
    for wrong in (other.private, pair.public, b"", b"x" * 31):
        with pytest.raises(Shut):
            sealing.open_sealed(wrong, sealed)


def test_the_same_letter_sealed_twice_does_not_look_the_same():
    pair = sealing.new_pair()
    assert sealing.seal(pair.public, LETTER) != sealing.seal(pair.public, LETTER)


def test_a_pair_follows_from_its_private_half():
    pair = sealing.new_pair()
    assert sealing.pair_of(pair.private) == pair


@pytest.mark.parametrize("at", [0, 30, -1])
def test_a_changed_sign_opens_nothing(at):
    pair, key = sealing.new_pair(), sealing.new_key()
    for opens, shut in (
        (lambda one: sealing.open_sealed(pair.private, one), sealing.seal(pair.public, LETTER)),
        (lambda one: sealing.decrypt(key, one), sealing.encrypt(key, LETTER)),
    ):
        changed = bytearray(shut)
        changed[at] ^= 1
        with pytest.raises(Shut):
            opens(bytes(changed))


def test_a_photo_opens_with_its_own_key():
    key = sealing.new_key()
    shut = sealing.encrypt(key, LETTER)
    assert LETTER not in shut
    assert sealing.decrypt(key, shut) == LETTER
    with pytest.raises(Shut):
        sealing.decrypt(sealing.new_key(), shut)


def test_what_was_shut_up_in_one_context_opens_in_no_other():
    key = sealing.new_key()
    shut = sealing.encrypt_for(key, "cookie", LETTER)
    assert sealing.decrypt_for(key, "cookie", shut) == LETTER
    with pytest.raises(Shut):
        sealing.decrypt_for(key, "another", shut)


def test_a_passphrase_opens_however_its_letters_are_composed():
    wrapped = sealing.wrap("nắng vàng trên mái ngói", LETTER)
    assert sealing.unwrap("na\u0306\u0301ng vàng trên mái ngói", wrapped) == LETTER
    with pytest.raises(Shut):
        sealing.unwrap("nang vang tren mai ngoi", wrapped)
