"""自报完成节点 holds the day of each milestone instead of a list of numbers."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def empty_days(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """No page has written the list so far: every row holds an empty one."""
    apps.get_model("progress", "ProgressReport").objects.update(said_steps={})


class Migration(migrations.Migration):
    dependencies = [("progress", "0009_correction")]

    operations = [
        migrations.AlterField(
            model_name="progressreport",
            name="said_steps",
            field=models.JSONField(blank=True, default=dict, verbose_name="自报完成节点"),
        ),
        migrations.RunPython(empty_days, migrations.RunPython.noop),
    ]
