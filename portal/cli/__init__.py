"""Commands of the operator: `flask --app wsgi …`."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.help = "Cổng Dân chủ cơ sở"
