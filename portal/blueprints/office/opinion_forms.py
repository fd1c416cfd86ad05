"""The forms in which opinions are answered."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TextAreaField

from portal.features.consolidation.explaining import CATEGORIES, DECISIONS, Explained
from portal.features.consolidation.models import Opinion
from portal.web.forms import PortalForm


class AnswerAlikeForm(PortalForm):
    """One answer to several opinions."""

    decision = RadioField(_l("Xử lý"), validate_choice=False)
    explanation = TextAreaField(_l("Nội dung tiếp thu, giải trình"))

    def offer(self) -> "AnswerAlikeForm":
        """Give the choices."""
        self.decision.choices = [(key, gettext(word)) for key, word in DECISIONS.items()]
        return self

    def entered(self) -> Explained:
        """Give what was typed."""
        return Explained(decision=self.decision.data or "", explanation=self.explanation.data or "")


class ExplainForm(AnswerAlikeForm):
    """What becomes of one opinion, and why."""

    category = SelectField(_l("Loại ý kiến"), validate_choice=False)
    text = TextAreaField(
        _l("Tóm tắt các ý kiến đã gộp"),
        description=_l("Bảng tổng hợp dùng câu này; nguyên văn từng ý kiến vẫn được giữ."),
    )  # fmt: skip
    version = HiddenField()

    def fill(self, opinion: Opinion, *, merged: bool) -> "ExplainForm":
        """Give the choices, and what stands now unless something was sent."""
        self.offer()
        self.category.choices = [("", gettext("Chưa phân loại"))]
        self.category.choices += [(key, gettext(word)) for key, word in CATEGORIES.items()]
        if not merged:
            del self.text
        if not self.is_submitted():
            self.decision.data, self.category.data = opinion.decision, opinion.category
            self.explanation.data, self.version.data = opinion.explanation, str(opinion.version)
            if merged:
                self.text.data = opinion.text
        return self

    def entered(self) -> Explained:
        """Give what was typed."""
        return Explained(
            category=self.category.data or "", decision=self.decision.data or "",
            explanation=self.explanation.data or "",
            text=(self.text.data or "") if "text" in self else "",
        )  # fmt: skip
