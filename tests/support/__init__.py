"""What tests stand on: databases, a server, a browser, and clients that check what they get."""
