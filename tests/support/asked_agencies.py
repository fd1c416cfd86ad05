"""Fixtures of whatever asks agencies (a plugin): the ward, its division, its case, one agency."""

import pytest
from flask import Flask

from portal.features.consultations.models import Consultation, Submission
from portal.web.actor import Account
from tests.support import answered, cased
from tests.support.cased import Cased


@pytest.fixture
def made(app: Flask) -> Cased:  # noqa: ARG001 - its database
    """Make the ward."""
    return cased.ward()


@pytest.fixture
def host(made: Cased) -> Account:
    """Give somebody of the division that asks."""
    return made.actor()


@pytest.fixture
def case(made: Cased, host: Account) -> Consultation:
    """Give its published case."""
    return made.published(host)


@pytest.fixture
def school(host: Account, case: Consultation) -> Submission:
    """Give the agency that was asked."""
    return answered.invited(host, case)
