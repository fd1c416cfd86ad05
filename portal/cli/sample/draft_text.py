"""The draft that the sample asks about: a ward's regulation, in words of its own."""

from typing import Final

TITLE: Final = "Quy chế thực hiện dân chủ trên địa bàn phường Ngô Quyền"
TEXT: Final = """\
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quy chế này quy định những việc phường phải công khai, những việc bà con được bàn, được góp ý, \
được kiểm tra, giám sát; cách làm và trách nhiệm của từng cơ quan, tổ dân phố.
Điều 2. Đối tượng áp dụng
1. Ủy ban nhân dân phường, các phòng, trung tâm, đơn vị thuộc phường.
2. Cán bộ, công chức, viên chức, người hoạt động không chuyên trách của phường.
3. Tổ dân phố, hộ gia đình, người đang sinh sống, làm việc trên địa bàn phường.
Điều 3. Nguyên tắc thực hiện
1. Việc liên quan trực tiếp đến đời sống của bà con phải được báo trước, hỏi trước, làm sau.
2. Ý kiến nào cũng được ghi nhận và trả lời; người góp ý không phải ghi tên.
3. Lời lẽ rõ ràng, dễ hiểu; thông tin đến được người già, người khuyết tật, người không dùng \
điện thoại thông minh.
Chương II
CÔNG KHAI ĐỂ NHÂN DÂN BIẾT
Điều 4. Những việc phải công khai
1. Kế hoạch phát triển kinh tế - xã hội, dự toán và quyết toán ngân sách của phường.
2. Dự án, công trình đầu tư trên địa bàn; tiến độ và kết quả giám sát.
3. Mức đóng góp, việc quản lý và sử dụng các khoản đóng góp:
a) khoản thu theo đầu hộ;
b) khoản vận động tự nguyện;
c) danh sách và số tiền được miễn, giảm.
4. Thủ tục hành chính, phí, lệ phí và người trực tiếp giải quyết.
Điều 5. Hình thức công khai
1. Niêm yết tại trụ sở Ủy ban nhân dân phường và nhà văn hóa tổ dân phố ít nhất 30 ngày liên tục.
2. Đăng trên trang thông tin điện tử của phường trong thời hạn 10 ngày làm việc.
3. Phát trên loa truyền thanh ít nhất 03 ngày liên tục:
a) buổi sáng từ 5 giờ 30 phút;
b) buổi chiều từ 17 giờ.
4. Thông báo qua tổ trưởng tổ dân phố.
Điều 6. Trách nhiệm công khai
1. Người đứng đầu đơn vị soạn văn bản chịu trách nhiệm về nội dung công khai.
2. Trung tâm Dịch vụ phường đăng tải, ghi ngày đăng và lưu bằng chứng.
Chương III
NHÂN DÂN BÀN VÀ THAM GIA Ý KIẾN
Điều 7. Những việc Nhân dân bàn và quyết định
1. Chủ trương và mức đóng góp làm đường, ngõ, nhà văn hóa do bà con đóng góp toàn bộ hoặc một phần.
2. Nội dung quy ước của tổ dân phố.
3. Bầu, cho thôi làm tổ trưởng tổ dân phố.
Điều 8. Những việc Nhân dân tham gia ý kiến
1. Dự thảo quy chế, kế hoạch có ảnh hưởng đến đời sống của bà con trong phường.
2. Phương án đền bù, hỗ trợ, sắp xếp lại dân cư.
3. Đặt tên đường, ngõ; đổi tên, chia tách tổ dân phố.
Điều 9. Hình thức tham gia ý kiến
1. Họp tổ dân phố; phát phiếu đến từng hộ gia đình.
2. Góp ý trên mạng bằng mã QR do phường cung cấp, không phải ghi tên.
3. Gửi thư vào hòm thư góp ý tại bộ phận một cửa và nhà văn hóa.
Điều 10. Tổng hợp và trả lời
1. Trong 05 ngày làm việc kể từ khi hết hạn lấy ý kiến, cơ quan chủ trì tổng hợp đầy đủ các ý kiến.
2. Mỗi ý kiến có một kết quả: tiếp thu, tiếp thu một phần, hoặc chưa tiếp thu kèm lý do.
3. Kết quả được công khai trên trang của phường và gửi tổ dân phố niêm yết.
Chương IV
KIỂM TRA, GIÁM SÁT
Điều 11. Nhân dân kiểm tra, giám sát
1. Bà con giám sát qua Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng và tổ dân phố.
2. Phản ánh được trả lời trong 15 ngày; việc phức tạp không quá 30 ngày.
Điều 12. Đánh giá cán bộ, công chức
1. Người đến làm thủ tục được mời chấm điểm sự hài lòng sau mỗi lần giao dịch.
2. Kết quả từng quý được niêm yết tại bộ phận một cửa.
Chương V
TỔ CHỨC THỰC HIỆN
Điều 13. Phối hợp với Mặt trận Tổ quốc và các tổ chức chính trị - xã hội
1. Mặt trận Tổ quốc phường giám sát việc thực hiện Quy chế này.
2. Đoàn Thanh niên hướng dẫn bà con dùng điện thoại để đọc, góp ý.
Điều 14. Trách nhiệm của tổ trưởng tổ dân phố
1. Báo cho các hộ biết nội dung được công khai, được hỏi ý kiến.
2. Nộp bản tổng hợp ý kiến của tổ đúng ngày kế hoạch ghi.
Điều 15. Điều khoản thi hành
1. Quy chế này có hiệu lực sau 10 ngày kể từ ngày ký.
2. Có vướng mắc thì các tổ dân phố, đơn vị phản ánh về Phòng Văn hóa - Xã hội để tổng hợp.
"""
GROUPS: Final = (
    ("Phạm vi điều chỉnh, đối tượng áp dụng", "1, 2"),
    ("Nguyên tắc thực hiện dân chủ", "3"),
    ("Trách nhiệm của Ủy ban nhân dân phường, cán bộ, công chức, tổ dân phố, cơ quan, đơn vị",
     "6, 13, 14"),
    ("Những việc Nhân dân được biết, được bàn, được quyết định, được kiểm tra, giám sát",
     "4, 7, 8, 11, 12"),
    ("Hình thức công khai và hình thức tham gia ý kiến", "5, 9"),
    ("Phối hợp giữa chính quyền với Mặt trận Tổ quốc và các tổ chức", "13"),
    ("Nội dung khác", "10, 15"),
)  # fmt: skip
"""The seven of plan 004, with the articles that each is about."""
