import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("departments", "0003_people_deputies_and_home")]

    operations = [
        migrations.AddField("department", "version", models.PositiveIntegerField(default=0, verbose_name="版本")),
        migrations.AddField(
            "departmentgroup", "version", models.PositiveIntegerField(default=0, verbose_name="版本")
        ),
        migrations.CreateModel(
            name="FormerName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="原全称")),
                ("short_name", models.CharField(max_length=50, verbose_name="原简称")),
                ("until", models.DateField(verbose_name="用至")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_names",
                        to="departments.department",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={"verbose_name": "单位曾用名", "ordering": ("-until", "-id")},
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="自")),
                (
                    "kind",
                    models.CharField(
                        choices=[("merged", "合并"), ("split", "分设")], max_length=8, verbose_name="方式"
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="departments.department",
                        verbose_name="原单位",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="origins",
                        to="departments.department",
                        verbose_name="承接单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位承接",
                "ordering": ("since", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("predecessor", "successor"), name="departments_succession_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="departments_succession_to_another",
                    ),
                ],
            },
        ),
    ]
