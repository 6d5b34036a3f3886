"""The commands, in the order in which the help shows them."""

from core.command_line.commands import (
    add,
    clock,
    doctor,
    documents,
    golden,
    search,
    serve,
    settings,
    sources,
    status,
    usage,
    workspaces,
)

COMMANDS = (
    add.ADD,
    search.SEARCH,
    search.MATCHES,
    golden.GOLDEN,
    status.STATUS,
    sources.SOURCES,
    documents.FAILURES,
    documents.REMOVE,
    documents.RECEIPTS,
    workspaces.WORKSPACE,
    usage.USAGE,
    settings.SETTINGS,
    clock.CLOCK,
    doctor.DOCTOR,
    serve.SERVE,
)
"""Every command that has a name."""

start = status.start
"""What runs when no command is given."""
