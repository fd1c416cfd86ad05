"""A questionnaire in a list to choose from: code, title and whose it is."""

from flask_babel import gettext

from portal.features.questionnaires.models import QuestionnaireVersion


def whose(version: QuestionnaireVersion) -> str:
    """Say whose a form is: two units may have one under the same code."""
    writer = version.questionnaire.unit
    if writer is not None:
        return str(gettext("của %(unit)s", unit=writer.running_name))
    return str(gettext("mẫu chính thức") if version.official else gettext("mẫu tham khảo"))


def named(version: QuestionnaireVersion) -> str:
    """Name a form in a list: “PKS 07: Mức độ hài lòng… (của tỉnh Bắc Giang)”."""
    form = version.definition
    return f"{form.shown_code}: {form.title} ({whose(version)})"
