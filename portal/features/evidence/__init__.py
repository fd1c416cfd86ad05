"""What shows that something was done: photos and links, of whatever other features have done."""
