"""The field work of a campaign in one place: which pages it has, where each unit stands."""
