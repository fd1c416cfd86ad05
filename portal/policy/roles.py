"""Who an account is: its role, and the duties it has within the role."""

from enum import StrEnum


class Role(StrEnum):
    """The workspace an account signs in to."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    YOUTH = "youth"
    ADMIN = "admin"


_TIERS = {Role.PROVINCE: 0, Role.DISTRICT: 1, Role.COMMUNE: 2, Role.YOUTH: 2}


def tiers_below(role: Role) -> frozenset[Role]:
    """Give the roles whose seats are at a tier below those of a role; none for the operator."""
    own = _TIERS.get(role, len(_TIERS))
    return frozenset(other for other, tier in _TIERS.items() if tier > own)


class Duty(StrEnum):
    """What an account does within its role."""

    DRAFT = "draft"
    """soạn thảo"""
    APPROVE = "approve"
    """lãnh đạo duyệt"""
    CLERK = "clerk"
    """văn thư: number, issue"""
    INSPECT = "inspect"
    """kiểm tra, read-only"""
