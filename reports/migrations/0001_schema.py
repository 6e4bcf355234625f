import django.db.models.deletion
import reports.models
from django.conf import settings
from django.db import migrations, models

from reports import issued_trigger


def install(apps, schema_editor):
    """An issued circular cannot be changed, whoever writes."""
    issued_trigger.install(schema_editor.connection)


def remove(apps, schema_editor):
    issued_trigger.remove(schema_editor.connection)


class Migration(migrations.Migration):

    replaces = [
        ('reports', '0001_initial'),
        ('reports', '0002_issued_stands'),
    ]

    initial = True

    dependencies = [
        ('departments', '0001_schema'),
        ('departments', '__first__'),
        ('progress', '0001_schema'),
        ('tasks', '0001_schema'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bulletin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.jurisdiction', verbose_name='行政区域')),
                ('ledger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulletins', to='tasks.ledger', verbose_name='台账')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulletins', to='progress.reportingperiod', verbose_name='报送期')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='发文字号')),
                ('addressees', models.CharField(max_length=300, verbose_name='主送')),
                ('copies_to', models.CharField(blank=True, max_length=300, verbose_name='抄送')),
                ('as_of', models.DateField(verbose_name='数据截至')),
                ('dated', models.DateField(verbose_name='成文日期')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('issued', '已印发'), ('withdrawn', '已撤回')], default='draft', max_length=10, verbose_name='状态')),
                ('content', models.JSONField(default=dict, verbose_name='内容')),
                ('figures', models.JSONField(default=dict, verbose_name='数据')),
                ('file', models.FileField(blank=True, max_length=200, upload_to=reports.models.stored_name, verbose_name='文件')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='摘要')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人')),
                ('issued_at', models.DateTimeField(blank=True, null=True, verbose_name='印发时间')),
                ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='印发人')),
            ],
            options={
                'verbose_name': '通报',
                'ordering': ('-dated', '-id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'issued')), fields=('period',), name='reports_bulletin_one_issued', violation_error_message='这个报送期的通报已经印发。'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('period',), name='reports_bulletin_one_draft', violation_error_message='这个报送期已有一份通报草稿。'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'issued'), _negated=True), models.Q(('issued_at__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='reports_bulletin_issued_has_file')],
            },
        ),
        migrations.RunPython(install, remove),
    ]
