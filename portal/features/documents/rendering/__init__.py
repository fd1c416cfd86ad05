"""A paper as a file: `word.py` draws .docx, `pdf.py` PDF and pictures of pages."""
