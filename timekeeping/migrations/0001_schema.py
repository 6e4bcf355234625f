from django.db import migrations, models

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

    replaces = [
        ('timekeeping', '0001_initial'),
        ('timekeeping', '0002_seed_holidays'),
        ('timekeeping', '0003_chinese_names'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='日期')),
                ('is_workday', models.BooleanField(verbose_name='是否上班')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('source', models.CharField(blank=True, max_length=100, verbose_name='来源')),
            ],
            options={
                'verbose_name': '节假日',
                'ordering': ('day',),
                'constraints': [models.UniqueConstraint(fields=('day',), name='timekeeping_holiday_day_unique')],
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
