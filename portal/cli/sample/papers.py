"""What the sample's papers say: short, in our own words, and nobody's name in them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from portal.core import clock
from portal.features.documents.body import (
    Body,
    Duty,
    Head,
    Job,
    Level,
    Party,
    Recipient,
    Section,
    SectionRole,
    Signature,
)
from portal.features.documents.models import Letterhead

_I, _1 = Level.PART, Level.POINT
_Part = tuple[Level, str, str] | tuple[Level, str, str, SectionRole]
_PARTY_BASES = (
    "Căn cứ Chỉ thị số 09-CT/TU ngày 10/8/2021 của Ban Thường vụ Tỉnh ủy về tiếp tục đẩy mạnh, "
    "nâng cao chất lượng, hiệu quả thực hiện quy chế dân chủ ở cơ sở",
    "Căn cứ Chương trình công tác năm của Ban Chỉ đạo thực hiện Quy chế dân chủ tỉnh",
)
_STATE_BASES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
    "Căn cứ Luật Thực hiện dân chủ ở cơ sở ngày 10 tháng 11 năm 2022",
)
_COMMUNES = Party("Tổ công tác các xã, phường, thị trấn", group="commune:working_team")
_DISTRICTS = Party("Ban Chỉ đạo các huyện, thị xã, thành phố", group="district:steering")
_FARMERS = Party("Hội Nông dân tỉnh", group="province:farmers")
_WORDS: Mapping[str, Mapping[str, Any]] = {
    "plan": {
        "summary": "tổ chức khảo sát, lấy ý kiến của người dân về kết quả thực hiện quy chế dân "
        "chủ ở xã, phường, thị trấn",
        "bases": _PARTY_BASES,
        "opening": "Ban Chỉ đạo thực hiện Quy chế dân chủ tỉnh xây dựng kế hoạch tổ chức đợt "
        "khảo sát {campaign} như sau:",
        "sections": (
            (_I, "Mục đích, yêu cầu", ""),
            (_1, "Mục đích", "Nắm ý kiến của người dân về việc thực hiện dân chủ ở nơi mình ở, "
             "làm căn cứ để các cấp sửa cách làm."),
            (_1, "Yêu cầu", "Người dân tự trả lời, không ghi tên; cán bộ chỉ hướng dẫn thao tác."),
            (_I, "Nội dung, thời gian, địa điểm", ""),
            (_1, "Nội dung", "Theo phiếu khảo sát đã công bố trên Cổng Dân chủ cơ sở."),
            (_1, "Thời gian", "Từ ngày {opens} đến hết ngày {closes}.", SectionRole.SURVEY_WINDOW),
            (_1, "Địa điểm", "Bộ phận tiếp nhận và trả kết quả của các xã, phường, thị trấn."),
            (_1, "Danh sách người hỗ trợ", "Gửi về Ban Dân vận Tỉnh ủy chậm nhất ngày {roster}.",
             SectionRole.ROSTER_DUE),
            (_1, "Báo cáo", "Tổng hợp, báo cáo kết quả chậm nhất ngày {report}.",
             SectionRole.REPORT_DUE),
            (_I, "Tổ chức thực hiện", "", SectionRole.DUTIES),
        ),
        "duties": (
            ("Thành lập Tổ công tác", _COMMUNES, "chậm nhất ngày {team}", "Quyết định thành lập",
             Job.TEAM),
            ("Lập danh sách, lịch phân công người hướng dẫn", _COMMUNES, "chậm nhất ngày {roster}",
             "Danh sách, lịch phân công", Job.ROSTER),
            ("Công khai kế hoạch, danh sách, lịch phân công", _COMMUNES, "trước ngày {opens}",
             "Ảnh hoặc đường dẫn của từng hình thức", Job.PUBLICITY),
            ("Nhập báo cáo trong ngày", _COMMUNES, "hằng ngày, từ ngày {opens} đến hết ngày "
             "{closes}", "Báo cáo ngày", Job.DAILY_REPORT),
            ("Kiểm tra, đôn đốc ngày đầu khảo sát", _DISTRICTS, "trong ngày {opens}",
             "Biên bản kiểm tra", Job.FIRST_DAY),
            ("Hướng dẫn hội viên hỗ trợ người dân", _FARMERS, "chậm nhất ngày {roster}",
             "Văn bản chỉ đạo", Job.NONE),
            ("Tổng hợp danh sách, lịch phân công của các đơn vị", _FARMERS,
             "chậm nhất ngày {roster}", "Danh sách tổng hợp", Job.CONSOLIDATION),
            ("Cử lãnh đạo, cán bộ cùng chỉ đạo, kiểm tra", _FARMERS, "chậm nhất ngày {roster}",
             "Danh sách cán bộ", Job.INSPECTORS),
        ),
        "recipients": (
            ("Thường trực Tỉnh ủy", "", "b/c"),
            ("Hội Nông dân tỉnh", "province:farmers", "p/h"),
            ("Ban Chỉ đạo các huyện, thị xã, thành phố", "district:steering", "t/h"),
            ("Đảng ủy các xã, phường, thị trấn", "commune:party", "t/h"),
            ("Tổ công tác các xã, phường, thị trấn", "commune:working_team", "t/h"),
            ("Đoàn Thanh niên các xã, phường, thị trấn", "commune:youth", "p/h"),
        ),
    },
    "report": {
        "summary": "kết quả khảo sát mức độ hài lòng đối với chính quyền thân thiện",
        "opening": "Ban Chỉ đạo báo cáo kết quả đợt khảo sát vừa qua như sau:",
        "sections": (
            (_I, "Tình hình tổ chức", "Các xã, phường, thị trấn đã hoàn thành theo kế hoạch."),
            (_I, "Kết quả", ""),
        ),
    },
    "urging": {
        "summary": "đôn đốc hướng dẫn người dân trả lời phiếu khảo sát",
        "addressees": "Ban Chỉ đạo các huyện, thị xã, thành phố",
        "opening": "Đến nay một số xã còn ít phiếu so với số lượt người dân đến làm thủ tục. Ban "
        "Chỉ đạo đề nghị kiểm tra việc niêm yết mã QR và bố trí đủ người hỗ trợ, hoàn thành chậm "
        "nhất ngày {closes}.",
        "recipients": (("Ban Chỉ đạo các huyện, thị xã, thành phố", "district:steering", "t/h"),),
    },
    "meeting": {
        "summary": "dự họp rút kinh nghiệm đợt khảo sát",
        "addressees": "Ban Chỉ đạo các huyện, thị xã, thành phố",
        "opening": "Ban Chỉ đạo trân trọng kính mời các đồng chí dự họp rút kinh nghiệm.",
        "sections": (
            (Level.PLAIN, "", "Thời gian: 8 giờ 00, ngày {opens}."),
            (Level.PLAIN, "", "Địa điểm: phòng họp Ban Dân vận Tỉnh ủy."),
        ),
        "recipients": (("Như trên", "district:steering", ""),),
    },
    "mailbox": {
        "summary": "thu thập ý kiến của Nhân dân qua hòm thư và mã QR",
        "opening": "Đảng ủy phường xây dựng kế hoạch thu thập ý kiến của Nhân dân như sau:",
        "sections": (
            (_I, "Cách làm", ""),
            (_1, "Hòm thư", "Đặt tại bộ phận một cửa và nhà văn hóa các tổ dân phố."),
            (_1, "Mã QR", "Niêm yết cạnh hòm thư từ ngày {opens}."),
            (_I, "Phân công", ""),
            (_1, "Đoàn Thanh niên phường", "Tổng hợp số ý kiến hằng tuần, báo cáo Đảng ủy."),
        ),
        "recipients": (("Đoàn Thanh niên phường", "commune:youth", "t/h"),),
    },
    "weekly": {
        "summary": "kết quả hỗ trợ người dân trả lời phiếu trong tuần",
        "opening": "Tính đến ngày {opens}, phường đã niêm yết mã QR tại bộ phận một cửa và tất cả "
        "nhà văn hóa; người hỗ trợ có mặt đủ các ngày trong tuần.",
    },
    "consultation": {
        "summary": "lấy ý kiến Nhân dân đối với dự thảo Quy chế thực hiện dân chủ của phường",
        "bases": _STATE_BASES,
        "opening": "Ủy ban nhân dân phường ban hành Kế hoạch lấy ý kiến như sau:",
        "sections": (
            (_I, "Nội dung, thời gian", ""),
            (_1, "Nội dung", "Toàn bộ dự thảo đăng trên cổng thông tin của phường."),
            (_1, "Thời gian", "Từ ngày {opens} đến hết ngày {closes}.",
             SectionRole.CONSULTATION_WINDOW),
            (_I, "Tổ chức thực hiện", ""),
            (_1, "Các tổ dân phố", "Phát, thu phiếu của cử tri đại diện hộ gia đình."),
        ),
        "recipients": (
            ("Thường trực Hội đồng nhân dân phường", "", "b/c"),
            ("Ủy ban Mặt trận Tổ quốc Việt Nam phường", "", "p/h"),
            ("Các tổ dân phố", "", "t/h"),
        ),
    },
}  # fmt: skip


def body(name: str, letterhead: Letterhead, **facts: date | str) -> Body:
    """Give the text of one of the papers.

    Args:
        name: which.
        letterhead: of the organ that issues it.
        facts: what stands for `{…}` in it; dates are written as people write them.
    """
    words = _WORDS[name]
    text = Body(
        head=Head(
            letterhead.parent_name, letterhead.issuer_name, letterhead.symbol, letterhead.place
        ),
        signature=Signature(letterhead.authority, letterhead.titles, letterhead.signer),
        summary=words["summary"],
        addressees=words.get("addressees", ""),
        bases=words.get("bases", ()),
        opening=words["opening"],
        sections=tuple(_sections(words.get("sections", ()))),
        duties=tuple(
            Duty(what=what, lead=lead, due=due, evidence=evidence, job=job)
            for what, lead, due, evidence, job in words.get("duties", ())
        ),
        recipients=tuple(
            Recipient(Party(name, group=group), note)
            for name, group, note in words.get("recipients", ())
        ),
    )
    return _with(text, facts)


def _sections(parts: tuple[_Part, ...]) -> Iterator[Section]:
    for level, heading, text, *role in parts:
        yield Section(level=level, heading=heading, text=text, role=SectionRole("".join(role)))


def _with(text: Body, facts: Mapping[str, date | str]) -> Body:
    written = text.to_json()
    for name, fact in facts.items():
        said = fact if isinstance(fact, str) else clock.format_date(fact)
        written = written.replace(f"{{{name}}}", said)
    return Body.from_json(written)
