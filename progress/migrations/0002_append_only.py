from django.db import migrations

from audit import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, "progress_revision")


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, "progress_revision")


class Migration(migrations.Migration):
    dependencies = [("progress", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
