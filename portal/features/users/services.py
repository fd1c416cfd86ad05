"""Accounts and sign-ins."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core.database import session
from portal.features.org_units.models import Organisation
from portal.features.users.models import SignIn, User


def find_sign_in(token: str) -> SignIn | None:
    """Give the live sign-in of a ticket."""
    query = select(SignIn).where(SignIn.token_hash == hashlib.sha256(token.encode()).digest())
    names = joinedload(SignIn.user).joinedload(User.organisation).joinedload(Organisation.unit)
    return session().scalar(query.options(names))
