"""What a unit makes public, by which channels, for how long, and how that shows."""
