"""What people of the sample's ward wrote, invented, and what became of it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Story:
    """One letter: how many days after the round began it was sent, and how far it got."""

    day: int
    text: str
    category: str
    field: int
    """Place of its field among the box's; -1 for none."""
    point: int
    """Place of its point among the box's; -1 online."""
    end: str
    """The act of its handling with which it ends so far (`letters._ACTS`)."""
    answer: str = ""
    official: bool = False
    photos: int = 0


_THANKS = "Cảm ơn ông/bà. Ý kiến đã được chuyển tới bộ phận liên quan để giữ nền nếp này."
STORIES: Final = (
    Story(0, "Cán bộ một cửa hướng dẫn tận tình, tôi làm lại giấy khai sinh cho cháu chỉ một lần "
          "đi là xong.", "praise", 0, 0, "publish", _THANKS),
    Story(0, "Giấy hẹn trả kết quả ghi một ngày nhưng ba hôm sau vẫn chưa có, không ai báo trước.",
          "report", 0, 0, "publish", "Hồ sơ bị chậm do chờ xác minh nơi cư trú cũ. Từ nay bộ phận "
          "một cửa nhắn tin báo lùi hẹn trước ngày hẹn. Phường xin lỗi ông/bà."),
    Story(1, "Đề nghị đặt thêm ghế và quạt ở chỗ chờ làm thủ tục, hôm đông người phải đứng.",
          "suggestion", 0, 0, "publish", "Phường đã kê thêm hai dãy ghế và một quạt treo tường."),
    Story(2, "Rác ở đầu ngõ dồn hai ngày mới có xe, trời nóng bốc mùi.", "report", 1, 1, "publish",
          "Đã làm việc với đơn vị thu gom, lịch mới là mỗi ngày một lần, trước 19 giờ.", photos=2),
    Story(2, "Đèn đường trước nhà văn hóa hỏng gần một tháng.", "report", 1, 1, "close",
          "Đèn đã được thay bóng và kiểm tra lại cả tuyến."),
    Story(3, "Đèn đường khu nhà văn hóa tổ 2 tối om, trẻ con đi học thêm về rất nguy hiểm.",
          "report", 1, 1, "merge"),
    Story(4, "Cảm ơn các cháu đoàn viên đã giúp người già chúng tôi cài ứng dụng.", "praise", 2, 1,
          "close", _THANKS),
    Story(5, "Loa phường phát sớm quá, 5 giờ sáng đã mở, mong lùi lại.", "suggestion", 2, -1,
          "publish", "Từ tuần sau loa mở lúc 5 giờ 30, giảm âm lượng ở cụm gần trường mầm non."),
    Story(7, "Lịch tiếp công dân treo ở bảng tin vẫn là của năm ngoái.", "report", 5, 0, "approve",
          "Lịch mới đã được niêm yết; lịch cũ đã gỡ."),
    Story(7, "Thủ tục xin cấp phép sửa nhà cần ghi rõ nộp những giấy gì, tôi phải đi lại ba lần.",
          "report", 1, 0, "publish", "Danh mục giấy tờ đã in thành một tờ đặt ở quầy số 2."),
    Story(8, "Công chức quầy số 3 nói năng nhẹ nhàng, giải thích kỹ.", "praise", 0, 0, "approve",
          _THANKS),
    Story(8, "Người phụ trách nhận hồ sơ đất gợi ý tôi đưa thêm tiền để làm nhanh. Việc xảy ra "
          "chiều thứ Ba tuần trước, tại quầy.", "report", 1, 0, "assign", official=True),
    Story(9, "Tổ trưởng thu quỹ không đưa biên lai, hỏi thì nói để sau.", "report", 4, 1, "assign",
          official=True),
    Story(9, "Mong phường tổ chức buổi khám mắt cho người cao tuổi như năm trước.", "suggestion",
          2, 2, "approve", "Trạm y tế dự kiến khám trong tháng sau, sẽ báo trên loa và Zalo tổ."),
    Story(10, "Có người ở bộ phận địa chính nhận tiền của ba hộ để làm sổ trước, tôi có giữ giấy "
          "viết tay và tin nhắn, sẵn sàng đưa cho cơ quan điều tra.", "report", 1, -1, "refer"),
    Story(11, "Chợ tạm lấn hết vỉa hè buổi sáng, xe cộ chen nhau.", "report", 1, -1, "publish",
          "Đội trật tự đã nhắc nhở và kẻ vạch; phường sẽ kiểm tra hằng tuần.", photos=1),
    Story(12, "Xin ghi giờ nghỉ trưa lên cửa để bà con khỏi chờ.", "suggestion", 0, 0, "close",
          "Đã dán giờ làm việc ở cửa ra vào."),
    Story(13, "Nước mưa ngập đoạn trước trường, cống bị lấp.", "report", 1, 2, "again",
          "Phường đã đề nghị công ty thoát nước nạo vét trong tháng này."),
    Story(14, "Tôi viết nhầm, xin rút.", "report", 5, -1, "withdraw"),
    Story(14, "Các cháu ở đoàn phường dọn vệ sinh nhà văn hóa rất sạch.", "praise", 2, 1, "approve",
          _THANKS),
    Story(15, "Quầy công an phát số thứ tự nhưng gọi không theo số.", "report", 3, 0, "approve",
          "Đã bố trí bảng gọi số chung với bộ phận một cửa."),
    Story(16, "Phí trông xe ở nhà văn hóa không thống nhất, hôm 3 nghìn hôm 5 nghìn.", "report", 4,
          2, "answer", "Phường đã niêm yết giá 3.000 đồng một lượt tại cổng."),
    Story(17, "Thằng trông xe là đồ vô học, bà con đừng gửi xe ở đó nữa.", "report", 4, 2, "hide"),
    Story(18, "Hồ sơ trợ cấp của mẹ tôi nộp đã lâu không có hồi âm.", "report", 2, 0, "assign"),
    Story(18, "Đề nghị mở cửa nhà văn hóa buổi tối cho thanh niên tập thể thao.", "suggestion", 2,
          1, "assign"),
    Story(19, "Đề nghị dán mã hồ sơ trực tuyến để bà con tự tra.", "suggestion", 0, 0, "approve",
          "Bảng hướng dẫn tra cứu đã đặt cạnh máy lấy số."),
    Story(20, "Chó thả rông ở tổ dân phố số 4, trẻ con sợ.", "report", 3, 2, "approve",
          "Công an khu vực đã nhắc từng hộ, lập danh sách hộ nuôi chó."),
    Story(21, "Cảm ơn phường đã sửa đường ngõ trước Tết.", "praise", 1, 1, "close", _THANKS),
    Story(22, "Biển tên ngõ bị cây che, khách tìm mãi không ra.", "suggestion", 1, -1, "answer",
          "Cây sẽ được cắt tỉa trong tuần này."),
    Story(23, "Thanh niên tụ tập hát loa kéo đến khuya ở sân nhà văn hóa.", "report", 3, 1,
          "assign"),
    Story(24, "Nộp hồ sơ qua mạng rồi vẫn bị bắt mang bản giấy ra.", "report", 0, 0, "assign"),
    Story(25, "Mong có người giúp người già điền tờ khai.", "suggestion", 0, 0, "classify"),
    Story(26, "Cán bộ tư pháp giải thích rõ ràng, tôi rất yên tâm.", "praise", 0, 0, "classify"),
    Story(28, "Lãnh đạo phường hẹn tiếp dân rồi vắng mặt hai lần liền, không báo lý do.", "report",
          5, 0, "deliver", official=True),
    Story(28, "Vỉa hè trước cổng trường bị đào lên rồi để đó.", "report", 1, 2, "classify"),
    Story(29, "Tiền điện nhà văn hóa chia cho các hộ không có bảng kê.", "report", 4, 1, "deliver"),
    Story(30, "Danh sách hộ nghèo niêm yết chỗ khó thấy.", "report", 2, 1, "deliver"),
    Story(31, "Đề nghị thêm một buổi làm việc sáng thứ Bảy.", "suggestion", 0, 0, "deliver"),
    Story(32, "Anh bảo vệ chỉ chỗ nhiệt tình.", "praise", 5, 0, "deliver"),
    Story(33, "Xe rác đi qua lúc 12 giờ trưa rất ồn.", "suggestion", 1, -1, "deliver"),
    Story(34, "Nhà văn hóa tổ 4 mái dột chỗ để sách.", "report", 2, 2, "deliver", photos=1),
)  # fmt: skip
