"""A list of 2,000 accounts: pasted, checked and shown; then made. Ratios to the same rows split."""

import secrets
import statistics
import time
from collections.abc import Callable

from benchmarks import setting
from benchmarks.dashboard import Unchecked
from portal.core import pasting
from portal.features.users.importing.checking import looked
from portal.features.users.importing.columns import COLUMNS
from portal.policy.roles import Role
from tests.support import surveyed

COUNT = 2000
COMMUNES = 209
TIMES = 5
KINDS = ("Ủy ban nhân dân", "Hội Nông dân", "Đoàn Thanh niên", "Mặt trận Tổ quốc", "Công đoàn",
         "Khối Dân vận", "Văn phòng", "Phòng Văn hóa - Xã hội", "Hội Cựu chiến binh",
         "Hội Liên hiệp Phụ nữ")  # fmt: skip


def main() -> None:
    """Print the times on both databases (aim: 2,000 rows checked and shown within 2 s)."""
    for backend in setting.BACKENDS:
        with setting.database(backend) as (data_dir, url), setting.portal(data_dir, url) as app:
            names = [f"Xã mẫu {number}" for number in range(COMMUNES)]
            place = surveyed.province({f"Huyện mẫu {d}": names[d::10] for d in range(10)})
            app.test_client_class = Unchecked
            client = app.test_client()
            client.sign_in(surveyed.account(place, "Tỉnh", Role.ADMIN))
            app.config["WTF_CSRF_ENABLED"] = False
            _measure(backend, client)


def _measure(backend: str, client: Unchecked) -> None:
    right, bad = text(), text(wrong=7)
    split = _usually(lambda: pasting.split(right))
    looking = _usually(lambda: looked(pasting.read_text(right, COLUMNS)))
    shown = _usually(lambda: _post(client, {"text": right}, 200))
    wrong = _usually(lambda: _post(client, {"text": bad}, 422))
    made = _took(lambda: _save(client, right))
    print(f"accounts, {backend:10} 2,000 rows: checked {looking:.2f} s "
          f"({looking / split:.0f} × splitting), checked and shown {shown:.2f} s (aim ≤ 2 s), "
          f"one row in seven wrong {wrong:.2f} s (aim ≤ 2 s), made {made:.2f} s")  # fmt: skip


def text(*, wrong: int = 0) -> str:
    """Give the rows as Excel copies them; every `wrong`th one has two cells to be corrected."""
    rows = ["Đơn vị\tCơ quan\tHọ và tên\tPhần việc"]
    for number in range(COUNT):
        bad = wrong and number % wrong == 0
        unit = f"Xã mẫu {number % COMMUNES}" + (" nào đó" if bad else "")
        body = f"{KINDS[number // COMMUNES]} Xã mẫu {number % COMMUNES}"
        rows.append(f"{unit}\t{body}\tNguyễn Văn Mẫu {number}\t{'vẽ' if bad else 'soạn thảo'}")
    return "\n".join(rows)


def _post(client: Unchecked, data: dict[str, str], status: int) -> None:
    answer = client.post("/quan-tri/tai-khoan/nhap", data=data)
    if answer.status_code != status:
        raise SystemExit(f"the import answered {answer.status_code}, not {status}")


def _save(client: Unchecked, rows: str) -> None:
    held = pasting.read_text(rows, COLUMNS).to_text()
    _post(client, {"held": held, "command": "save", "key": secrets.token_hex(8)}, 302)


def _usually(act: Callable[[], object]) -> float:
    return statistics.median(_took(act) for _ in range(TIMES))


def _took(act: Callable[[], object]) -> float:
    # Processor time: what else the machine does is not the page's doing.
    started = time.process_time()
    act()
    return time.process_time() - started


if __name__ == "__main__":
    main()
