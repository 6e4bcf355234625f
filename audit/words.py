"""The trail in words: every act, kind of object, field and coded value as an auditor reads it.

Fields and values of a model are read from the model itself; the tables hold what no model knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone

ACTS: Mapping[str, str] = {
    # 登录与账号安全
    "user.sign_in": "登录",
    "user.sign_in_failed": "登录失败",
    "user.sign_out": "退出登录",
    "user.lock": "锁定账号",
    "user.unlock": "解除账号锁定",
    "user.unlock_address": "解除地址锁定",
    "user.end_session": "结束登录",
    "user.change_password": "修改密码",
    "user.reset_password": "重置密码",
    "user.second_factor_on": "启用动态口令",
    "user.second_factor_off": "停用动态口令",
    "user.second_factor_reset": "重置动态口令",
    "user.recovery_codes": "生成恢复码",
    "user.recovery_code_used": "使用恢复码",
    # 人员与权限
    "user.add": "新增人员",
    "user.edit": "修改人员信息",
    "user.deactivate": "停用账号",
    "user.reactivate": "恢复账号",
    "people.export": "导出人员",
    "membership.appoint": "安排单位任职",
    "membership.deputise": "安排代理",
    "membership.end": "结束单位任职",
    "post.grant": "授予岗位",
    "post.revoke": "收回岗位",
    # 区划与单位
    "jurisdiction.add": "新增行政区域",
    "jurisdiction.rename": "行政区域更名",
    "department.create": "新增单位",
    "department.edit": "修改单位",
    "department.rename": "单位更名",
    "department.merge": "单位合并",
    "department.split": "单位拆分",
    "department.close": "停用单位",
    "department.hand_over": "移交单位未结工作",
    "department.import": "导入单位",
    "department.export": "导出单位",
    "department.alias": "登记单位别名",
    "department.alias_removed": "删除单位别名",
    "department_group.create": "新增单位集合",
    "department_group.edit": "修改单位集合",
    "department_group.alias": "登记集合别名",
    # 文件与读入稿
    "document.upload": "上传文件",
    "document.read_again": "重新读入文件",
    "document.correct": "更正文件信息",
    "document.download": "下载文件原件",
    "draft.correct": "更正读入内容",
    "draft.add_task": "补充任务",
    "draft.split": "拆分任务",
    "draft.merge": "合并任务",
    "draft.move": "移动任务",
    "draft.assign": "批量指定单位",
    "draft.appoint": "指定牵头单位",
    "draft.lead_together": "确定共同牵头",
    "draft.set_deadline": "批量指定时限",
    "draft.leave_out": "不列入台账",
    "draft.take_in": "恢复列入台账",
    "draft.settle": "处理核对事项",
    "draft.undo": "撤销一步",
    "draft.drop": "放弃读入稿",
    "draft.export_json": "导出读入稿数据",
    "draft.export_sheet": "导出核对表",
    "draft.import_sheet": "导入核对表",
    "draft.adopt": "确认入账",
    # 台账与任务
    "ledger.amend": "以新文件更新台账",
    "ledger.export": "导出台账",
    "task.add": "新增任务",
    "task.amend": "更新任务",
    "task.terminate": "终止任务",
    "task.date_event": "登记时限起算日",
    "task.reopen": "重新打开任务",
    # 报送
    "period.open": "开启报送期",
    "period.close": "关闭报送期",
    "period.reopen": "重新开放报送期",
    "period.export_sheet": "导出填报表",
    "period.import_sheet": "导入填报表",
    "holiday.add": "录入节假日",
    "holiday.remove": "删除节假日",
    "report.save": "保存报告草稿",
    "report.submit": "提交报告",
    "report.withdraw": "撤回报告",
    "report.sign": "审签报告",
    "report.send_back": "单位退回报告",
    "report.accept": "确认报告",
    "report.return": "退回修改",
    "report.reopen": "重新打开报告",
    "report.exempt": "免报",
    "report.extend": "延长报送",
    "contribution.ask": "请参与单位提供情况",
    "contribution.give": "提供配合情况",
    "contribution.cancel": "取消请提供的情况",
    "evidence.add": "上传佐证材料",
    "evidence.remove": "移除佐证材料",
    "evidence.download": "下载佐证材料",
    # 延期与销号
    "correction.ask": "申请更正",
    "correction.decline": "不同意更正",
    "extension.ask": "申请延期",
    "extension.withdraw": "撤回延期申请",
    "extension.sign": "审签延期申请",
    "extension.send_back": "单位退回延期申请",
    "extension.grant": "同意延期",
    "extension.refuse": "不同意延期",
    "closure.ask": "申请销号",
    "closure.withdraw": "撤回销号申请",
    "closure.sign": "审签销号申请",
    "closure.send_back": "单位退回销号申请",
    "closure.complete": "准予完成",
    "closure.terminate": "准予终止",
    "closure.return": "退回销号申请",
    # 专项检查
    "inspection.add": "登记专项检查",
    "inspection.correct": "更正专项检查",
    "inspection.export": "导出整改台账",
    "finding.add": "登记检查发现的问题",
    "finding.rectify": "提交整改情况",
    "finding.withdraw": "撤回整改情况",
    "finding.close": "核实办结",
    "finding.return": "退回整改",
    "finding.cancel": "撤销问题",
    # 批示
    "directive.give": "写批示",
    "directive.answer": "填写批示落实情况",
    "directive.strike": "撤销批示",
    # 通知与通报
    "notice.write": "生成通知",
    "notice.void": "作废未发通知",
    "notice.read": "查看通知",
    "notice.resend": "重新发送通知",
    "notice.urge": "催办",
    "bulletin.draft": "起草通报",
    "bulletin.save": "修改通报",
    "bulletin.refresh": "更新通报数据",
    "bulletin.issue": "印发通报",
    "bulletin.download": "下载通报",
    "bulletin.build": "生成通报文稿",
    # 审计
    "audit.export": "导出审计记录",
    "audit.seal": "封存审计记录",
    "audit.archive": "归档审计记录",
}

FIELDS: Mapping[str, str] = {
    "accepted": "已处理事项",
    "accounts": "账号",
    "added": "新增",
    "answer": "申请结果",
    "address": "地址",
    "alias": "写法",
    "as_of": "数据截至",
    "before": "之前一项",
    "blocks": "修改的段落",
    "body": "正文",
    "changed": "变更",
    "contribution": "配合情况",
    "correction": "申请更正",
    "count": "条数",
    "date": "日期",
    "deadline": "时限",
    "department": "单位",
    "departments": "单位",
    "deputy_for": "代理何人",
    "digest": "摘要",
    "document": "文件编号",
    "draft": "读入稿编号",
    "escalation": "提请关注",
    "event_on": "起算日",
    "expected": "应报份数",
    "file_name": "文件名",
    "files": "佐证材料",
    "filter": "筛选条件",
    "finding": "检查整改",
    "from_day": "自",
    "groups": "单位集合",
    "in_text_dates": "文中日期",
    "joined": "并入",
    "kept": "保留",
    "key": "任务",
    "kind": "类别",
    "last_id": "末条编号",
    "leads": "牵头单位",
    "left": "剩余数量",
    "left_out": "不列入的理由",
    "main": "主要承接单位",
    "members": "成员",
    "message": "事项",
    "mode": "负责方式",
    "moved": "移交事项",
    "name": "名称",
    "names": "单位",
    "names_left_out": "未对应的单位",
    "number": "编号",
    "on": "截至日期",
    "open_ended": "是否开列未尽",
    "opened": "报送开始",
    "overdue": "逾期提醒",
    "part": "职责",
    "participants": "参与单位",
    "period": "报送期",
    "problems": "核对事项",
    "problems_accepted": "已确认的核对事项",
    "raw": "原文",
    "reader": "读取方式",
    "reason": "理由",
    "ref": "任务序号",
    "refs": "任务序号",
    "reminder": "报送提醒",
    "replace": "替换原有单位",
    "reports": "报告",
    "request": "待办申请",
    "responsibility_raw": "责任分工原文",
    "responsible": "负责单位",
    "returned": "退回修改",
    "role": "角色",
    "rows": "行数",
    "saved": "存草稿",
    "section": "章节",
    "sections": "章节",
    "sha256": "文件摘要",
    "sign_off": "待审签",
    "since": "自",
    "size": "大小",
    "spans": "原文位置",
    "state": "状态",
    "submitted": "提交",
    "targets": "指标",
    "tasks": "任务",
    "tasks_left_out": "未列入的任务",
    "terminated": "终止",
    "text": "内容",
    "through_day": "至",
    "title": "标题",
    "unchanged": "未变",
    "until": "至",
    "upper": "上级",
    "urge": "催办",
    "username": "用户名",
    "version": "版本",
    "void": "作废",
}

VALUES: Mapping[str, str] = {
    "open": "进行中",
    "closed": "已关闭",
    "dropped": "已放弃",
    "adopted": "已入账",
    "draft": "草稿",
    "issued": "已印发",
    "lead": "牵头",
    "leads": "牵头",
    "responsible": "负责",
    "participant": "参与",
    "participants": "参与",
    "none": "无",
}

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_EMPTY = "（空）"


def act_word(act: str) -> str:
    """The word of an act."""
    return ACTS.get(act, "其他操作")


def object_word(target_type: str) -> str:
    """The word of a kind of object, from its model."""
    model = _model(target_type)
    return str(model._meta.verbose_name) if model else ""


def field_word(target_type: str, name: str) -> str:
    """The word of a field: the model's own, else the table's; a key that is Chinese already stays."""
    field = _field(target_type, name)
    if field is not None and _CHINESE.search(str(field.verbose_name)):
        return str(field.verbose_name)
    if name.isdigit():  # what is kept by primary key
        return f"编号{name}"
    return FIELDS.get(name) or (name if _CHINESE.search(name) else "其他内容")


def value_word(target_type: str, name: str, value: Any) -> str:
    """A value as it is read: coded values by their word, lists joined, nothing as （空）."""
    if value is None or value in ("", [], {}):
        return _EMPTY
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "\n".join(f"{field_word('', key)}：{value_word('', key, one)}" for key, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        words = [value_word(target_type, name, one) for one in value]
        return ("\n" if any("\n" in word for word in words) else "、").join(words)
    return _plain_word(target_type, name, str(value))


def _plain_word(target_type: str, name: str, text: str) -> str:
    field = _field(target_type, name)
    choices = {str(key): str(word) for key, word in field.flatchoices} if field is not None else {}
    return choices.get(text) or VALUES.get(text) or _moment(text)


def _moment(text: str) -> str:
    """A moment in the office's time; everything else as it is."""
    if len(text) < len("2020-12-10T09:00") or not re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text):
        return text
    try:
        return f"{timezone.localtime(datetime.fromisoformat(text)):%Y-%m-%d %H:%M}"
    except ValueError:
        return text


def _model(target_type: str) -> type[models.Model] | None:
    try:
        return apps.get_model(target_type)
    except (LookupError, ValueError):
        return None


def _field(target_type: str, name: str) -> models.Field[Any, Any] | None:
    model = _model(target_type)
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None
