"""登录: failures, sittings, old passwords, the second factor. None of these rows holds a secret in plain."""

from django.db import models
from django.db.models import Q

from departments.models.people import User


class SignInFailure(models.Model):
    """One attempt that failed, kept for as long as it counts towards a lock."""

    name = models.CharField("输入的用户名", max_length=100)
    address = models.GenericIPAddressField("来源地址", null=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = "登录失败"
        indexes = [
            models.Index(fields=["name", "at"], name="departments_failure_by_name"),
            models.Index(fields=["address", "at"], name="departments_failure_by_addr"),
        ]

    def __str__(self) -> str:
        return self.name


class UserSession(models.Model):
    """One place where a person is signed in: the session names this row, the row does not name the session.

    The key of a session is a secret like a password, so nothing is kept that could be used in its stead.
    A session whose row is gone is over.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="sittings", verbose_name="人员")
    since = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近操作")
    address = models.GenericIPAddressField("来源地址", null=True)
    browser = models.CharField("浏览器", max_length=60, blank=True)
    second_factor = models.BooleanField("用了动态口令", default=False)

    class Meta:
        ordering = ("-seen_at", "-id")
        verbose_name = "登录会话"

    def __str__(self) -> str:
        return f"{self.user} {self.browser}"


class PasswordHistory(models.Model):
    """A password that was once in use, as its hash."""

    user = models.ForeignKey(User, models.CASCADE, related_name="old_passwords", verbose_name="人员")
    password = models.CharField("密码散列", max_length=128)
    until = models.DateTimeField("停用时间")

    class Meta:
        ordering = ("-until", "-id")
        verbose_name = "用过的密码"

    def __str__(self) -> str:
        return f"{self.user} {self.until:%Y-%m-%d}"


class SecondFactor(models.Model):
    """动态口令 (RFC 6238) of a person; it counts from the day it was confirmed with a first code."""

    user = models.OneToOneField(User, models.CASCADE, related_name="second_factor", verbose_name="人员")
    secret = models.TextField("密钥（加密）")
    confirmed_at = models.DateTimeField("启用时间", null=True, blank=True)
    last_step = models.BigIntegerField("最近用过的时间步", default=0)

    class Meta:
        verbose_name = "动态口令"
        constraints = [
            models.CheckConstraint(condition=~Q(secret=""), name="departments_second_factor_has_secret"),
        ]

    def __str__(self) -> str:
        return f"{self.user} 动态口令"


class RecoveryCode(models.Model):
    """恢复码: opens once, when the telephone is lost."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField("散列", max_length=64)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = "恢复码"
        constraints = [
            models.UniqueConstraint(fields=["factor", "digest"], name="departments_recovery_code_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.factor} 恢复码"
