"""What everybody reads first: the home pages, and the page of the morning meeting."""
