"""A Django model with django-simple-history: a row for each task, and a row of its history for each change."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django
from django.conf import settings


def model(path: Path) -> Any:
    """The model of a task, with its tables in a database at ``path``."""
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    apps = ["django.contrib.contenttypes", "django.contrib.auth", "simple_history"]
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=apps, USE_TZ=True)
    django.setup()
    from django.db import connection, models
    from simple_history.models import HistoricalRecords

    class Task(models.Model):
        """A task of a unit."""

        directive = models.CharField(max_length=64)
        unit = models.CharField(max_length=64)
        state = models.CharField(max_length=20, default="assigned")
        document = models.CharField(max_length=80, default="")
        office = models.CharField(max_length=120, default="")
        history = HistoricalRecords()

        class Meta:
            app_label = "simple_history"
            unique_together = (("directive", "unit"),)

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = WAL")
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
    return Task


def assigned(task_class: Any, units: Sequence[str]) -> list[Any]:
    """A task for each unit."""
    from simple_history.utils import bulk_create_with_history

    tasks = [task_class(directive="d", unit=unit) for unit in units]
    return bulk_create_with_history(tasks, task_class, batch_size=500)


def submit(task_class: Any, tasks: Sequence[Any]) -> None:
    """Record and submit each task, as its library does many: two changes each, with a row of history for each."""
    from django.db import transaction
    from simple_history.utils import bulk_update_with_history

    with transaction.atomic():
        for task in tasks:
            task.document, task.office = "sha256:" + "0" * 64, f"convenor@{task.unit}"
        bulk_update_with_history(tasks, task_class, ["document", "office"], batch_size=500)
        for task in tasks:
            task.state = "submitted"
        bulk_update_with_history(tasks, task_class, ["state"], batch_size=500)
