"""The record in words a person reads."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal.core import clock
from portal.core.text import N_
from portal.features.audit.models import AuditEntry

ACTIONS: dict[str, str] = {
    "account:created": N_("Tạo tài khoản"),
    "account:handed_over": N_("Bàn giao tài khoản cho người mới"),
    "account:password_printed": N_("In mật khẩu dùng một lần"),
    "account:work_moved": N_("Chuyển việc đang làm cho tài khoản khác"),
    "accounts:imported": N_("Nhập danh sách tài khoản"),
    "account:changed": N_("Sửa tài khoản"),
    "account:moved": N_("Chuyển tài khoản theo cơ quan"),
    "account:deactivated": N_("Ngừng tài khoản"),
    "account:reactivated": N_("Mở lại tài khoản"),
    "account:password_reset": N_("Cấp lại mật khẩu dùng một lần"),
    "account:password_changed": N_("Tự đổi mật khẩu"),
    "campaign:units_succeeded": N_("Đơn vị kế tiếp vào đợt khảo sát"),
    "campaign:arranged": N_("Xã chọn lần hỏi, người hỗ trợ"),
    "campaign:code_reissued": N_("Cấp lại mã QR"),
    "campaign:created": N_("Lập đợt khảo sát"),
    "campaign:edited": N_("Sửa đợt khảo sát"),
    "campaign:fieldwork": N_("Đổi yêu cầu triển khai của đợt"),
    "campaign:moved_back": N_("Lùi ngày đợt mẫu"),
    "campaign:window_changed": N_("Đổi ngày của đợt theo văn bản sửa đổi"),
    "code:issued": N_("Cấp mã QR cho các điểm"),
    "code:share_removed": N_("Gỡ dòng ghi nhầm ở bộ gửi Zalo"),
    "code:shared": N_("Ghi đã gửi lời mời Zalo"),
    "code:tested": N_("Ghi đã quét thử mã QR"),
    "delivery:handled": N_("Xử lý xong văn bản đến"),
    "delivery:read": N_("Mở văn bản đến"),
    "delivery:received": N_("Nhận văn bản đến"),
    "delivery:reopened": N_("Chuyển văn bản đến về chưa xử lý"),
    "document:created": N_("Lập văn bản"),
    "document:discussed": N_("Góp ý văn bản"),
    "document:edited": N_("Soạn văn bản"),
    "document:file_attached": N_("Đính kèm bản đã ký"),
    "document:file_detached": N_("Gỡ tệp đính kèm nhầm"),
    "document:published": N_("Đổi việc công khai văn bản"),
    "document:remark_resolved": N_("Xử lý góp ý"),
    "document:warning_waived": N_("Giữ một lưu ý"),
    "evidence:added": N_("Thêm ảnh, đường dẫn làm bằng chứng"),
    "evidence:removed": N_("Gỡ ảnh, đường dẫn"),
    "export_answers:ordered": N_("Xuất từng phiếu đã nhận"),
    "export_texts:ordered": N_("Xuất ý kiến ghi thêm"),
    "installation:restored": N_("Khôi phục từ bản sao lưu"),
    "installation:sample": N_("Tạo dữ liệu mẫu"),
    "inspection:addendum": N_("Bổ sung kết quả kiểm tra"),
    "inspection:followed_up": N_("Giao việc khắc phục"),
    "inspection:planned": N_("Lên lịch kiểm tra"),
    "inspection:reply": N_("Đơn vị được kiểm tra có ý kiến"),
    "inspection:saved": N_("Lưu tạm kết quả kiểm tra"),
    "letterhead:set": N_("Đặt thể thức văn bản"),
    "task:given": N_("Giao việc cho cơ quan mới có ở đơn vị"),
    "fallback:named": N_("Chỉ định nơi làm thay"),
    "organisation:added": N_("Thêm tổ chức"),
    "organisation:merged": N_("Nhập tổ chức vào tổ chức cùng loại"),
    "organisation:moved": N_("Chuyển tổ chức sang đơn vị kế tiếp"),
    "point:added": N_("Thêm điểm"),
    "point:changed": N_("Sửa điểm"),
    "point:ended": N_("Ngừng điểm"),
    "point:reopened": N_("Mở lại điểm"),
    "points:imported": N_("Nhập danh sách điểm"),
    "paper_batch:counted": N_("Ghi kiểm đếm phiếu giấy"),
    "paper_batch:opened": N_("Mở lô phiếu giấy"),
    "questionnaire:archived": N_("Cất phiếu khảo sát vào kho"),
    "questionnaire:created": N_("Lập phiếu khảo sát"),
    "questionnaire:draft_discarded": N_("Bỏ bản nháp phiếu khảo sát"),
    "questionnaire:draft_opened": N_("Mở bản nháp phiếu khảo sát"),
    "questionnaire:edited": N_("Soạn phiếu khảo sát"),
    "questionnaire:frozen": N_("Chốt phiên bản phiếu khảo sát"),
    "questionnaire:restored": N_("Lấy phiếu khảo sát ra khỏi kho"),
    "questionnaire:stored": N_("Nạp phiếu khảo sát"),
    "register:set_up": N_("Thiết lập sổ văn bản"),
    "register_entry:reserved": N_("Giữ số văn bản"),
    "register_entry:taken": N_("Lấy số văn bản"),
    "reminder:sent": N_("Nhắc đơn vị"),
    "posting:changed": N_("Sửa lần công khai"),
    "posting:recorded": N_("Ghi đã công khai"),
    "posting:taken_down": N_("Ghi đã gỡ, thôi công khai"),
    "seal_key:invited": N_("Mời giữ khóa mở thư"),
    "seal_key:joined": N_("Nhận giữ khóa mở thư"),
    "seal_key:made": N_("Lập khóa mở thư"),
    "seal_key:opened": N_("Mở khóa để đọc thư niêm"),
    "seal_key:recovered": N_("Dùng phiếu khôi phục khóa mở thư"),
    "seal_key:retired": N_("Ngừng dùng khóa mở thư"),
    "seal_key:sheet": N_("Làm phiếu khôi phục mới"),
    "seal_key:taken_away": N_("Thôi giữ khóa mở thư"),
    "seal_key:words_changed": N_("Đổi câu mở khóa"),
    "setting:changed": N_("Sửa thiết lập"),
    "team:decision": N_("Soạn quyết định tổ công tác"),
    "team:saved": N_("Lưu danh sách tổ công tác"),
    "unit:figures_changed": N_("Sửa số dân, số hộ"),
    "slip_batch:counted": N_("Ghi kiểm đếm phiếu dùng một lần"),
    "slip_batch:ordered": N_("In phiếu dùng một lần"),
    "units:imported": N_("Nhập danh sách đơn vị"),
    "units:succeeded": N_("Sắp xếp đơn vị"),
}
KINDS: dict[str, str] = {
    "account": N_("Tài khoản"),
    "account_list": N_("Danh sách tài khoản"),
    "campaign": N_("Đợt khảo sát"),
    "code": N_("Mã QR"),
    "document": N_("Văn bản"),
    "inspection": N_("Cuộc kiểm tra"),
    "installation": N_("Nơi dùng Cổng"),
    "letterhead": N_("Thể thức văn bản"),
    "organisation": N_("Tổ chức"),
    "questionnaire": N_("Phiếu khảo sát"),
    "register": N_("Sổ văn bản"),
    "register_entry": N_("Số văn bản"),
    "reminder": N_("Lời nhắc"),
    "posting": N_("Lần công khai"),
    "seal_key": N_("Khóa mở thư"),
    "setting": N_("Thiết lập"),
    "paper_batch": N_("Lô phiếu giấy"),
    "point": N_("Điểm của xã"),
    "slip_batch": N_("Lô phiếu dùng một lần"),
    "team": N_("Tổ công tác"),
    "unit": N_("Đơn vị"),
    "unit_list": N_("Danh sách đơn vị"),
}
FIELDS: dict[str, str] = {
    "about": N_("Nội dung"),
    "account": N_("Tài khoản"),
    "accounts": N_("Số tài khoản"),
    "added": N_("Số dòng thêm"),
    "audience": N_("Người được hỏi"),
    "authority": N_("Thẩm quyền ký"),
    "blank": N_("Phiếu trắng"),
    "bodies": N_("Số tổ chức thêm mới"),
    "changed": N_("Số dòng sửa"),
    "closes_on": N_("Ngày đóng"),
    "code": N_("Mã QR"),
    "denominator": N_("So số phiếu với"),
    "comments": N_("Góp ý"),
    "display_name": N_("Tên hiển thị"),
    "evidence": N_("Bằng chứng"),
    "drafts": N_("Văn bản đang soạn"),
    "duties": N_("Phần việc"),
    "fallback_supporter": N_("Nơi hỗ trợ thay"),
    "file": N_("Tệp"),
    "first_number": N_("Số bắt đầu"),
    "households": N_("Số hộ"),
    "left_alone": N_("Kết thúc, không có nơi nhận"),
    "headline": N_("Dòng trên áp phích"),
    "invalid": N_("Phiếu không hợp lệ"),
    "is_public": N_("Công khai"),
    "issued": N_("Số tờ phát ra"),
    "issuer_name": N_("Cơ quan ban hành"),
    "kind": N_("Loại"),
    "minutes": N_("Số phút"),
    "mode": N_("Cách cấp số"),
    "name": N_("Tên"),
    "opens_on": N_("Ngày mở"),
    "note": N_("Ghi chú"),
    "one_round": N_("Mỗi xã hỏi một lần"),
    "organisation": N_("Cơ quan, tổ chức"),
    "parent_name": N_("Cơ quan cấp trên"),
    "place": N_("Địa danh"),
    "population": N_("Dân số"),
    "plan_id": N_("Kế hoạch số"),
    "points": N_("Điểm"),
    "regime": N_("Thể thức"),
    "reason": N_("Lý do"),
    "returned": N_("Số tờ thu về"),
    "role": N_("Vai trò"),
    "round_number": N_("Lần hỏi"),
    "headcount": N_("Số cán bộ, công chức"),
    "rounds": N_("Các lần hỏi"),
    "sample": N_("Dữ liệu mẫu"),
    "scope": N_("Số đơn vị"),
    "sent_on": N_("Ngày gửi"),
    "sha256": N_("Mã kiểm của tệp"),
    "signer": N_("Người ký"),
    "size": N_("Số tờ in"),
    "spoiled": N_("Số tờ hỏng"),
    "stand_in": N_("Nơi làm thay"),
    "state": N_("Trạng thái"),
    "steps": N_("Đường tổng hợp"),
    "supporter": N_("Nơi hỗ trợ"),
    "symbol": N_("Ký hiệu"),
    "term": N_("Nhiệm kỳ"),
    "titles": N_("Chức vụ người ký"),
    "to_choose": N_("Nơi phải chọn lại ngày, nơi hỗ trợ"),
    "type": N_("Loại văn bản"),
    "unit": N_("Tên đơn vị"),
    "unused": N_("Số tờ còn lại"),
    "value": N_("Giá trị"),
    "version": N_("Phiên bản"),
    "version_id": N_("Phiên bản phiếu"),
    "warning": N_("Lưu ý"),
    "zalo_group": N_("Nhóm Zalo"),
    "band_high": N_("Mức phiếu nhiều nhất"),
    "band_low": N_("Mức phiếu ít nhất"),
    "channels": N_("Hình thức công khai"),
    "daily_post": N_("Tin, ảnh mỗi ngày"),
    "document": N_("Văn bản"),
    "first_day": N_("Kiểm tra ngày đầu"),
    "inspectors_due_on": N_("Hạn danh sách người đi kiểm tra"),
    "kickoff": N_("Phát động ra quân"),
    "members": N_("Số người"),
    "nominations_due_on": N_("Hạn đề nghị biểu dương"),
    "nominations_max": N_("Biểu dương nhiều nhất"),
    "nominations_min": N_("Biểu dương ít nhất"),
    "objects": N_("Nội dung công khai"),
    "report_hour": N_("Giờ báo cáo"),
    "reports": N_("Báo cáo ngày"),
    "roster_due_on": N_("Hạn gửi danh sách"),
    "roster_of": N_("Ai có trong danh sách"),
    "team_head": N_("Tổ trưởng tổ công tác"),
    "team_members": N_("Thành viên tổ công tác"),
}
WORDS: dict[str, str] = {
    "admin": N_("Quản trị"),
    "approve": N_("Lãnh đạo duyệt"),
    "cancelled": N_("đã hủy"),
    "clerk": N_("Văn thư"),
    "commune": N_("Cấp xã"),
    "district": N_("Cấp huyện"),
    "draft": N_("Soạn thảo"),
    "inspect": N_("Kiểm tra"),
    "province": N_("Cấp tỉnh"),
    "ready": N_("sẵn sàng"),
    "reported": N_("đã báo cáo"),
    "reserved": N_("đang giữ chỗ"),
    "used": N_("đã dùng"),
    "youth": N_("Đoàn Thanh niên cơ sở"),
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OF_FIELD = {
    "mode": {"portal": N_("Cổng cấp số"), "clerk": N_("văn thư ghi số")},
    "regime": {"state": N_("nhà nước"), "party": N_("Đảng")},
    "sample": {"loading": N_("đang nạp"), "1": N_("đã nạp xong")},
    "denominator": {
        "none": N_("không so sánh"),
        "visits": N_("lượt đến một cửa"),
        "headcount": N_("số cán bộ, công chức"),
        "households": N_("số hộ"),
    },
    "is_public": {"False": N_("không"), "True": N_("có")},
    "one_round": {"False": N_("không"), "True": N_("có")},
    "state": {
        "approved": N_("đã duyệt"),
        "balanced": N_("đã khép"),
        "counted": N_("đã kiểm đếm"),
        "draft": N_("bản nháp"),
        "issued": N_("đã ban hành"),
        "numbered": N_("đã lấy số"),
        "open": N_("đang nhập"),
        "printed": N_("đang phát"),
        "replaced": N_("đã được thay thế"),
        "returned": N_("bị trả lại"),
        "signed": N_("đã ký"),
        "submitted": N_("đã trình"),
        "withdrawn": N_("đã thu hồi"),
    },
}


@dataclass(frozen=True)
class Change:
    """One field: its name (msgid) and the words before and after (msgids or plain text)."""

    field: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class Line:
    """One entry, ready to be shown."""

    number: int
    at: datetime
    actor: str
    action: str
    kind: str
    subject: str
    reason: str
    changes: list[Change]


def line(
    entry: AuditEntry,
    actions: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
) -> Line:
    """Put an entry into words.

    Args:
        entry: as recorded.
        actions: names of further acts (the workflows' own); unknown ones show as recorded.
        words: names of further values.
    """
    known = {**ACTIONS, **(actions or {})}
    return Line(
        number=entry.number, at=entry.at, actor=entry.actor_name,
        action=known.get(entry.action, entry.action),
        kind=KINDS.get(entry.subject_kind, entry.subject_kind),
        subject=entry.subject_name, reason=entry.reason,
        changes=_changes(entry, {**WORDS, **(words or {})}),
    )  # fmt: skip


def _changes(entry: AuditEntry, known: Mapping[str, str]) -> list[Change]:
    changes = []
    for field, value in json.loads(entry.changes).items():
        before, after = value if _is_pair(value) else (None, value)
        words = {**known, **_OF_FIELD.get(field, {})}
        changes.append(
            Change(FIELDS.get(field, field), _words(before, words), _words(after, words))
        )
    return changes


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2


def _words(value: object, words: Mapping[str, str]) -> list[str]:
    if value is None or value in ("", []):
        return []
    parts = value if isinstance(value, list) else [value]
    return [words.get(str(part), _written(str(part))) for part in parts]


def _written(text: str) -> str:
    return clock.format_date(date.fromisoformat(text)) if _DAY.fullmatch(text) else text
