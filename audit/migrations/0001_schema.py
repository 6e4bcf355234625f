import django.core.serializers.json
from django.db import migrations, models

from audit import triggers


TABLES = ("audit_entry", "audit_seal", "audit_archive")


def install(apps, schema_editor):
    for table in TABLES:
        triggers.install(schema_editor.connection, table)


def remove(apps, schema_editor):
    for table in TABLES:
        triggers.remove(schema_editor.connection, table)


class Migration(migrations.Migration):

    replaces = [
        ('audit', '0001_initial'),
        ('audit', '0002_append_only'),
        ('audit', '0003_seals_and_archives'),
        ('audit', '0004_append_only_seals'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Archive',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_day', models.DateField(verbose_name='自')),
                ('through_day', models.DateField(verbose_name='至')),
                ('last_id', models.BigIntegerField(verbose_name='末条编号')),
                ('count', models.PositiveIntegerField(verbose_name='条数')),
                ('file_name', models.CharField(max_length=120, verbose_name='文件')),
                ('sha256', models.CharField(max_length=64, verbose_name='文件摘要')),
                ('archived_at', models.DateTimeField(verbose_name='归档时间')),
            ],
            options={
                'verbose_name': '审计归档',
                'ordering': ('through_day',),
                'constraints': [models.UniqueConstraint(fields=('through_day',), name='audit_archive_through_day_unique'), models.CheckConstraint(condition=models.Q(('through_day__gte', models.F('from_day'))), name='audit_archive_through_after_from')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('actor_id', models.BigIntegerField(null=True, verbose_name='操作人编号')),
                ('actor_name', models.CharField(max_length=100, verbose_name='操作人')),
                ('act', models.CharField(max_length=60, verbose_name='行为')),
                ('jurisdiction_id', models.BigIntegerField(null=True, verbose_name='行政区域编号')),
                ('target_type', models.CharField(blank=True, max_length=60, verbose_name='对象类型')),
                ('target_id', models.BigIntegerField(null=True, verbose_name='对象编号')),
                ('target_label', models.CharField(blank=True, max_length=200, verbose_name='对象')),
                ('before', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='变更前')),
                ('after', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='变更后')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
                ('request_id', models.CharField(blank=True, max_length=36, verbose_name='请求编号')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
            ],
            options={
                'verbose_name': '审计记录',
                'ordering': ('-at', '-id'),
                'indexes': [models.Index(fields=['jurisdiction_id', 'at'], name='audit_entry_by_place'), models.Index(fields=['target_type', 'target_id'], name='audit_entry_by_target'), models.Index(fields=['at', 'id'], name='audit_entry_by_time'), models.Index(fields=['actor_id', 'at'], name='audit_entry_by_actor')],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='日期')),
                ('last_id', models.BigIntegerField(verbose_name='末条编号')),
                ('count', models.PositiveIntegerField(verbose_name='条数')),
                ('previous', models.CharField(blank=True, max_length=64, verbose_name='前一日摘要')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('sealed_at', models.DateTimeField(verbose_name='封存时间')),
            ],
            options={
                'verbose_name': '审计封存',
                'ordering': ('day',),
                'indexes': [models.Index(fields=['last_id'], name='audit_seal_by_last_id')],
                'constraints': [models.UniqueConstraint(fields=('day',), name='audit_seal_day_unique'), models.UniqueConstraint(fields=('previous',), name='audit_seal_chain_without_fork'), models.CheckConstraint(condition=models.Q(('last_id__gte', 0)), name='audit_seal_last_id_counts')],
            },
        ),
        migrations.RunPython(install, remove),
    ]
