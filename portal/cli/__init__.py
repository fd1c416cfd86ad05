"""Commands of the operator: `flask --app wsgi …`."""

from flask import Flask

from portal.cli import accounts, audit, backup, demo, docs, jobs, letters, serve, surveys, units


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.help = "Cổng Dân chủ cơ sở"
    for part in (accounts, audit, backup, demo, docs, jobs, letters, serve, surveys, units):
        part.register(app)
