"""What kinds of bodies and of points there are at a unit (the plans name them; DOMAIN 1.2)."""

from enum import StrEnum

from portal.core.text import N_


class OrganisationKind(StrEnum):
    """The kind of an organisation."""

    PARTY = "party"
    STEERING = "steering"
    MASS_MOBILISATION = "mass_mobilisation"
    COMMITTEE = "committee"
    FRONT = "front"
    FARMERS = "farmers"
    YOUTH = "youth"
    WOMEN = "women"
    VETERANS = "veterans"
    TRADE_UNION = "trade_union"
    ONE_STOP = "one_stop"
    OPERATOR = "operator"
    WORKING_TEAM = "working_team"
    CULTURE = "culture"
    BUREAU = "bureau"
    OTHER = "other"


KIND_LABELS: dict[OrganisationKind, str] = {
    OrganisationKind.PARTY: N_("Cấp ủy Đảng"),
    OrganisationKind.STEERING: N_("Ban Chỉ đạo thực hiện Quy chế dân chủ"),
    OrganisationKind.MASS_MOBILISATION: N_("Ban Dân vận, Khối Dân vận"),
    OrganisationKind.COMMITTEE: N_("Ủy ban nhân dân"),
    OrganisationKind.FRONT: N_("Mặt trận Tổ quốc"),
    OrganisationKind.FARMERS: N_("Hội Nông dân"),
    OrganisationKind.YOUTH: N_("Đoàn Thanh niên"),
    OrganisationKind.WOMEN: N_("Hội Liên hiệp Phụ nữ"),
    OrganisationKind.VETERANS: N_("Hội Cựu chiến binh"),
    OrganisationKind.TRADE_UNION: N_("Công đoàn"),
    OrganisationKind.ONE_STOP: N_("Bộ phận tiếp nhận và trả kết quả"),
    OrganisationKind.OPERATOR: N_("Bộ phận vận hành Cổng"),
    OrganisationKind.WORKING_TEAM: N_("Tổ công tác"),
    OrganisationKind.CULTURE: N_("Phòng Văn hóa - Xã hội"),
    OrganisationKind.BUREAU: N_("Văn phòng"),
    OrganisationKind.OTHER: N_("Cơ quan, tổ chức khác"),
}


class PointKind(StrEnum):
    """The kind of a point below a commune."""

    VILLAGE = "village"
    GROUP = "group"
    ONE_STOP = "one_stop"
    CULTURAL_HOUSE = "cultural_house"
    OFFICE = "office"
    TEAM = "team"
    ONLINE = "online"
    OTHER = "other"


POINT_LABELS: dict[PointKind, str] = {
    PointKind.VILLAGE: N_("Thôn, bản"),
    PointKind.GROUP: N_("Tổ dân phố"),
    PointKind.ONE_STOP: N_("Bộ phận một cửa"),
    PointKind.CULTURAL_HOUSE: N_("Nhà văn hóa"),
    PointKind.OFFICE: N_("Trụ sở cơ quan"),
    PointKind.TEAM: N_("Tổ dân vận cộng đồng"),
    PointKind.ONLINE: N_("Trên mạng"),
    PointKind.OTHER: N_("Điểm khác"),
}
