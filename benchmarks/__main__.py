"""`make bench`: every benchmark, one after another."""

from benchmarks import dashboard, export, folding, posters, submissions


def main() -> None:
    """Run them all; each prints its lines with the aim beside the figure."""
    for part in (posters, submissions, folding, dashboard, export):
        part.main()


if __name__ == "__main__":
    main()
