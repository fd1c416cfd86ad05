"""What the operator has to look after."""

from dataclasses import dataclass

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.admin import blueprint
from portal.blueprints.admin.audit import ACTS, WORDS
from portal.blueprints.admin.condition import Condition, condition
from portal.core import jobs
from portal.features.audit import pages as audit_pages
from portal.features.audit import queries as audit_queries
from portal.features.audit import services as audit
from portal.features.audit.queries import Filter
from portal.features.org_units import queries as org_units
from portal.features.org_units.models import Level
from portal.features.users import queries as users
from portal.policy.roles import Role
from portal.web.access import signed_in
from portal.web.locale import decimal

_RECENT = 5
_OLD_BACKUP_DAYS = 2


@dataclass(frozen=True)
class Task:
    """One thing to do."""

    day: str
    when: str
    title: str
    why: str
    url: str
    verb: str
    urgent: bool = False


@blueprint.get("")
@signed_in(Role.ADMIN)
def home() -> ResponseReturnValue:
    state = condition(current_app.config["PORTAL"].data_dir)
    new, without = users.count(state="new"), users.count(state="without")
    failed, broken = jobs.failed(), audit.verify_tail()
    recent = audit_queries.entries(Filter(), limit=_RECENT)
    present = org_units.count_present()
    return render_template(
        "admin/home.html", state=state, broken=broken, failed=failed,
        tasks=[*_beginning(present.get(Level.COMMUNE, 0)), *_tasks(len(failed), broken, state),
               *_waiting(new - without, without)],
        accounts=users.count(), new=new,
        units=present, entries=audit_queries.count(),
        recent=[audit_pages.line(entry, ACTS, WORDS) for entry in recent],
    )  # fmt: skip


def _tasks(failed: int, broken: int | None, state: Condition) -> list[Task]:
    tasks = []
    if broken is not None:
        tasks.append(Task(
            "!", _("ngay"), _("Nhật ký không còn nguyên vẹn"),
            _("Hỏng từ dòng %(n)s. Xin báo cấp trên và giữ nguyên máy chủ.", n=broken),
            url_for("admin.verify_audit"), _("Kiểm tra nhật ký"), urgent=True,
        ))  # fmt: skip
    if failed:
        tasks.append(Task(
            str(failed), _("việc"), _("Việc nền không làm xong"),
            _("Đã thử năm lần. Sổ ghi của máy chủ nói vì sao."),
            "#viec-nen", _("Xem việc"), urgent=True,
        ))  # fmt: skip
    if state.is_full:
        tasks.append(Task(
            "!", _("ngay"), _("Ổ đĩa sắp đầy"),
            _("Còn %(gb)s GB. Khi đầy, phiếu của người dân không ghi được.",
              gb=decimal(state.free_gigabytes)),
            "#may-chu", _("Xem máy chủ"), urgent=True,
        ))  # fmt: skip
    if state.backup_days is None or state.backup_days >= _OLD_BACKUP_DAYS:
        tasks.append(Task(
            "–" if state.backup_days is None else str(state.backup_days),
            _("bản nào") if state.backup_days is None else _("ngày"),
            _("Chưa có bản sao lưu mới"),
            _("Chạy lệnh flask backup, chép bản sao sang ổ đĩa khác."),
            "#may-chu", _("Xem máy chủ"),
        ))  # fmt: skip
    return tasks


def _beginning(communes: int) -> list[Task]:
    if communes:
        return []
    return [Task(
        "0", _("xã"), _("Chưa có đơn vị cấp xã nào"),
        _("Cổng trống: nhập danh sách đơn vị của tỉnh trước, rồi đến tổ chức và tài khoản."),
        url_for("admin.import_units"), _("Nhập danh sách đơn vị"),
    )]  # fmt: skip


def _waiting(new: int, without: int) -> list[Task]:
    tasks = []
    if without:
        tasks.append(Task(
            str(without), _("tài khoản"), _("Tài khoản chưa in mật khẩu"),
            _("Chưa ai đăng nhập được cho đến khi có mật khẩu dùng một lần."),
            url_for("admin.account_passwords"), _("In mật khẩu"),
        ))  # fmt: skip
    if new:
        tasks.append(Task(
            str(new), _("tài khoản"), _("Tài khoản chưa đăng nhập lần đầu"),
            _("Mật khẩu dùng một lần còn nằm trên giấy. Nhắc người nhận hoặc cấp lại."),
            url_for("admin.accounts", tinh_trang="new"), _("Xem danh sách"),
        ))  # fmt: skip
    return tasks
