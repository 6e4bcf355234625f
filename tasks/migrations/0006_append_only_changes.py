from django.db import migrations

from audit import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, "tasks_taskchange")


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, "tasks_taskchange")


class Migration(migrations.Migration):
    dependencies = [("tasks", "0005_task_changes")]

    operations = [migrations.RunPython(install, remove)]
