"""The forms of a week's tally: what the first of two says, and the second."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from portal.features.tallies.services import LONGEST, Signature
from portal.web.forms import Filled, PortalForm


class PositionForm(PortalForm):
    """What the second of two says."""

    position = StringField(
        _l("Chức vụ"), [Filled()], description=_l("Như sẽ in trong biên bản."),
        render_kw={"maxlength": LONGEST["position"]},
    )  # fmt: skip

    def entered(self) -> Signature:
        """Give what was typed; only after `validate()`."""
        return Signature(self.position.data or "")


class SignForm(PositionForm):
    """What the first of two says."""

    remark = TextAreaField(
        _l("Nhận xét, đề nghị"), render_kw={"maxlength": LONGEST["remark"]},
        description=_l("Không bắt buộc. In trong biên bản và báo cáo; không chép lời thư."),
    )  # fmt: skip

    def entered(self) -> Signature:
        """Give what was typed; only after `validate()`."""
        return Signature(self.position.data or "", self.remark.data or "")
