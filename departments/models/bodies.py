"""行政区域、单位、别名、单位集合."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from departments.querysets import BodyQuerySet, DepartmentQuerySet, JurisdictionQuerySet


class Jurisdiction(models.Model):
    """行政区域: a node of the province / city / county tree, keyed by its GB/T 2260 code."""

    class Level(models.TextChoices):
        PROVINCE = "province", "省级"
        CITY = "city", "市级"
        COUNTY = "county", "县级"

    code = models.CharField("行政区划代码", max_length=6)
    name = models.CharField("名称", max_length=40)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    path = models.CharField("路径", max_length=40, editable=False)

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        verbose_name = "行政区域"
        constraints = [
            models.UniqueConstraint(fields=["code"], name="departments_jurisdiction_code_unique"),
            models.UniqueConstraint(fields=["path"], name="departments_jurisdiction_path_unique"),
            models.CheckConstraint(
                condition=Q(path__startswith="/"), name="departments_jurisdiction_path_rooted"
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="departments_jurisdiction_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep `path` true."""
        self.take_place()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # handed through unchanged

    def take_place(self) -> None:
        """Set `path` under the parent's: /62/6208/ so that a subtree is a prefix."""
        self.path = f"{self.parent.path if self.parent else '/'}{self.code}/"


class Department(models.Model):
    """单位: a body with a full and a short name; never deleted, only ended (active_until)."""

    class Kind(models.TextChoices):
        PARTY = "party", "党委部门"
        GOVERNMENT = "government", "政府部门"
        VERTICAL = "vertical", "垂直管理和驻地单位"
        LOCAL = "local", "县（市、区）人民政府"
        OTHER = "other", "其他单位"

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="departments", verbose_name="行政区域"
    )
    name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=50)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices, default=Kind.GOVERNMENT)
    is_office = models.BooleanField("医改办", default=False)
    position = models.PositiveIntegerField("机构序列", default=0)
    needs_sign_off = models.BooleanField("报送前须审签", default=True)
    active_from = models.DateField("启用日期", null=True, blank=True)
    active_until = models.DateField("停用日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="承接单位"
    )
    version = models.PositiveIntegerField("版本", default=0)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        verbose_name = "单位"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                condition=Q(active_until__isnull=True),
                name="departments_department_active_name_unique",
                violation_error_message="同一行政区域内已有同名单位。",
            ),
            models.CheckConstraint(
                condition=Q(active_from__isnull=True)
                | Q(active_until__isnull=True)
                | Q(active_until__gte=F("active_from")),
                name="departments_department_until_after_from",
                violation_error_message="停用日期不能早于启用日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def active(self, on: date) -> bool:
        """Whether the department exists on a day; both ends count."""
        return (self.active_from or on) <= on <= (self.active_until or on)


class FormerName(models.Model):
    """曾用名: what a department was called until a day; papers that still say so mean it."""

    department = models.ForeignKey(
        Department, models.CASCADE, related_name="former_names", verbose_name="单位"
    )
    name = models.CharField("原全称", max_length=100)
    short_name = models.CharField("原简称", max_length=50)
    until = models.DateField("用至")

    class Meta:
        ordering = ("-until", "-id")
        verbose_name = "单位曾用名"

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """承接: the work of one department went over to another on a day.

    Who is named where a paper still says the old name is `Department.successor`; after a division that is
    one of several here, or nobody.
    """

    class Kind(models.TextChoices):
        MERGED = "merged", "合并"
        SPLIT = "split", "分设"

    predecessor = models.ForeignKey(
        Department, models.PROTECT, related_name="successions", verbose_name="原单位"
    )
    successor = models.ForeignKey(Department, models.PROTECT, related_name="origins", verbose_name="承接单位")
    since = models.DateField("自")
    kind = models.CharField("方式", max_length=8, choices=Kind.choices)

    class Meta:
        ordering = ("since", "id")
        verbose_name = "单位承接"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="departments_succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="departments_succession_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor}{self.get_kind_display()}：{self.successor}"


class Alias(models.Model):
    """别名: another way in which papers write a department's name."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    department = models.ForeignKey(Department, models.CASCADE, related_name="aliases", verbose_name="单位")
    text = models.CharField("写法", max_length=100)
    normalised = models.CharField("规范化写法", max_length=100)

    objects = BodyQuerySet["Alias"].as_manager()

    class Meta:
        ordering = ("text",)
        verbose_name = "单位别名"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "normalised"], name="departments_alias_one_department"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class DepartmentGroup(models.Model):
    """单位集合: a collective such as 各县（市、区）人民政府; each member answers for itself."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="groups", verbose_name="行政区域"
    )
    name = models.CharField("名称", max_length=60)
    members = models.ManyToManyField(Department, related_name="groups", verbose_name="成员")
    version = models.PositiveIntegerField("版本", default=0)

    objects = BodyQuerySet["DepartmentGroup"].as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = "单位集合"
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="departments_group_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupAlias(models.Model):
    """集合别名: another way in which papers write a collective's name."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+", verbose_name="行政区域")
    group = models.ForeignKey(
        DepartmentGroup, models.CASCADE, related_name="aliases", verbose_name="单位集合"
    )
    text = models.CharField("写法", max_length=100)
    normalised = models.CharField("规范化写法", max_length=100)

    objects = BodyQuerySet["GroupAlias"].as_manager()

    class Meta:
        ordering = ("text",)
        verbose_name = "集合别名"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "normalised"], name="departments_group_alias_one_group"
            ),
        ]

    def __str__(self) -> str:
        return self.text
