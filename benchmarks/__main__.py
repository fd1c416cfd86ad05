"""`make bench`: every benchmark, one after another."""

from benchmarks import (
    accounts,
    carrying_out,
    dashboard,
    documents,
    export,
    folding,
    letters,
    letters_list,
    numbers,
    papers,
    posters,
    prints,
    provisions,
    questionnaire,
    rosters,
    submissions,
    task_board,
)


def main() -> None:
    """Run them all; each prints its lines with the aim beside the figure."""
    for part in (
        posters, documents, papers, submissions, letters,
        letters_list, folding, dashboard, accounts, export,
        numbers, questionnaire, prints, rosters, task_board, carrying_out,
        provisions,
    ):  # fmt: skip
        part.main()


if __name__ == "__main__":
    main()
