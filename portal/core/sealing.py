"""Sealing: what only the holder of another key can open, and what a passphrase shuts up.

A wrapper of libsodium, so that the rest of the portal never picks an algorithm: sealed boxes
(X25519 with XSalsa20-Poly1305), secret boxes, and XChaCha20-Poly1305 bound to a context.
"""

import threading
import unicodedata
from dataclasses import dataclass

import nacl.utils
from argon2.low_level import Type, hash_secret_raw
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead, SecretBox

KEY_BYTES, SALT_BYTES = 32, 16
_gate = threading.BoundedSemaphore(2)


class Shut(Exception):
    """It does not open: another key, another passphrase, or it was changed."""


@dataclass(frozen=True)
class Pair:
    """A key that everybody may know, and the one that opens what was sealed to it."""

    private: bytes
    public: bytes


@dataclass(frozen=True)
class Wrapped:
    """Something as a passphrase alone can open it."""

    salt: bytes
    content: bytes


def new_pair() -> Pair:
    """Make a pair of keys."""
    return pair_of(nacl.utils.random(KEY_BYTES))


def pair_of(private: bytes) -> Pair:
    """Give the pair that follows from 32 bytes nobody else knows."""
    return Pair(private, bytes(PrivateKey(private).public_key))


def seal(public: bytes, content: bytes) -> bytes:
    """Seal something to a public key: whoever sealed it cannot open it again."""
    return SealedBox(PublicKey(public)).encrypt(content)


def open_sealed(private: bytes, sealed: bytes) -> bytes:
    """Open what was sealed to the public half of a key.

    Raises:
        Shut: it was sealed to another one, or is damaged.
    """
    try:
        return SealedBox(PrivateKey(private)).decrypt(sealed)
    except (CryptoError, ValueError, TypeError) as error:
        raise Shut from error


def new_key() -> bytes:
    """Make a key for `encrypt`."""
    return nacl.utils.random(KEY_BYTES)


def encrypt(key: bytes, content: bytes) -> bytes:
    """Shut something up under a key of 32 bytes; the nonce goes with it."""
    return bytes(SecretBox(key).encrypt(content))


def decrypt(key: bytes, shut: bytes) -> bytes:
    """Open what was shut up under a key.

    Raises:
        Shut: under another one, or it is damaged.
    """
    try:
        return SecretBox(key).decrypt(shut)
    except (CryptoError, ValueError, TypeError) as error:
        raise Shut from error


def encrypt_for(key: bytes, context: str, content: bytes) -> bytes:
    """Shut something up under a key so that it opens in one context only."""
    return bytes(Aead(key).encrypt(content, context.encode()))


def decrypt_for(key: bytes, context: str, shut: bytes) -> bytes:
    """Open what was shut up in this very context.

    Raises:
        Shut: under another key, in another context, or it is damaged.
    """
    try:
        return Aead(key).decrypt(shut, context.encode())
    except (CryptoError, ValueError, TypeError) as error:
        raise Shut from error


def wrap(words: str, content: bytes) -> Wrapped:
    """Shut something up under a passphrase. Slow by intent: never inside `write()`."""
    salt = nacl.utils.random(SALT_BYTES)
    return Wrapped(salt, encrypt(_stretched(words, salt), content))


def unwrap(words: str, wrapped: Wrapped) -> bytes:
    """Open what a passphrase shut up. As slow as `wrap`.

    Raises:
        Shut: it was another passphrase.
    """
    return decrypt(_stretched(words, wrapped.salt), wrapped.content)


def _stretched(words: str, salt: bytes) -> bytes:
    # RFC 9106's second choice: 64 MiB, three passes. Typed once in half an hour, so it may be slow.
    plain = unicodedata.normalize("NFC", words).encode()
    with _gate:
        return hash_secret_raw(
            plain, salt, time_cost=3, memory_cost=64 * 1024, parallelism=1, hash_len=KEY_BYTES,
            type=Type.ID,
        )  # fmt: skip
