"""Accounts from a table: checked cell by cell, taken all or nothing."""
