import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('notices', '0001_initial'),
        ('notices', '0002_outbox_keys'),
        ('notices', '0003_sign_off'),
        ('notices', '0004_waiting'),
        ('notices', '0005_corrections'),
    ]

    initial = True

    dependencies = [
        ('departments', '0001_schema'),
        ('departments', '__first__'),
        ('progress', '0001_schema'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='接收人')),
                ('kind', models.CharField(choices=[('opened', '报送开始'), ('reminder', '报送提醒'), ('overdue', '逾期提醒'), ('escalation', '提请关注'), ('returned', '退回修改'), ('sign_off', '待审签'), ('urge', '催办'), ('request', '待办申请'), ('answer', '申请结果'), ('contribution', '配合情况'), ('finding', '检查整改'), ('correction', '申请更正')], max_length=12, verbose_name='类别')),
                ('subject_type', models.CharField(max_length=60, verbose_name='事项类型')),
                ('subject_id', models.BigIntegerField(verbose_name='事项编号')),
                ('occurrence', models.DateField(verbose_name='所属日期')),
                ('occasion', models.CharField(blank=True, default='', max_length=32, verbose_name='场次')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.jurisdiction', verbose_name='行政区域')),
                ('period', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='progress.reportingperiod', verbose_name='报送期')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('body', models.TextField(verbose_name='内容')),
                ('link', models.CharField(blank=True, max_length=200, verbose_name='链接')),
                ('covers', models.JSONField(blank=True, default=list, verbose_name='所列事项')),
                ('urgent', models.BooleanField(default=False, verbose_name='紧急')),
                ('state', models.CharField(choices=[('queued', '待发'), ('sending', '发送中'), ('sent', '已发'), ('failed', '发送失败'), ('void', '已作废'), ('doubtful', '不确定')], default='queued', max_length=10, verbose_name='状态')),
                ('channel', models.CharField(blank=True, choices=[('inside', '系统内'), ('email', '电子邮件')], max_length=8, verbose_name='送达方式')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='生成时间')),
                ('claimed_at', models.DateTimeField(blank=True, null=True, verbose_name='领取时间')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='发出时间')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('next_try_at', models.DateTimeField(blank=True, null=True, verbose_name='下次尝试')),
                ('error', models.TextField(blank=True, verbose_name='未送达的原因')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='阅读时间')),
            ],
            options={
                'verbose_name': '通知',
                'ordering': ('-created_at', '-id'),
                'indexes': [models.Index(fields=['state', 'next_try_at'], name='notices_notice_waiting'), models.Index(fields=['recipient', 'read_at'], name='notices_notice_of_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'void'), _negated=True), fields=('recipient', 'kind', 'subject_type', 'subject_id', 'occurrence', 'occasion'), name='notices_notice_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='notices_notice_sent_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sending'), _negated=True), ('claimed_at__isnull', False), _connector='OR'), name='notices_notice_sending_is_claimed')],
            },
        ),
        migrations.CreateModel(
            name='Urge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.jurisdiction', verbose_name='行政区域')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='urges', to='progress.reportingperiod', verbose_name='报送期')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='urges', to='departments.department', verbose_name='单位')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='催办人')),
                ('on', models.DateField(verbose_name='日期')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('text', models.TextField(verbose_name='内容')),
            ],
            options={
                'verbose_name': '催办',
                'ordering': ('-at',),
                'constraints': [models.UniqueConstraint(fields=('period', 'department', 'on'), name='notices_urge_cooldown', violation_error_message='今天已经催办过这个单位。')],
            },
        ),
    ]
