"""The sample province: real names of units as of 2024, everything else plainly made up."""
