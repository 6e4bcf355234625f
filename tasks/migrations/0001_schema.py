import django.core.serializers.json
import django.db.models.deletion
import timekeeping.clock
from django.conf import settings
from django.db import migrations, models

from audit import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, "tasks_taskchange")


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, "tasks_taskchange")


class Migration(migrations.Migration):

    replaces = [
        ('tasks', '0001_initial'),
        ('tasks', '0002_alter_ledger_created_at'),
        ('tasks', '0003_events_and_ended_parts'),
        ('tasks', '0004_parts_taken_over'),
        ('tasks', '0005_task_changes'),
        ('tasks', '0006_append_only_changes'),
    ]

    initial = True

    dependencies = [
        ('departments', '0001_schema'),
        ('departments', '__first__'),
        ('documents', '0001_schema'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ledger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ledgers', to='departments.jurisdiction', verbose_name='行政区域')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledgers', to='documents.policydocument', verbose_name='依据文件')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(verbose_name='结束日期')),
                ('reporters', models.CharField(choices=[('leads', '牵头单位'), ('responsible', '牵头和负责单位'), ('all', '全部责任单位')], default='leads', max_length=12, verbose_name='报送单位')),
                ('due_soon_days', models.PositiveSmallIntegerField(default=15, verbose_name='临期天数')),
                ('yellow_points', models.PositiveSmallIntegerField(default=10, verbose_name='黄灯：低于序时进度百分点')),
                ('red_points', models.PositiveSmallIntegerField(default=30, verbose_name='红灯：低于序时进度百分点')),
                ('created_at', models.DateTimeField(default=timekeeping.clock.now, verbose_name='建立时间')),
            ],
            options={
                'verbose_name': '台账',
                'ordering': ('-ends_on', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='tasks_ledger_ends_after_start', violation_error_message='台账结束日期不能早于开始日期。'), models.CheckConstraint(condition=models.Q(('red_points__gte', models.F('yellow_points'))), name='tasks_ledger_red_beyond_yellow', violation_error_message='红灯的百分点不能小于黄灯的百分点。'), models.UniqueConstraint(fields=('document',), name='tasks_ledger_one_per_document', violation_error_message='这份文件已经入账。'), models.UniqueConstraint(fields=('jurisdiction', 'name'), name='tasks_ledger_name_unique', violation_error_message='本行政区域已有同名台账。')],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ledger', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='tasks.ledger', verbose_name='台账')),
                ('number', models.CharField(max_length=20, verbose_name='序号')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('position', models.PositiveSmallIntegerField(verbose_name='位置')),
            ],
            options={
                'verbose_name': '章节',
                'ordering': ('position',),
                'constraints': [models.UniqueConstraint(fields=('ledger', 'position'), name='tasks_section_position_unique')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.jurisdiction', verbose_name='行政区域')),
                ('ledger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='tasks.ledger', verbose_name='台账')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='tasks.section', verbose_name='章节')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='tasks.task', verbose_name='上级任务')),
                ('ref', models.CharField(max_length=60, verbose_name='编号')),
                ('number', models.CharField(max_length=20, verbose_name='序号')),
                ('position', models.PositiveSmallIntegerField(verbose_name='位置')),
                ('title', models.CharField(max_length=300, verbose_name='任务')),
                ('body', models.TextField(blank=True, verbose_name='任务内容')),
                ('clause', models.TextField(blank=True, verbose_name='责任分工原文')),
                ('mode', models.CharField(blank=True, max_length=20, verbose_name='分工方式')),
                ('source_start', models.PositiveIntegerField(blank=True, null=True, verbose_name='原文起')),
                ('source_end', models.PositiveIntegerField(blank=True, null=True, verbose_name='原文止')),
                ('due_kind', models.CharField(choices=[('fixed', '明确日期'), ('relative', '相对期限'), ('continuing', '持续推进'), ('ledger_end', '台账止期'), ('none', '未规定')], default='none', max_length=12, verbose_name='时限类别')),
                ('due_text', models.CharField(blank=True, max_length=200, verbose_name='时限原文')),
                ('original_due_on', models.DateField(blank=True, null=True, verbose_name='原定时限')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='完成时限')),
                ('event', models.CharField(blank=True, max_length=200, verbose_name='起算事件')),
                ('offset_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='起算后')),
                ('offset_unit', models.CharField(blank=True, choices=[('day', '日'), ('workday', '个工作日'), ('week', '周'), ('month', '个月'), ('quarter', '个季度'), ('year', '年')], max_length=8, verbose_name='起算单位')),
                ('event_on', models.DateField(blank=True, null=True, verbose_name='起算日期')),
                ('state', models.CharField(choices=[('open', '进行中'), ('completed', '完成'), ('terminated', '终止')], default='open', max_length=12, verbose_name='状态')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='办结日期')),
                ('closing_reason', models.TextField(blank=True, verbose_name='办结说明')),
                ('confirmed_percent', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='确认进度')),
                ('confirmed_status', models.CharField(blank=True, choices=[('ahead', '超前'), ('normal', '正常'), ('lagging', '滞后'), ('done', '已完成')], max_length=8, verbose_name='确认判断')),
            ],
            options={
                'verbose_name': '任务',
                'ordering': ('section__position', 'position'),
                'indexes': [models.Index(fields=['ledger', 'state', 'due_on'], name='tasks_task_open_by_deadline')],
                'constraints': [models.UniqueConstraint(fields=('ledger', 'ref'), name='tasks_task_ref_unique'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_on__isnull', False), models.Q(('closing_reason', ''), _negated=True)), _connector='OR'), name='tasks_task_closed_with_date_and_reason', violation_error_message='办结须有日期和说明。'), models.CheckConstraint(condition=models.Q(models.Q(('due_kind', 'fixed'), _negated=True), ('due_on__isnull', False), _connector='OR'), name='tasks_task_fixed_has_date', violation_error_message='明确日期的任务须填写完成时限。'), models.CheckConstraint(condition=models.Q(('confirmed_percent__isnull', True), ('confirmed_percent__range', (0, 100)), _connector='OR'), name='tasks_task_percent_in_range'), models.CheckConstraint(condition=models.Q(models.Q(('offset_count__isnull', True), ('offset_unit', '')), models.Q(('offset_count__isnull', False), models.Q(('offset_unit', ''), _negated=True)), _connector='OR'), name='tasks_task_offset_has_unit', violation_error_message='起算后的时间须同时填写数字和单位。'), models.CheckConstraint(condition=models.Q(('event_on__isnull', True), models.Q(('due_on__isnull', False), ('offset_count__isnull', False)), _connector='OR'), name='tasks_task_event_day_dates_it', violation_error_message='填写起算日期须有起算后的时间和完成时限。'), models.CheckConstraint(condition=models.Q(('source_end__isnull', True), ('source_end__gte', models.F('source_start')), _connector='OR'), name='tasks_task_span_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='tasks.task', verbose_name='任务')),
                ('title', models.CharField(max_length=200, verbose_name='内容')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='时限')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='完成日期')),
            ],
            options={
                'verbose_name': '节点',
                'ordering': ('due_on', 'id'),
                'constraints': [models.UniqueConstraint(fields=('task', 'title'), name='tasks_milestone_title_unique')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ledger', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='tasks.ledger', verbose_name='台账')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='tasks.task', verbose_name='任务')),
                ('name', models.CharField(max_length=200, verbose_name='指标')),
                ('unit', models.CharField(blank=True, max_length=20, verbose_name='单位')),
                ('comparator', models.CharField(choices=[('>=', '不低于'), ('<=', '不超过'), ('=', '达到'), ('between', '介于')], max_length=8, verbose_name='要求')),
                ('low', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='下限')),
                ('high', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='上限')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='时限')),
            ],
            options={
                'verbose_name': '指标',
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('comparator', 'between'), _negated=True), models.Q(('high__isnull', False), ('low__isnull', False)), _connector='OR'), name='tasks_indicator_between_has_both_bounds'), models.CheckConstraint(condition=models.Q(('low__isnull', True), ('high__isnull', True), ('low__lte', models.F('high')), _connector='OR'), name='tasks_indicator_low_not_over_high')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='tasks.task', verbose_name='任务')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='departments.department', verbose_name='单位')),
                ('role', models.CharField(choices=[('lead', '牵头'), ('responsible', '负责'), ('participant', '参与')], max_length=12, verbose_name='角色')),
                ('via_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.departmentgroup', verbose_name='所属集合')),
                ('position', models.PositiveSmallIntegerField(verbose_name='位置')),
                ('contact', models.CharField(blank=True, max_length=60, verbose_name='联系人')),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.department', verbose_name='承接自')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='终止日期')),
            ],
            options={
                'verbose_name': '责任分工',
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('task', 'department'), name='tasks_assignment_department_once')],
            },
        ),
        migrations.CreateModel(
            name='TaskChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='tasks.task', verbose_name='任务')),
                ('kind', models.CharField(choices=[('extension', '延期'), ('event', '登记起算日期'), ('paper', '新文件'), ('closed', '办结'), ('reopened', '重新打开')], max_length=10, verbose_name='事由')),
                ('on', models.DateField(verbose_name='日期')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('before', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='变动前')),
                ('after', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='变动后')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
            ],
            options={
                'verbose_name': '任务变动',
                'ordering': ('on', 'id'),
                'indexes': [models.Index(fields=['on'], name='tasks_change_by_day')],
            },
        ),
        migrations.RunPython(install, remove),
    ]
