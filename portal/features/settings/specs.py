"""The settings there are: what each is called, what it takes, and in which direction it moves."""

import re
from dataclasses import dataclass
from enum import StrEnum

from portal.core.errors import Invalid
from portal.core.text import N_, clean


class Kind(StrEnum):
    """What a setting holds."""

    TEXT = "text"
    NUMBER = "number"
    STEPS = "steps"
    """Whole numbers that rise."""


@dataclass(frozen=True)
class Spec:
    """One setting."""

    name: str
    label: str
    hint: str
    kind: Kind
    default: str
    low: int = 0
    high: int = 0
    raise_only: bool = False

    def read(self, text: str, present: str) -> str:
        """Give the text as it is stored.

        Args:
            text: as typed.
            present: the value in force.

        Raises:
            Invalid: under the setting's name.
        """
        text = clean(text)
        if self.kind == Kind.TEXT:
            return self._text(text)
        numbers = [int(word) for word in re.findall(r"[0-9]{1,6}", text)]
        if re.sub(r"[0-9\s,;/]", "", text) or not numbers:
            raise Invalid({self.name: N_("Ghi bằng số, không kèm chữ.")})
        if not all(self.low <= number <= self.high for number in numbers):
            raise Invalid({self.name: N_("Số nằm ngoài khoảng cho phép.")})
        if self.kind == Kind.STEPS:
            return self._steps(numbers)
        if len(numbers) > 1:
            raise Invalid({self.name: N_("Chỉ ghi một số.")})
        if self.raise_only and numbers[0] < int(present):
            raise Invalid(
                {self.name: N_("Chỉ được nâng, không hạ: số liệu đã công bố dựa vào đó.")}
            )
        return str(numbers[0])

    def _text(self, text: str) -> str:
        if len(text) > self.high:
            raise Invalid({self.name: N_("Dài quá mức cho phép.")})
        return text

    def _steps(self, numbers: list[int]) -> str:
        if len(numbers) != len(self.default.split()) or sorted(set(numbers)) != numbers:
            raise Invalid({self.name: N_("Cần đủ bốn mốc, mốc sau lớn hơn mốc trước.")})
        return " ".join(str(number) for number in numbers)


SPECS: tuple[Spec, ...] = (
    Spec(
        "name", N_("Tên nơi dùng Cổng"),
        N_("Hiện dưới tên Cổng ở mọi trang, ví dụ: Tỉnh Bắc Giang."), Kind.TEXT, "", high=120,
    ),
    Spec(
        "threshold", N_("Số phiếu ít nhất để công bố"),
        N_("Nhóm có ít phiếu hơn chỉ được tính vào số của cấp trên. Từ 5 trở lên; "
           "đã nâng thì không hạ được."), Kind.NUMBER, "5", low=5, high=100, raise_only=True,
    ),
    Spec(
        "heat_steps", N_("Mốc tô màu bảng tham gia"),
        N_("Bốn mốc số phiếu của một xã, từ thấp đến cao, cách nhau bằng dấu cách."),
        Kind.STEPS, "30 60 90 120", low=1, high=100000,
    ),
    Spec(
        "unused_days", N_("Số ngày coi một mã QR là chưa dùng"),
        N_("Sau bấy nhiêu ngày mở mà mã chưa có lượt nào, trang Mã QR nhắc xem lại nơi dán."),
        Kind.NUMBER, "3", low=1, high=60,
    ),
    Spec(
        "band_low", N_("Tỷ lệ phiếu bị coi là thấp, %"),
        N_("So với số lượt người hoặc số người được hỏi, tính lũy kế. Dưới mức này xã cần giải "
           "trình; đợt mới lấy mức này, từng đợt sửa được."), Kind.NUMBER, "50", low=0, high=100,
    ),
    Spec(
        "band_high", N_("Tỷ lệ phiếu bị coi là cao, %"),
        N_("Trên mức này xã cần giải trình; không phiếu nào bị bỏ vì lý do đó."),
        Kind.NUMBER, "95", low=1, high=1000,
    ),
    Spec(
        "voter_days", N_("Số ngày giữ danh sách cử tri"),
        N_("Sau ngày cuối lấy ý kiến hộ gia đình bấy nhiêu ngày, tên trong danh sách tự bị xóa."),
        Kind.NUMBER, "30", low=1, high=365,
    ),
)  # fmt: skip
BY_NAME = {spec.name: spec for spec in SPECS}
