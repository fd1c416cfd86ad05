"""Lists of units as people paste them: columns in their words, faults beside the cells."""

from collections.abc import Iterable, Mapping

from portal.core.pasting import Column, Remark, Table, remark
from portal.core.text import N_
from portal.features.org_units.reading import Row, RowError

UNIT_COLUMNS = (
    Column(
        "code", N_("Mã"),
        ("mã đơn vị", "mã số", "mã ĐVHC", "mã đơn vị hành chính", "mã xã", "mã phường"),
        "narrow", needed=True,
    ),
    Column("name", N_("Tên"), ("tên ngắn",)),
    Column(
        "full_name", N_("Tên đầy đủ"),
        ("tên đơn vị", "đơn vị", "tên ĐVHC", "tên đơn vị hành chính", "đơn vị hành chính"),
        "wide", needed=True,
    ),
    Column("level", N_("Cấp"), ("loại", "loại hình", "cấp hành chính")),
    Column(
        "parent_code", N_("Mã cấp trên"),
        ("thuộc", "mã đơn vị cấp trên", "mã ĐVHC cấp trên", "mã tỉnh", "mã huyện"), "narrow",
    ),
    Column("valid_from", N_("Từ ngày"), ("hiệu lực từ", "ngày bắt đầu"), "narrow"),
    Column("valid_to", N_("Đến hết ngày"), ("hiệu lực đến", "ngày kết thúc"), "narrow"),
    Column("source", N_("Nguồn"), ("căn cứ",), hides=True),
    Column("licence", N_("Giấy phép dữ liệu"), hides=True),
)  # fmt: skip
CROSSWALK_COLUMNS = (
    Column("old_code", N_("Mã cũ"), ("mã đơn vị cũ",), "narrow"),
    Column("old_full_name", N_("Đơn vị cũ"), ("tên đơn vị cũ", "tên cũ")),
    Column("new_code", N_("Mã mới"), ("mã đơn vị mới",), "narrow"),
    Column("new_full_name", N_("Đơn vị mới"), ("tên đơn vị mới", "tên mới")),
)
EXAMPLE_UNITS = (
    ("24", "Bắc Giang", "Tỉnh Bắc Giang", "tỉnh", "", "", "30/06/2025", "", ""),
    ("213", "Bắc Giang", "Thành phố Bắc Giang", "huyện", "24", "", "30/06/2025", "", ""),
    ("07207", "Ngô Quyền", "Phường Ngô Quyền", "xã", "213", "", "30/06/2025", "", ""),
)
"""What a template shows, to be written over."""
EXAMPLE_CROSSWALK = (("07207", "Phường Ngô Quyền", "07210", "Phường Bắc Giang"),)
_FIGURES = 5
"""Of a commune's code in the list of the General Statistics Office."""


def rows(table: Table) -> list[Row]:
    """Give the rows as the readers of files want them, lost zeros before codes put back."""
    codes = _full_codes(table)
    whole = ({**row.cells, **codes.get(row.number, {})} for row in table.rows)
    return [dict[str | None, object](cells.items()) for cells in whole]


Remarks = Mapping[int, Mapping[str, Remark]]


def with_errors(table: Table, errors: Iterable[RowError], notes: Remarks) -> Table:
    """Put errors beside their cells; the first row of `rows` is line 2 to the readers of files.

    Args:
        table: as it was pasted.
        errors: what the readers of files found.
        notes: how cells were understood, by the number of the row.
    """
    found: dict[int, dict[str, Remark]] = {}
    for error in errors:
        said = Remark(error.message, error.values)
        number = table.rows[error.line - 2].number
        found.setdefault(number, {}).setdefault(error.column, said)
    return table.found(found, notes)


def short_codes(table: Table) -> Remarks:
    """Tell which codes of communes had lost their leading zeros to a spreadsheet."""
    return {
        number: {"code": remark(LOST_ZERO, code=cells["code"])}
        for number, cells in _full_codes(table).items()
    }


def _full_codes(table: Table) -> Mapping[int, Mapping[str, str]]:
    """Put back zeros where the list itself shows that codes of communes have five figures."""
    codes = {row.number: row.cells["code"] for row in table.rows if row.cells.get("parent_code")}
    figures = {number: code for number, code in codes.items() if code.isdecimal()}
    if not any(len(code) == _FIGURES for code in figures.values()):
        return {}
    return {
        number: {"code": code.zfill(_FIGURES)}
        for number, code in figures.items()
        if len(code) == _FIGURES - 1
    }


LOST_ZERO = N_("đọc là %(code)s: Excel đã bỏ số 0 ở đầu")
