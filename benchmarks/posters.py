"""209 posters as one PDF."""

import time
from datetime import date

from portal.features.campaigns.posters import Form, Poster, drawn
from portal.features.documents.deadlines import Span

COUNT = 209


def main() -> None:
    """Print the time (aim: within 5 s)."""
    posters = [poster(number) for number in range(COUNT)]
    started = time.perf_counter()
    pdf = drawn(Form.POSTER, posters)
    elapsed = time.perf_counter() - started
    print(f"{'209 posters':28} {elapsed:.1f} s (aim ≤ 5 s), {len(pdf) / 1e6:.1f} MB")


def poster(number: int) -> Poster:
    """Give the poster of a made-up commune."""
    code = f"k7rm4w{number // 25 + 2:x}x"
    return Poster(
        unit_name=f"Xã mẫu {number}", unit_line="huyện mẫu, tỉnh mẫu",
        headline="Mời ông/bà cho biết dân chủ ở xã ta ra sao",
        invitation="Khoảng 4 phút, không ghi tên, không hỏi số điện thoại",
        url=f"https://danchu.example.vn/{code}", typed_address=f"danchu.example.vn/{code}",
        code=code, rounds=(Span(date(2024, 5, 6), date(2024, 5, 8)),),
        form_title="Phiếu khảo sát PKS 03", about="về kết quả thực hiện quy chế dân chủ",
        sample=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
