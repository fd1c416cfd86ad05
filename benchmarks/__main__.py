"""`make bench`: every benchmark, one after another."""

from benchmarks import (
    dashboard,
    documents,
    export,
    folding,
    numbers,
    papers,
    posters,
    submissions,
)


def main() -> None:
    """Run them all; each prints its lines with the aim beside the figure."""
    for part in (
        posters, documents, papers, submissions, folding, dashboard, export, numbers,
    ):  # fmt: skip
        part.main()


if __name__ == "__main__":
    main()
