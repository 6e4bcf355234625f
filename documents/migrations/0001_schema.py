import django.db.models.deletion
import documents.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('documents', '0001_initial'),
        ('documents', '0002_replaces'),
        ('documents', '0003_draft_previous'),
    ]

    initial = True

    dependencies = [
        ('departments', '0001_schema'),
        ('departments', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='PolicyDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='departments.jurisdiction', verbose_name='行政区域')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('issuer', models.CharField(blank=True, max_length=100, verbose_name='发文机关')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='成文日期')),
                ('file', models.FileField(max_length=200, upload_to=documents.models.stored_name, verbose_name='文件')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
                ('size', models.PositiveBigIntegerField(verbose_name='大小')),
                ('sha256', models.CharField(max_length=64, verbose_name='摘要')),
                ('text', models.TextField(verbose_name='正文')),
                ('based_on', models.JSONField(default=list, verbose_name='依据文件')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='documents.policydocument', verbose_name='更新的文件')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('uploaded_at', models.DateTimeField(verbose_name='上传时间')),
            ],
            options={
                'verbose_name': '政策文件',
                'ordering': ('-uploaded_at', '-id'),
                'constraints': [models.UniqueConstraint(fields=('jurisdiction', 'sha256'), name='documents_document_file_unique')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='documents.policydocument', verbose_name='文件')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('content', models.JSONField(default=dict, verbose_name='内容')),
                ('problems', models.JSONField(default=list, verbose_name='需核对')),
                ('previous', models.JSONField(blank=True, null=True, verbose_name='上一步')),
                ('state', models.CharField(choices=[('open', '待核对'), ('adopted', '已入账'), ('dropped', '已放弃')], default='open', max_length=8, verbose_name='状态')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
            ],
            options={
                'verbose_name': '读入稿',
                'ordering': ('-id',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('document',), name='documents_draft_one_open', violation_error_message='这份文件已有一份正在核对的读入稿。')],
            },
        ),
    ]
