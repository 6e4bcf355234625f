import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("departments", "0004_reorganised_bodies"),
        ("tasks", "0003_events_and_ended_parts"),
    ]

    operations = [
        migrations.AddField(
            "assignment",
            "follows",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="departments.department",
                verbose_name="承接自",
            ),
        ),
    ]
