from django.db import migrations
from django.utils.timezone import localtime


def keep_changes_so_far(apps, schema_editor):
    """What was granted and closed before changes of tasks were kept has its days in the requests."""
    change = apps.get_model("tasks", "TaskChange")
    for one in apps.get_model("progress", "Extension").objects.filter(state="granted").order_by("decided_at"):
        change.objects.create(
            task_id=one.task_id,
            kind="extension",
            on=localtime(one.decided_at).date(),
            by_id=one.decided_by_id,
            before={"due_on": one.from_due_on.isoformat()},
            after={"due_on": one.to_due_on.isoformat()},
            reason=one.reason,
        )
    for task in apps.get_model("tasks", "Task").objects.filter(closed_on__isnull=False):
        change.objects.create(
            task_id=task.pk,
            kind="closed",
            on=task.closed_on,
            before={"state": "open", "closed_on": None, "closing_reason": ""},
            after={
                "state": task.state,
                "closed_on": task.closed_on.isoformat(),
                "closing_reason": task.closing_reason,
            },
            reason=task.closing_reason,
        )


class Migration(migrations.Migration):
    dependencies = [("progress", "0007_revisions_by_time"), ("tasks", "0006_append_only_changes")]

    operations = [migrations.RunPython(keep_changes_so_far, migrations.RunPython.noop)]
