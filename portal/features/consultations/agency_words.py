"""What is sent to agencies: the invitation with its link, and the reminder."""

from collections.abc import Sequence

from portal.core import clock
from portal.core.clock import format_date
from portal.features.consultations.models import Consultation, Submission, TrackKind
from portal.features.regulations import queries as regulations

PATH = "cq"
"""Under it lie the links of agencies."""


def address(base_url: str, secret: str) -> str:
    """Give an agency's link; from the configured base, never from a request's host."""
    return f"{base_url.rstrip('/')}/{PATH}/{secret}"


def invitation(submission: Submission, link: str) -> str:
    """Write what goes with the link in Zalo or by e-mail."""
    case = submission.consultation
    return (
        f"Kính gửi {submission.agency}. {case.organisation.name} trân trọng mời quý cơ quan góp ý "
        f"đối với dự thảo {case.draft.title}{_until(case)}. Mở đường dẫn riêng của cơ quan để đọc "
        f"dự thảo và góp ý theo từng điều, khoản, hoặc bấm “Nhất trí toàn bộ”: {link} "
        "(Đường dẫn này chỉ dành cho cơ quan, xin không chuyển tiếp ra ngoài.)"
    )


def reminder(consultation: Consultation, silent: Sequence[Submission]) -> str:
    """Write a courteous reminder to all who have not answered, for a group they are in.

    Links are not in it: each agency has its own.
    """
    names = "\n".join(f"- {one.agency}" for one in silent)
    return (
        f"{consultation.organisation.name} kính nhắc các cơ quan, đơn vị góp ý đối với dự thảo "
        f"{consultation.draft.title}{_until(consultation)}. Đến {format_date(clock.today())} còn "
        f"{len(silent)} cơ quan chưa gửi:\n{names}\n"
        "Quý cơ quan mở đường dẫn riêng đã nhận, hoặc gửi công văn. Nếu nhất trí toàn bộ, chỉ cần "
        f"bấm một nút. {_newer(consultation)}Xin cảm ơn."
    )


def one_reminder(submission: Submission, link: str) -> str:
    """Write a reminder to one agency, with its link where it can be shown."""
    case = submission.consultation
    where = f" Mở đường dẫn riêng của cơ quan: {link}" if link else ""
    return (
        f"Kính gửi {submission.agency}. {case.organisation.name} kính nhắc quý cơ quan góp ý đối "
        f"với dự thảo {case.draft.title}{_until(case)}. {_newer(case)}Nếu nhất trí toàn bộ, chỉ "
        f"cần bấm một nút.{where}"
    )


def _newer(case: Consultation) -> str:
    """Say that there is a new version, which one, since when; "" if there is only the first."""
    given = regulations.given(case.draft_id)
    if len(given) < 2 or given[-1].published_on is None:
        return ""
    return (f"Dự thảo đã có bản mới: bản {given[-1].number}, công khai ngày "
            f"{format_date(given[-1].published_on)}. ")  # fmt: skip


def _until(case: Consultation) -> str:
    track = case.track(TrackKind.AGENCY)
    return f", đến hết ngày {format_date(track.closes_on)}" if track else ""
