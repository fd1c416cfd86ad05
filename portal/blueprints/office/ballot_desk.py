"""What the pages of ballots share: whose group an address means, and how it answers."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.features.ballots import queries
from portal.features.ballots.models import BallotGroup
from portal.web.actor import Account


def group(account: Account, consultation_id: int) -> BallotGroup | None:
    """Give the group that an address means, among what the account may see (a loader)."""
    return queries.of_case(account, consultation_id, (request.view_args or {})["group_id"])


def address(of: BallotGroup, endpoint: str = "office.ballot_group", **values: object) -> str:
    """Give the address of a page of a group."""
    return url_for(endpoint, consultation_id=of.consultation_id, group_id=of.id, **values)  # type: ignore[arg-type]


def back(of: BallotGroup, endpoint: str = "office.ballot_group") -> ResponseReturnValue:
    """Go back to a page of the group."""
    return redirect(address(of, endpoint))
