"""The record of what officials change."""
