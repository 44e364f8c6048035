"""Documents and datasets: their text, a drawn first page, and translated copies."""
