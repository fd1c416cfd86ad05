"""What the server loads: granian --interface wsgi wsgi:app."""

import sys

from portal import create_app
from portal.settings import SettingError

try:
    app = create_app()
except SettingError as error:
    sys.exit(f"Cổng chưa chạy được. {error}")
