"""What comments from the public page have done outside a request."""

from datetime import timedelta

from portal.core.erasing import rewrite
from portal.core.jobs import Kind, Running
from portal.features.consultations import voice_delivery


def _deliver(_running: Running) -> None:
    # How many is not kept: with the minute of the job it would date them.
    voice_delivery.deliver()


def _vacuum(_running: Running) -> None:
    rewrite("consultation_intake")


DELIVER = Kind("voices:deliver", _deliver, every=timedelta(minutes=10))
"""Whatever came before today: soon after midnight, or as soon as the portal is on again."""
VACUUM = Kind("voices:vacuum", _vacuum, every=timedelta(days=1))
