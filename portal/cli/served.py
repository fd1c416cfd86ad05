"""What `flask serve` gives to granian: the portal, in workers that do not outlive their server.

Elsewhere granian is given `wsgi:app`; there the service manager ends every process of a service.
"""

from portal import create_app
from portal.cli.processes import die_with_parent

die_with_parent()
app = create_app()
