"""How answers come in; those that came in different ways are counted together and apart."""

from enum import StrEnum

from portal.core.text import N_


class Channel(StrEnum):
    """The way of an answer."""

    QR = "qr"
    SLIP = "slip"
    PAPER = "paper"


CHANNEL_LABELS = {
    Channel.QR: N_("Mã QR"),
    Channel.SLIP: N_("Phiếu dùng một lần"),
    Channel.PAPER: N_("Phiếu giấy hỗ trợ"),
}
