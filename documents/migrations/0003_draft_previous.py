from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_replaces"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="previous",
            field=models.JSONField(blank=True, null=True, verbose_name="上一步"),
        ),
    ]
