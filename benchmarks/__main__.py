"""``python -m benchmarks``: everything that is measured."""

from benchmarks.delivery import main

main()
