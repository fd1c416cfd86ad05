"""What can be done, one name each."""

from enum import StrEnum


class Permission(StrEnum):
    """Permissions, alphabetical, named `area:action`; `policy.table` says who holds them."""

    ACCOUNT_MANAGE = "account:manage"
    AUDIT_READ = "audit:read"
    CAMPAIGN_APPROVE = "campaign:approve"
    CAMPAIGN_CREATE = "campaign:create"
    CAMPAIGN_EDIT = "campaign:edit"
    CAMPAIGN_READ = "campaign:read"
    CAMPAIGN_REPORT = "campaign:report"
    CODE_MANAGE = "code:manage"
    CODE_READ = "code:read"
    JOB_READ = "job:read"
    PARTICIPATION_READ = "participation:read"
    QUESTIONNAIRE_READ = "questionnaire:read"
    RESULT_EXPORT = "result:export"
    RESULT_READ = "result:read"
    SETTING_MANAGE = "setting:manage"
    TEXT_READ = "text:read"
    UNIT_MANAGE = "unit:manage"
    UNIT_READ = "unit:read"
