"""Cổng Dân chủ cơ sở: the Grassroots Democracy Portal."""

import gc

# What is loaded now stays. To look for garbage among it meanwhile is a third of every start.
gc.disable()

from pathlib import Path

from flask import Flask, g
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from portal import blueprints, cli
from portal.core import clock, database, exports, files, links, pasted, receipts
from portal.extensions import csrf, db, migrate
from portal.features import registry
from portal.features.audit import services as audit
from portal.features.letters import files as letter_files
from portal.features.letters import form_keys as letter_keys
from portal.features.sealing import salt
from portal.features.settings import services as installation
from portal.features.surveys import intake
from portal.settings import LOOPBACK, Settings
from portal.web import (
    access,
    addresses,
    assets,
    bodies,
    errors,
    headers,
    health,
    locale,
    log,
    navigation,
    sample,
    sessions,
    signing_in,
)

gc.freeze()
gc.enable()

_HERE = Path(__file__).resolve().parent
TWELVE_HOURS = 12 * 3600


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application.

    Args:
        settings: read from the environment if not given.

    Raises:
        portal.settings.SettingError: naming a setting that cannot be used.
    """
    settings = settings or Settings.from_environment()
    app = Flask(__name__, static_folder=None, instance_path=str(settings.data_dir))
    _configure(app, settings)
    _register_database(app, settings)
    registry.bind()
    for part in (
        log, addresses, bodies, sample, assets, sessions, locale, access, headers, errors,
        navigation, signing_in, health,
    ):  # fmt: skip
        part.register(app)
    csrf.init_app(app)
    blueprints.register(app)
    cli.register(app)
    _register_globals(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    settings.open_folder()
    log.set_up()
    app.config.update(
        PORTAL=settings,
        TESTING=settings.testing,
        SECRET_KEY=settings.secret("session"),
        SESSION_COOKIE_NAME="__Host-phien" if settings.secure else "phien",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=20 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        MAX_FORM_PARTS=2000,
        WTF_CSRF_TIME_LIMIT=TWELVE_HOURS,
        BABEL_DEFAULT_LOCALE="vi",
        BABEL_TRANSLATION_DIRECTORIES=str(_HERE.parent / "translations"),
        TRUSTED_HOSTS=sorted(LOOPBACK | {settings.host}),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    audit.use_key(settings.secret("audit"))
    intake.set_up(settings.secret("form"), keep_seconds=0 if settings.testing else 10)
    receipts.set_up(settings.secret("form"), salt.installation_salt)
    links.set_up(settings.secret("form"))
    letter_keys.use_secret(settings.secret("form"))
    exports.use_folder(settings.data_dir / "exports")
    pasted.use_folder(settings.data_dir / "pasted")
    files.use_uploads(settings.data_dir / "uploads")
    letter_files.use_folder(settings.data_dir / "uploads")


def _register_database(app: Flask, settings: Settings) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    on_sqlite = settings.database_url.startswith("sqlite")
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "pool_size": settings.pool_size,
        "max_overflow": settings.pool_size,
        "pool_timeout": database.BUSY_SECONDS,
        "pool_pre_ping": not on_sqlite,
        # A machine that went silent is given up soon; the driver itself would wait two minutes.
        "connect_args": {} if on_sqlite else {"connect_timeout": 5},
        "hide_parameters": True,
    }
    if (path := make_url(settings.database_url).database) and "sqlite" in settings.database_url:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(_HERE / "migrations"), render_as_batch=True)
    with app.app_context():
        database.tune(db.engine)
    database.provide(db.session)


def _register_globals(app: Flask) -> None:
    @app.context_processor
    def _installation() -> dict[str, object]:
        return {"installation": _named(), "today": clock.today()}


def _named() -> installation.Installation:
    if g.get("database_away"):
        return installation.Installation("", sample=False)
    try:
        return installation.installation()
    except (OperationalError, PoolTimeout):
        # The page that says “the database is away” is drawn too.
        return installation.Installation("", sample=False)
