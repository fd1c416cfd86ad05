"""Reading a questionnaire from JSON: every place that cannot be understood is named."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from portal.core.errors import Invalid
from portal.core.text import N_
from portal.features.questionnaires.definition import TEXT_LIMIT, Definition, Kind
from portal.features.questionnaires.files.as_json import FORMAT, SCHEMA

NOT_JSON = N_("Tệp này không phải phiếu khảo sát của Cổng (.json hoặc .xlsx).")
NEWER = N_("Tệp này do bản Cổng mới hơn xuất ra. Mời nâng cấp Cổng rồi nhập lại.")
_TEXT = N_("Chỗ này phải là chữ.")
_NUMBER = N_("Chỗ này phải là số nguyên từ 0 đến 100.000.")
_YES_NO = N_("Chỗ này phải là true hoặc false.")
_LIST = N_("Chỗ này phải là danh sách.")
_OBJECT = N_("Chỗ này phải là một nhóm có tên.")
_KIND = N_("Không có kiểu câu hỏi này.")


def read(content: bytes) -> Definition:
    """Read what `to_json` wrote, or what somebody wrote like it; fields not known are ignored.

    Raises:
        Invalid: by place.
    """
    try:
        file = json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise Invalid({"file": NOT_JSON}) from wrong
    if not isinstance(file, dict) or file.get("format") != FORMAT:
        raise Invalid({"file": NOT_JSON})
    if file.get("schema") != SCHEMA:
        raise Invalid({"file": NEWER})
    reader = _Reader()
    definition = reader.definition(reader.mapping(file.get("questionnaire"), ""))
    if reader.errors:
        raise Invalid(reader.errors)
    return Definition.from_data(definition)


Raw = Mapping[str, Any]


class _Reader:
    """Turns what stands in a file into what a definition takes, and notes what does not fit."""

    def __init__(self) -> None:
        self.errors: dict[str, str] = {}

    def definition(self, raw: Raw) -> dict[str, Any]:
        key = self._text(raw, "key_question", "")
        return {
            **{name: self._text(raw, name, "") for name in ("code", "title", "intro", "audience")},
            "threshold": self._number(raw, "threshold", "", 5),
            "key_question": key or None,
            "languages": self._languages(raw),
            "sections": self._list(raw, "sections", "", self._section),
        }

    def _section(self, raw: Raw, at: str) -> dict[str, Any]:
        questions = self._list(raw, "questions", at, self._question)
        return {"title": self._text(raw, "title", at), "questions": questions}

    def _question(self, raw: Raw, at: str) -> dict[str, Any]:
        kind = self._text(raw, "kind", at)
        if kind not in set(Kind):
            self.errors[f"{at}.kind"] = _KIND
            kind = Kind.SINGLE
        return {
            **{name: self._text(raw, name, at) for name in ("id", "text", "hint")},
            "kind": kind,
            "required": self._bool(raw, "required", at),
            "options": self._list(raw, "options", at, self._option),
            "rows": self._list(raw, "rows", at, self._row),
            "show_if": self._conditions(raw, at),
            "max_length": self._number(raw, "max_length", at, TEXT_LIMIT),
        }

    def _option(self, raw: Raw, at: str) -> dict[str, Any]:
        scored = raw.get("score") is not None
        return {
            **self._row(raw, at),
            "score": self._number(raw, "score", at, 0) if scored else None,
            "unknown": self._bool(raw, "unknown", at),
        }

    def _row(self, raw: Raw, at: str) -> dict[str, Any]:
        return {name: self._text(raw, name, at) for name in ("code", "label")}

    def _conditions(self, raw: Raw, at: str) -> dict[str, list[str]]:
        found = self.mapping(raw.get("show_if", {}), f"{at}.show_if")
        for name, wanted in found.items():
            if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted):
                self.errors[f"{at}.show_if.{name}"] = _LIST
        return dict(found)

    def _languages(self, raw: Raw) -> dict[str, dict[str, str]]:
        found = self.mapping(raw.get("languages", {}), "languages")
        read = {}
        for name, given in found.items():
            words = self.mapping(given, f"languages.{name}")
            if not all(isinstance(said, str) for said in words.values()):
                self.errors[f"languages.{name}"] = _TEXT
            read[name] = dict(words)
        return read

    def _list(
        self, raw: Raw, name: str, at: str, read: Callable[[Raw, str], dict[str, Any]]
    ) -> list[dict[str, Any]]:
        place, found = _below(at, name), raw.get(name, [])
        if not isinstance(found, list):
            self.errors[place] = _LIST
            return []
        return [
            read(self.mapping(one, f"{place}.{i}"), f"{place}.{i}") for i, one in enumerate(found)
        ]

    def mapping(self, found: object, at: str) -> Raw:
        """Give a group of named values, an empty one if it is something else."""
        if isinstance(found, dict):
            return found
        self.errors[at or "questionnaire"] = _OBJECT
        return {}

    def _text(self, raw: Raw, name: str, at: str) -> str:
        found = raw.get(name)
        if found is None:
            return ""
        if not isinstance(found, str):
            self.errors[_below(at, name)] = _TEXT
        return str(found)

    def _number(self, raw: Raw, name: str, at: str, usual: int) -> int:
        found = raw.get(name, usual)
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= _MOST:
            self.errors[_below(at, name)] = _NUMBER
            return usual
        return found

    def _bool(self, raw: Raw, name: str, at: str) -> bool:
        found = raw.get(name, False)
        if not isinstance(found, bool):
            self.errors[_below(at, name)] = _YES_NO
        return found is True


_MOST: Final = 100_000


def _below(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name
