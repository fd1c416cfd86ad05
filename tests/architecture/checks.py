"""Rules about the project's own text, each a function from a source to what is wrong with it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
_NOT_OURS = {"__pycache__", "node_modules", "instance", "fonts", "versions"}
_INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>", re.IGNORECASE),
    "inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
}
_FROM_IMPORT = re.compile(r"{%-?\s*from\s+\S+\s+import\s+(.*?)-?%}", re.DOTALL)
_IMPORT = re.compile(r"{%-?\s*import\s+\S+\s+as\s+(\w+).*?%}")
_INCLUDE = re.compile(r"{%-?\s*include\s+[\"']([^\"']+)")
_COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
_CODE = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
# Written so that this file does not find itself.
_BARE_MESSAGE = re.compile(r"\b(?:_|gettext|translate)\(\w+(?:\.\w+)*\.message\)")
_MACHINE_PATH = re.compile(
    r"(?<![\w.})])/(?:wor[k]|far[m]|roo[t]|hom[e]/\w+|User[s]/\w+|op[t]/\w+)(?:/|\b(?=[\s\"']|$))"
)


def files(*folders: str, suffixes: set[str]) -> list[Path]:
    """List the project's own files below some folders, the cached and the hidden left out."""
    found = (path for folder in folders for path in (PROJECT / folder).rglob("*"))
    return sorted(path for path in found if path.suffix in suffixes and _is_ours(path))


def _is_ours(path: Path) -> bool:
    parts = path.relative_to(PROJECT).parts
    return path.is_file() and not any(part in _NOT_OURS or part[0] == "." for part in parts)


def inline_code(template: str) -> Iterator[str]:
    """Find what the content policy would refuse."""
    template = _CODE.sub("", _COMMENT.sub("", template))
    yield from (fault for fault, pattern in _INLINE.items() if pattern.search(template))


def unused_imports(template: str, included: str = "") -> Iterator[str]:
    """Find macros that neither a template that imports them nor what it includes uses."""
    template = _COMMENT.sub("", template)
    rest = _IMPORT.sub("", _FROM_IMPORT.sub("", template))
    names = _IMPORT.findall(template)
    for listed in _FROM_IMPORT.findall(template):
        plain = re.sub(r"\bwith(out)?\s+context\b", "", listed)
        names += [part.split()[-1] for part in plain.split(",") if part.strip()]
    yield from (name for name in names if not re.search(rf"\b{name}\b", rest + included))


def included(template: str) -> Iterator[Path]:
    """Give the templates that one includes; they see its macros."""
    for name in _INCLUDE.findall(template):
        yield PROJECT / "portal" / "templates" / name


def local_imports(source: str) -> Iterator[str]:
    """Find imports inside functions: they hide a circle."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{function.name}, line {node.lineno}"


def state_assignments(source: str) -> Iterator[str]:
    """Find states that are set by hand: only the workflow engine may."""
    for node in ast.walk(ast.parse(source)):
        if any(_sets_state(target) for target in _targets(node)):
            yield f"line {node.lineno}"  # type: ignore[attr-defined]
        elif isinstance(node, ast.Call) and _sets_state_by_call(node):
            yield f"line {node.lineno}"


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return [part for target in node.targets for part in _unpacked(target)]
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []


def _unpacked(target: ast.expr) -> list[ast.expr]:
    return target.elts if isinstance(target, ast.Tuple | ast.List) else [target]


def _sets_state(target: ast.expr) -> bool:
    return isinstance(target, ast.Attribute) and target.attr == "state"


def _sets_state_by_call(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if isinstance(call.func, ast.Name):
        name = call.func.id
    if name == "values":
        return any(keyword.arg == "state" for keyword in call.keywords)
    words = [part.value for part in call.args if isinstance(part, ast.Constant)]
    return name == "setattr" and "state" in words


def machine_paths(source: str) -> Iterator[str]:
    """Find absolute paths of the machine that the project was written on."""
    for number, line in enumerate(source.splitlines(), 1):
        if _MACHINE_PATH.search(line):
            yield f"line {number}: {line.strip()[:120]}"


def bare_refusals(source: str) -> Iterator[str]:
    """Find where a message is translated without the values that its placeholders stand for."""
    for number, line in enumerate(source.splitlines(), 1):
        if _BARE_MESSAGE.search(line):
            yield f"line {number}: {line.strip()[:120]}"
