"""`flask docs …`: pages that are written from the code, so that they never lie."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup

from portal.features.registry import WORKFLOWS
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import TABLE, Clause
from portal.workflow.engine import Transition, Workflow

WORKFLOWS_PAGE = Path(__file__).resolve().parents[2] / "docs" / "workflows.md"
group = AppGroup("docs", help="Tài liệu sinh từ mã nguồn.")
_INTRO = """# Workflows and permissions

Written by `flask --app wsgi docs workflows` from `features/*/workflow.py` and `policy/table.py`;
a test fails when it is not fresh. Change the code, not this page.
"""
_MATRIX_INTRO = """## Who may do what

A mark means: held by an account of this role with this duty, for things that meet the condition.
`●` for every account of the role; otherwise the duties that are needed, any one of them.
"""


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("workflows")
def write_workflows() -> None:
    """Viết lại docs/workflows.md."""
    WORKFLOWS_PAGE.parent.mkdir(exist_ok=True)
    WORKFLOWS_PAGE.write_text(workflows_page(), encoding="utf-8")
    click.echo(WORKFLOWS_PAGE.name)


def workflows_page() -> str:
    """Give the page as it should stand in docs/."""
    parts = [_INTRO, *(_describe(flow) for flow in WORKFLOWS.values())]
    parts += [_MATRIX_INTRO, _matrix()]
    return "\n".join(parts)


def _describe(flow: Workflow[Any]) -> str:
    lines = list(flow.transitions.values())
    rows = "\n".join(_row(line) for line in lines)
    return (
        f"## {flow.label} (`{flow.name}`)\n\n"
        f"```mermaid\nstateDiagram-v2\n{_diagram(flow, lines)}\n```\n\n"
        "| transition | from → to | who | guards | effects | reason |\n"
        "|---|---|---|---|---|---|\n"
        f"{rows}\n"
    )


def _diagram(flow: Workflow[Any], lines: list[Transition]) -> str:
    arrows = [f"    [*] --> {flow.initial}"]
    for line in lines:
        arrows += [f"    {source} --> {line.target}: {line.name}" for source in sorted(line.source)]
    ends = sorted({line.target for line in lines} - {s for line in lines for s in line.source})
    return "\n".join([*arrows, *(f"    {state} --> [*]" for state in ends)])


def _row(line: Transition) -> str:
    who = "; or ".join(clause_in_words(clause) for clause in TABLE[line.permission])
    guards = ", ".join(f"`{guard.__name__}`" for guard in line.guards)
    cells = (
        f"`{line.name}` {line.label}",
        f"{', '.join(sorted(line.source))} → {line.target}",
        f"{who} (`{line.permission}`)",
        guards or "–",
        ", ".join(f"`{effect}`" for effect in line.effects) or "–",
        "needed" if line.needs_reason else "–",
    )
    return f"| {' | '.join(cells)} |"


def clause_in_words(clause: Clause) -> str:
    """Give a clause of the policy table in words: “role province, duty approve, in scope”."""
    return ", ".join(_name(predicate) for predicate in clause)


def _name(predicate: Callable[..., object]) -> str:
    return predicate.__name__.replace("_", " ")


def _matrix() -> str:
    heads = " | ".join(Role)
    rows = "\n".join(
        f"| `{permission}` | {' | '.join(_cell(permission, role) for role in Role)} |"
        f" {_conditions(permission)} |"
        for permission in Permission
    )
    return f"| permission | {heads} | condition |\n|---|{'---|' * len(Role)}---|\n{rows}\n"


def _cell(permission: Permission, role: Role) -> str:
    marks = [mark for clause in TABLE[permission] for mark in _marks(clause, role)]
    return "●" if "●" in marks else ", ".join(dict.fromkeys(marks))


def _marks(clause: Clause, role: Role) -> Iterator[str]:
    names = [_name(predicate) for predicate in clause]
    roles = [name.removeprefix("role ").split("/") for name in names if name.startswith("role ")]
    if any(str(role) not in admitted for admitted in roles):
        return
    duties = [name.removeprefix("duty ").split("/") for name in names if name.startswith("duty ")]
    yield from duties[0] if duties else ["●"]


def _conditions(permission: Permission) -> str:
    """Give what the clauses ask of the thing itself, a clause a part."""
    found = []
    for clause in TABLE[permission]:
        names = [_name(predicate) for predicate in clause]
        asked = [name for name in names if not name.startswith(("role ", "duty "))]
        who = "".join(name.removeprefix("role ") for name in names if name.startswith("role "))
        if asked:
            found.append(f"{who or 'everybody'}: {' and '.join(asked)}")
    return "; ".join(found) or "–"
