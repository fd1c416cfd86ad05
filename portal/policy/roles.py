"""Who an account is: its role, and the duties it has within the role."""

from enum import StrEnum


class Role(StrEnum):
    """The workspace an account signs in to."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    YOUTH = "youth"
    ADMIN = "admin"


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
