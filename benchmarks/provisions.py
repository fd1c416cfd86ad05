"""Reading drafts: how much of what is in them is found, and how long two hundred pages take."""

import time
from collections.abc import Callable, Mapping

from portal.features.regulations import matching, parsing
from portal.features.regulations.parsing import Reading
from portal.features.regulations.reading import entries
from tests.support import legal
from tests.support.legal import Sample

PAGES, AIM_SECONDS = 200, 3.0
_WAYS: Mapping[str, Callable[[Sample], Reading]] = {
    "dán": lambda one: parsing.read_text(one.text),
    "dán, NFD, khoảng trắng lạ": lambda one: parsing.read_text(legal.spoiled(one.text)),
    ".docx": lambda one: parsing.read_file(one.docx()),
}


def main() -> None:
    """Print recall and precision by level, then the times."""
    samples = legal.samples()
    for way, read in _WAYS.items():
        pairs = [(one.expected, legal.found(read(one).parts)) for one in samples]
        count = sum(expected.total() for expected, _found in pairs)
        print(f"{way}: {len(samples)} văn bản, {count} điều khoản")
        for level, (recall, precision) in legal.scores(pairs).items():
            print(f"  {level:8} tìm thấy {recall:7.1%}  đúng {precision:7.1%}")
    _times()


def _times() -> None:
    text = legal.long(400)  # at 14 pt about 2,300 signs make a page
    data = Sample("dài", "\n".join(f"T|{line}" for line in text.split("\n"))).docx()
    start = time.perf_counter()
    reading = parsing.read_file(data)
    took = time.perf_counter() - start
    pages = len(text) // 2300
    print(f"đọc .docx {pages} trang, {len(reading.parts)} điều khoản: {took:.2f} s "
          f"(mục tiêu {PAGES} trang dưới {AIM_SECONDS:.0f} s)")  # fmt: skip
    old = parsing.read_text(legal.long(120))
    start = time.perf_counter()
    matching.carried(entries(old.parts), parsing.read_text(legal.long(121)).parts)
    print(f"đối chiếu hai bản {len(old.parts)} điều khoản: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
