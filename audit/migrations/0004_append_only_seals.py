from django.db import migrations

from audit import triggers

TABLES = ("audit_entry", "audit_seal", "audit_archive")


def install(apps, schema_editor):
    for table in TABLES:
        triggers.install(schema_editor.connection, table)


def remove(apps, schema_editor):
    for table in TABLES[1:]:
        triggers.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_seals_and_archives")]

    operations = [migrations.RunPython(install, remove)]
