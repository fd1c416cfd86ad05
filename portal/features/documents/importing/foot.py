"""What stands below the text: recipients, who keeps it, titles and name of the signer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from portal.core.text import N_, fold
from portal.features.documents.body import Party, Recipient, Signature
from portal.features.documents.importing import Imported, Notice
from portal.features.documents.importing.lines import capitals, is_rule, marked

_RECIPIENTS: Final = re.compile(r"noi nhan\s*(?::.*)?")
_KEEPER: Final = re.compile(r"L[ưu]u\s*:?\s*(.+)", re.IGNORECASE)
_TYPIST: Final = re.compile(r"(.+?)\s*[.;,]\s+([^\W\d]{2,12}|[^\W\d]+\s?\(\d+\))\.?")
_NOTE: Final = re.compile(r"(.+?)\s*\(([^()]{1,40})\)")
_AUTHORITY: Final = re.compile(r"(?:TM|T/M|T\.M)[.\s].*")
_TITLE: Final = re.compile(
    r"(?:tm|t/m|kt|k/t|tl|t/l|tuq|t/uq|q)[.\s]+\S.*|(?:pho|nguoi|uy vien) .*|(?:chu tich|chu nhiem|"
    r"bi thu|truong|chanh|giam doc|tong|vien truong|hieu truong|thuong truc|ban thuong vu)\b.*"
)
_SIGNED: Final = re.compile(r"[(\[].*(ký|dấu).*[)\]]", re.IGNORECASE)


def start_of(lines: Sequence[str]) -> int:
    """Find where recipients and signature begin; the number of lines if there are none."""
    found = (at for at, line in enumerate(lines) if _begins_list(line))
    start = next(found, None)
    if start is None:
        near = range(max(0, len(lines) - 15), len(lines))
        return next((at for at in near if _is_title(lines[at])), len(lines))
    above = start
    while above and start - above < 10 and _may_sign(lines[above - 1]):
        above -= 1
    signed = [at for at in range(above, start) if _is_title(lines[at])]
    return signed[0] if signed else start


def _begins_list(line: str) -> bool:
    return line[:1] in "Nn" and _RECIPIENTS.fullmatch(fold(line[:200])) is not None


def _is_title(line: str) -> bool:
    return capitals(line) and _TITLE.fullmatch(fold(line)) is not None


def _may_sign(line: str) -> bool:
    return not line or (len(line) < 60 and line[-1] not in ".;:,/" and not marked(line))


@dataclass
class Foot:
    """Takes the lines of the foot one after the other."""

    recipients: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    signer: str = ""
    listing: bool = False

    def take(self, line: str) -> bool:
        """Take a line; False if it does not belong to the foot any more."""
        if _begins_list(line):
            self.listing = True
            first = line.partition(":")[2].strip()
            self.recipients += [first] if first else []
        elif not line or is_rule(line) or _SIGNED.fullmatch(line):
            return True
        elif not self._take_name(line):
            return self._take_title(line)
        return True

    def _take_name(self, line: str) -> bool:
        sign = marked(line)
        if self.listing and (sign or _KEEPER.fullmatch(line)):
            self.recipients.append(sign.text if sign else line)
        elif self.listing and not _is_title(line) and not self._is_over():
            self._go_on(line)
        else:
            return False
        return True

    def _is_over(self) -> bool:
        """Tell whether everything has been read, the line “Lưu” last."""
        return bool(self.signer and self.recipients and _KEEPER.fullmatch(self.recipients[-1]))

    def _go_on(self, line: str) -> None:
        if self.recipients and not line.endswith(":"):
            self.recipients[-1] += f" {line}"

    def _take_title(self, line: str) -> bool:
        joint = fold(line) == "kiem"
        if not self.signer and (_is_title(line) or (self.titles and (joint or capitals(line)))):
            self.titles.append("kiêm" if joint else line)
            self.listing = False
            return True
        if self.signer or not self.titles:
            return False
        self.signer = line
        return True


def with_foot(imported: Imported, lines: Iterable[str]) -> Imported:
    """Put in recipients, keeper and signature."""
    foot = Foot()
    for line in lines:
        foot.take(line)
    keeper, notices, recipients = "", imported.notices, []
    for line in foot.recipients:
        if match := _KEEPER.fullmatch(line):
            keeper, typist = _kept(match[1])
            notices += (Notice(TYPIST, {"mark": typist}),) if typist else ()
        else:
            recipients.append(_recipient(line))
    authority = [title for title in foot.titles if _AUTHORITY.fullmatch(title)]
    titles = [title for title in foot.titles if title not in authority]
    signature = Signature(" ".join(authority), "\n".join(titles), foot.signer)
    return replace(
        imported, recipients=tuple(recipients), keeper=keeper, signature=signature, notices=notices
    )


TYPIST: Final = N_("Đã bỏ ký hiệu người soạn “%(mark)s” sau dòng Lưu.")


def _kept(text: str) -> tuple[str, str]:
    """Read “VT, VHXH. Bayht.”: who keeps it, and the typist's mark."""
    match = _TYPIST.fullmatch(text)
    if match and text.rstrip(".").rfind(".") > 0 and not match[2].isupper():
        return match[1].rstrip(" .;,"), match[2]
    return text.rstrip(" .;,"), ""


def _recipient(line: str) -> Recipient:
    line = line.rstrip(" ;.,")
    match = _NOTE.fullmatch(line)
    if match is None:
        return Recipient(Party(name=line))
    return Recipient(Party(name=match[1]), note=match[2])
