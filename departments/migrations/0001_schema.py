import django.contrib.auth.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('departments', '0001_initial'),
        ('departments', '0002_group_alias'),
        ('departments', '0003_people_deputies_and_home'),
        ('departments', '0004_reorganised_bodies'),
        ('departments', '0005_signin'),
        ('departments', '0006_rate_windows'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Jurisdiction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=6, verbose_name='行政区划代码')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('level', models.CharField(choices=[('province', '省级'), ('city', '市级'), ('county', '县级')], max_length=10, verbose_name='层级')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='departments.jurisdiction', verbose_name='上级')),
                ('path', models.CharField(editable=False, max_length=40, verbose_name='路径')),
            ],
            options={
                'verbose_name': '行政区域',
                'ordering': ('code',),
                'constraints': [models.UniqueConstraint(fields=('code',), name='departments_jurisdiction_code_unique'), models.UniqueConstraint(fields=('path',), name='departments_jurisdiction_path_unique'), models.CheckConstraint(condition=models.Q(('path__startswith', '/')), name='departments_jurisdiction_path_rooted'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='departments_jurisdiction_not_its_own_parent')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='departments.jurisdiction', verbose_name='行政区域')),
                ('name', models.CharField(max_length=100, verbose_name='全称')),
                ('short_name', models.CharField(max_length=50, verbose_name='简称')),
                ('kind', models.CharField(choices=[('party', '党委部门'), ('government', '政府部门'), ('vertical', '垂直管理和驻地单位'), ('local', '县（市、区）人民政府'), ('other', '其他单位')], default='government', max_length=12, verbose_name='类别')),
                ('is_office', models.BooleanField(default=False, verbose_name='医改办')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='机构序列')),
                ('needs_sign_off', models.BooleanField(default=True, verbose_name='报送前须审签')),
                ('active_from', models.DateField(blank=True, null=True, verbose_name='启用日期')),
                ('active_until', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='departments.department', verbose_name='承接单位')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='版本')),
            ],
            options={
                'verbose_name': '单位',
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('active_until__isnull', True)), fields=('jurisdiction', 'name'), name='departments_department_active_name_unique', violation_error_message='同一行政区域内已有同名单位。'), models.CheckConstraint(condition=models.Q(('active_from__isnull', True), ('active_until__isnull', True), ('active_until__gte', models.F('active_from')), _connector='OR'), name='departments_department_until_after_from', violation_error_message='停用日期不能早于启用日期。')],
            },
        ),
        migrations.CreateModel(
            name='DepartmentGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='departments.jurisdiction', verbose_name='行政区域')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='版本')),
                ('members', models.ManyToManyField(related_name='groups', to='departments.department', verbose_name='成员')),
            ],
            options={
                'verbose_name': '单位集合',
                'ordering': ('name',),
                'constraints': [models.UniqueConstraint(fields=('jurisdiction', 'name'), name='departments_group_name_unique')],
            },
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='departments.department', verbose_name='单位')),
                ('name', models.CharField(max_length=100, verbose_name='原全称')),
                ('short_name', models.CharField(max_length=50, verbose_name='原简称')),
                ('until', models.DateField(verbose_name='用至')),
            ],
            options={
                'verbose_name': '单位曾用名',
                'ordering': ('-until', '-id'),
            },
        ),
        migrations.CreateModel(
            name='GroupAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.jurisdiction', verbose_name='行政区域')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='departments.departmentgroup', verbose_name='单位集合')),
                ('text', models.CharField(max_length=100, verbose_name='写法')),
                ('normalised', models.CharField(max_length=100, verbose_name='规范化写法')),
            ],
            options={
                'verbose_name': '集合别名',
                'ordering': ('text',),
                'constraints': [models.UniqueConstraint(fields=('jurisdiction', 'normalised'), name='departments_group_alias_one_group')],
            },
        ),
        migrations.CreateModel(
            name='Alias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.jurisdiction', verbose_name='行政区域')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='departments.department', verbose_name='单位')),
                ('text', models.CharField(max_length=100, verbose_name='写法')),
                ('normalised', models.CharField(max_length=100, verbose_name='规范化写法')),
            ],
            options={
                'verbose_name': '单位别名',
                'ordering': ('text',),
                'constraints': [models.UniqueConstraint(fields=('jurisdiction', 'normalised'), name='departments_alias_one_department')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=40, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='用户名')),
                ('full_name', models.CharField(max_length=40, verbose_name='姓名')),
                ('office_phone', models.CharField(blank=True, max_length=30, verbose_name='办公电话')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='电子邮箱')),
                ('jurisdiction', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='departments.jurisdiction', verbose_name='行政区域')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='下次登录须改密码')),
                ('password_changed_at', models.DateTimeField(blank=True, null=True, verbose_name='密码修改时间')),
                ('date_joined', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
            ],
            options={
                'verbose_name': '人员',
                'ordering': ('username',),
                'constraints': [models.CheckConstraint(condition=models.Q(('full_name', ''), _negated=True), name='departments_user_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='departments.department', verbose_name='单位')),
                ('role', models.CharField(choices=[('reporter', '填报员'), ('head', '单位审核人')], max_length=10, verbose_name='角色')),
                ('since', models.DateField(blank=True, null=True, verbose_name='自')),
                ('until', models.DateField(blank=True, null=True, verbose_name='至')),
                ('deputy_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deputies', to=settings.AUTH_USER_MODEL, verbose_name='代理何人')),
            ],
            options={
                'verbose_name': '单位任职',
                'ordering': ('department', 'role', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('user', 'department', 'role'), name='departments_membership_active_unique'), models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='departments_membership_until_after_since', violation_error_message='结束日期不能早于开始日期。'), models.CheckConstraint(condition=models.Q(('deputy_for__isnull', True), models.Q(('since__isnull', False), ('until__isnull', False)), _connector='OR'), name='departments_membership_deputy_has_dates', violation_error_message='代理须写明起止日期。'), models.CheckConstraint(condition=models.Q(('deputy_for', models.F('user')), _negated=True), name='departments_membership_not_own_deputy', violation_error_message='不能由本人代理本人。')],
            },
        ),
        migrations.CreateModel(
            name='PasswordHistory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='old_passwords', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('password', models.CharField(max_length=128, verbose_name='密码散列')),
                ('until', models.DateTimeField(verbose_name='停用时间')),
            ],
            options={
                'verbose_name': '用过的密码',
                'ordering': ('-until', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='departments.jurisdiction', verbose_name='行政区域')),
                ('role', models.CharField(choices=[('coordinator', '协调员'), ('leader', '分管领导'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('auditor', '审计管理员')], max_length=16, verbose_name='角色')),
            ],
            options={
                'verbose_name': '岗位',
                'ordering': ('jurisdiction', 'role', 'id'),
                'constraints': [models.UniqueConstraint(fields=('user', 'jurisdiction', 'role'), name='departments_post_unique'), models.UniqueConstraint(condition=models.Q(('role__in', ['system_admin', 'security_admin', 'auditor'])), fields=('user',), name='departments_post_one_administrator_role', violation_error_message='系统、安全、审计三个管理岗位不能由同一人担任。')],
            },
        ),
        migrations.CreateModel(
            name='RateWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, verbose_name='谁和什么')),
                ('began', models.DateTimeField(verbose_name='起点')),
                ('count', models.PositiveIntegerField(default=1, verbose_name='次数')),
            ],
            options={
                'verbose_name': '频次',
                'constraints': [models.UniqueConstraint(fields=('key', 'began'), name='one_window_per_key_and_minute')],
            },
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='second_factor', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('secret', models.TextField(verbose_name='密钥（加密）')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='启用时间')),
                ('last_step', models.BigIntegerField(default=0, verbose_name='最近用过的时间步')),
            ],
            options={
                'verbose_name': '动态口令',
                'constraints': [models.CheckConstraint(condition=models.Q(('secret', ''), _negated=True), name='departments_second_factor_has_secret')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('factor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to='departments.secondfactor')),
                ('digest', models.CharField(max_length=64, verbose_name='散列')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='使用时间')),
            ],
            options={
                'verbose_name': '恢复码',
                'constraints': [models.UniqueConstraint(fields=('factor', 'digest'), name='departments_recovery_code_unique')],
            },
        ),
        migrations.CreateModel(
            name='SignInFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='输入的用户名')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '登录失败',
                'ordering': ('-at', '-id'),
                'indexes': [models.Index(fields=['name', 'at'], name='departments_failure_by_name'), models.Index(fields=['address', 'at'], name='departments_failure_by_addr')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='departments.department', verbose_name='原单位')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='departments.department', verbose_name='承接单位')),
                ('since', models.DateField(verbose_name='自')),
                ('kind', models.CharField(choices=[('merged', '合并'), ('split', '分设')], max_length=8, verbose_name='方式')),
            ],
            options={
                'verbose_name': '单位承接',
                'ordering': ('since', 'id'),
                'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor'), name='departments_succession_once'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='departments_succession_to_another')],
            },
        ),
        migrations.CreateModel(
            name='UserSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sittings', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('since', models.DateTimeField(verbose_name='登录时间')),
                ('seen_at', models.DateTimeField(verbose_name='最近操作')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('browser', models.CharField(blank=True, max_length=60, verbose_name='浏览器')),
                ('second_factor', models.BooleanField(default=False, verbose_name='用了动态口令')),
            ],
            options={
                'verbose_name': '登录会话',
                'ordering': ('-seen_at', '-id'),
            },
        ),
    ]
