"""Closed unless opened: every endpoint declares who may come in (DESIGN rule 2)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.core.errors import Forbidden, Missing
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web.actor import Account, actor

View = Callable[..., ResponseReturnValue]
Loader = Callable[[Account, Any], Any]


@dataclass(frozen=True)
class Access:
    """What an endpoint declares."""

    kind: str
    """"public", "signed_in", or a permission's name."""
    roles: frozenset[Role] = frozenset()
    before_password: bool = False
    """Reachable while the account still has its one-time password."""


PUBLIC = Access("public")


def public(view: View) -> View:
    """Open an endpoint to everybody."""
    return _mark(view, PUBLIC)


def signed_in(*roles: Role, before_password: bool = False) -> Callable[[View], View]:
    """Open an endpoint to every account, or to accounts of these roles."""
    return lambda view: _mark(view, Access("signed_in", frozenset(roles), before_password))


def requires(permission: Permission, load: Loader | None = None) -> Callable[[View], View]:
    """Open an endpoint to whoever the policy table admits.

    Args:
        permission: what is being done.
        load: finds the item among what the actor may see, from the first URL argument; the view
            is given the item in its place. Not found is 404, found but not allowed is 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> ResponseReturnValue:  # noqa: ANN401
            if load is None:
                _check(permission, None)
                return view(**arguments)
            name = next(iter(arguments))
            item = load(actor(), arguments.pop(name))
            if item is None:
                raise Missing
            _check(permission, item)
            return view(item, **arguments)

        return _mark(guarded, Access(str(permission)))

    return decorate


def _check(permission: Permission, item: object) -> None:
    if not allows(actor(), permission, item):
        raise Forbidden


def _mark(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def access_of(endpoint: str) -> Access | None:
    """Give what an endpoint declares, None if it does not."""
    return getattr(current_app.view_functions.get(endpoint), "access", None)


def register(app: Flask) -> None:
    """Refuse whatever is not declared, send strangers to the sign-in page."""
    app.before_request(_guard)


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    access = access_of(request.endpoint)
    if access is None:
        abort(403)
    if access.kind == "public":
        return None
    g.signed_in_page = True
    if not current_user.is_authenticated:
        return _to_sign_in()
    if actor().must_change_password and not access.before_password:
        return redirect(url_for("auth.change_password"))
    if access.roles and actor().role not in access.roles:
        raise Forbidden
    return None


def _to_sign_in() -> ResponseReturnValue:
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", tiep=target))
