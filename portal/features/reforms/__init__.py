"""What follows when units take over from others: bodies, accounts, papers, running campaigns."""
