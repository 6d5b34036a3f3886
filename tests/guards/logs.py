"""Collects every log record of warning level and above, so that a test can't pass over one."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence


class LogWatch:
    """Sees records where they are made, so that no handler, filter or `propagate = False` hides one."""

    def __init__(self) -> None:
        self._records: list[logging.LogRecord] = []
        self._make = logging.getLogRecordFactory()

    def start(self) -> None:
        """Watch all loggers from now on."""
        logging.setLogRecordFactory(self._record)

    def stop(self) -> None:
        """Give the loggers back as they were."""
        logging.setLogRecordFactory(self._make)

    def faults(self, expected: Sequence[str]) -> list[str]:
        """Return what is wrong with the records since the last call, one line each.

        Args:
            expected: Regular expressions; each must be found in at least one record, and each record must match one.
        """
        seen, self._records = self._records, []
        lines = [f"{record.name}: {record.levelname}: {record.getMessage()}" for record in seen]
        unexpected = [line for line in lines if not any(re.search(pattern, line) for pattern in expected)]
        missing = [pattern for pattern in expected if not any(re.search(pattern, line) for line in lines)]
        return [f"unexpected log record: {line}" for line in unexpected] + [
            f"expected log record never came: {pattern}" for pattern in missing
        ]

    def _record(self, *args: object, **kwargs: object) -> logging.LogRecord:
        record = self._make(*args, **kwargs)
        # makeLogRecord() asks for an empty record, without a level, and fills it afterwards.
        if (record.levelno or 0) >= logging.WARNING:
            self._records.append(record)
        return record
