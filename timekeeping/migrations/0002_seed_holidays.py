from django.db import migrations

from timekeeping.published import published_exceptions

# The years whose notices the pinned calendar library holds and that this system's ledgers can touch.
YEARS = range(2019, 2027)


def seed(apps, schema_editor):
    Holiday = apps.get_model("timekeeping", "Holiday")
    Holiday.objects.bulk_create(
        Holiday(day=day, is_workday=worked, name=name, source="国务院办公厅节假日安排")
        for year in YEARS
        for day, (worked, name) in published_exceptions(year).items()
    )


class Migration(migrations.Migration):
    dependencies = [("timekeeping", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
