"""An issued circular cannot be changed, whoever writes."""

from django.db import migrations

from reports import issued_trigger


def install(apps, schema_editor):
    issued_trigger.install(schema_editor.connection)


def remove(apps, schema_editor):
    issued_trigger.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
