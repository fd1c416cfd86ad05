"""What an operator changes while the portal runs."""
