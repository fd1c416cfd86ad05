"""Units, organisations, and who reaches whom."""
