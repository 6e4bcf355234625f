from django.db import migrations

from timekeeping.published import CHINESE


def translate(apps, schema_editor):
    """Days seeded before carried the calendar library's English names."""
    Holiday = apps.get_model("timekeeping", "Holiday")
    for english, chinese in CHINESE.items():
        Holiday.objects.filter(name=english).update(name=chinese)


class Migration(migrations.Migration):
    dependencies = [("timekeeping", "0002_seed_holidays")]

    operations = [migrations.RunPython(translate, migrations.RunPython.noop)]
