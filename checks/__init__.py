"""Checks that need more than one command of a tool: run by ``make check``, no part of the product."""
