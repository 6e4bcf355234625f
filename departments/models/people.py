"""人员: users, what they do for a department, what they do for a jurisdiction."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from departments.models.bodies import Department, Jurisdiction
from departments.querysets import MembershipQuerySet, UserQuerySet
from departments.scope import Scope, build_scope
from timekeeping import clock


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # made at run time
    """Makes accounts with a hashed password."""

    def create_user(self, username: str, password: str, **fields: Any) -> "User":
        """Create an account; raises IntegrityError when the user name is taken."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user  # type: ignore[no-any-return]  # self.model is untyped on a run-time base


class User(AbstractBaseUser):
    """人员: a person with one account. Only what the work needs is kept: name and office contact."""

    username = models.CharField("用户名", max_length=40, unique=True, validators=[UnicodeUsernameValidator()])
    full_name = models.CharField("姓名", max_length=40)
    office_phone = models.CharField("办公电话", max_length=30, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    # Whose accounts it belongs to before it has a post or a department; empty for accounts of old.
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name="行政区域"
    )
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    date_joined = models.DateTimeField("建立时间", auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        ordering = ("username",)
        verbose_name = "人员"
        constraints = [
            models.CheckConstraint(condition=~Q(full_name=""), name="departments_user_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @cached_property
    def scope(self) -> Scope:
        """What this person may reach today (two queries, once a request).

        Who somebody is, is asked of this moment wherever the account is fetched, also again inside a
        transaction; so the clock is read here, as the one exception to taking the day as an argument.
        """
        return self.scope_on(clock.today())

    def scope_on(self, on: date) -> Scope:
        """What this person may reach on a day: parts begun and not ended, deputising included."""
        return build_scope(
            self.posts.order_by().values_list(
                "role", "jurisdiction_id", "jurisdiction__path", "jurisdiction__level"
            ),
            self.memberships.order_by()
            .serving(on)
            .values_list("role", "department_id", "department__jurisdiction_id", "deputy_for__full_name"),
        )


class Membership(models.Model):
    """What a person does for a department: 填报员 files, 单位审核人 signs off.

    With `deputy_for` the person does another's part there for a time (代理).
    """

    class Role(models.TextChoices):
        REPORTER = "reporter", "填报员"
        HEAD = "head", "单位审核人"

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="人员")
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="memberships", verbose_name="单位"
    )
    role = models.CharField("角色", max_length=10, choices=Role.choices)
    since = models.DateField("自", null=True, blank=True)
    until = models.DateField("至", null=True, blank=True)
    deputy_for = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="deputies", verbose_name="代理何人"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("department", "role", "id")
        verbose_name = "单位任职"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "department", "role"],
                condition=Q(until__isnull=True),
                name="departments_membership_active_unique",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="departments_membership_until_after_since",
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | Q(since__isnull=False, until__isnull=False),
                name="departments_membership_deputy_has_dates",
                violation_error_message="代理须写明起止日期。",
            ),
            models.CheckConstraint(
                condition=~Q(deputy_for=F("user")),
                name="departments_membership_not_own_deputy",
                violation_error_message="不能由本人代理本人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"


class Post(models.Model):
    """What a person does for a whole jurisdiction: the reform office, a leader, an administrator."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", "协调员"
        LEADER = "leader", "分管领导"
        SYSTEM_ADMIN = "system_admin", "系统管理员"
        SECURITY_ADMIN = "security_admin", "安全管理员"
        AUDITOR = "auditor", "审计管理员"

    ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)

    user = models.ForeignKey(User, models.CASCADE, related_name="posts", verbose_name="人员")
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="posts", verbose_name="行政区域"
    )
    role = models.CharField("角色", max_length=16, choices=Role.choices)

    class Meta:
        ordering = ("jurisdiction", "role", "id")
        verbose_name = "岗位"
        constraints = [
            models.UniqueConstraint(fields=["user", "jurisdiction", "role"], name="departments_post_unique"),
            # Three separate hands (等保: 管理用户权限分离): nobody holds two administrator posts.
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(role__in=["system_admin", "security_admin", "auditor"]),
                name="departments_post_one_administrator_role",
                violation_error_message="系统、安全、审计三个管理岗位不能由同一人担任。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"
