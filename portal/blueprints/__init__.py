"""One blueprint a role, and `office` for what has one address whatever the reader's role."""

from flask import Flask

from portal.blueprints import admin, auth, citizen, commune, district, office, province, youth

ALL = (auth, admin, office, province, district, commune, youth, citizen)


def register(app: Flask) -> None:
    """Put the pages of every role on the application."""
    for package in ALL:
        app.register_blueprint(package.blueprint)
