"""How the machine is: room on its disk, the age of the last backup."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from portal.core import clock

LOW = 0.10
"""Below this share of free space the operator is warned (SECURITY T26)."""


@dataclass(frozen=True)
class Condition:
    """What the operator should know about the machine."""

    free_share: float
    free_gigabytes: float
    backup_at: datetime | None

    @property
    def is_full(self) -> bool:
        """Say whether the disk needs room."""
        return self.free_share < LOW

    @property
    def backup_days(self) -> int | None:
        """Give the whole days since the last backup."""
        return (clock.now() - self.backup_at).days if self.backup_at else None


def condition(data_dir: Path) -> Condition:
    """Look at the folder of the installation."""
    disk = shutil.disk_usage(data_dir)
    made = [path.stat().st_mtime for path in (data_dir / "backups").glob("*.tar")]
    return Condition(
        free_share=disk.free / disk.total,
        free_gigabytes=disk.free / 1e9,
        backup_at=datetime.fromtimestamp(max(made), UTC) if made else None,
    )
