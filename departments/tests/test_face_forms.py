"""Form fields as the look draws them: names, help and errors stay tied to the widget."""

from datetime import date

import pytest
from django import forms

from departments.face_forms import DayField, DayInput, PercentField
from departments.tests.drawing import draw, partial, words


class FilingForm(forms.Form):
    """One field of every layout."""

    text = forms.CharField(label="进展情况", widget=forms.Textarea(attrs={"class": "rt-narrow form-control"}))
    percent = forms.IntegerField(label="完成进度", max_value=100, help_text="上季45%。")
    reason = forms.ChoiceField(label="原因", choices=[("plan", "按计划推进")])
    judgement = forms.ChoiceField(
        label="本单位判断", choices=[("ok", "正常"), ("slow", "滞后")], widget=forms.RadioSelect
    )
    parts = forms.MultipleChoiceField(
        label="内容", choices=[("a", "每一页"), ("b", "每一张表")], widget=forms.CheckboxSelectMultiple
    )
    evidence = forms.FileField(label="佐证材料", help_text="可不填。")
    unchanged = forms.BooleanField(label="本季无变化")
    version = forms.IntegerField(widget=forms.HiddenInput)


def test_it_ties_label_help_and_errors_to_the_widget() -> None:
    drawn = draw('{% field form.percent suffix="%" hint="必填" %}', form=FilingForm({"percent": "120"}))
    widget = drawn.find(".//input")
    assert drawn.find(".//label").get("for") == widget.get("id") == "id_percent"
    assert drawn.find(".//label/small").text == "必填"
    assert widget.get("aria-invalid") == "true"
    described = [drawn.get_element_by_id(one) for one in widget.get("aria-describedby").split()]
    assert described[0].text == "上季45%。"
    assert described[1].find_class("invalid-feedback")
    assert widget.getparent().get("class") == "rt-pct"


def test_it_announces_nothing_on_a_field_without_errors() -> None:
    drawn = draw("{% field form.text %}", form=FilingForm())
    assert drawn.find(".//textarea").get("aria-invalid") is None
    assert not drawn.find_class("invalid-feedback")


@pytest.mark.parametrize(
    ("name", "classes"),
    [("text", "rt-narrow form-control"), ("reason", "form-select"), ("evidence", "form-control")],
)
def test_it_dresses_a_widget_once_and_keeps_its_own_class(name: str, classes: str) -> None:
    assert draw("{% control bound %}", bound=FilingForm()[name])[0].get("class") == classes


def test_it_marks_a_wrong_widget() -> None:
    assert draw("{% control form.reason %}", form=FilingForm({}))[0].get("class") == "form-select is-invalid"


def test_it_ties_help_to_a_file_field() -> None:
    widget = draw("{% field form.evidence %}", form=FilingForm()).find(".//input")
    assert widget.get("aria-describedby") == "id_evidence_helptext"


def test_it_groups_the_options_of_a_choice_under_its_name() -> None:
    drawn = draw("{% field form.judgement %}", form=FilingForm(initial={"judgement": "slow"}))
    assert drawn.find(".//fieldset/legend").text == "本单位判断"
    labels = drawn.findall(".//label")
    assert [one.get("for") for one in labels] == [one.find("input").get("id") for one in labels]
    assert [words(one) for one in drawn.find_class("is-on")] == ["滞后"]


def test_it_ties_the_errors_of_a_choice_to_its_group() -> None:
    group = draw("{% field form.judgement %}", form=FilingForm({})).find(".//fieldset")
    assert group.get_element_by_id(group.get("aria-describedby")).find_class("invalid-feedback")


def test_it_draws_a_list_of_boxes_for_several_choices() -> None:
    drawn = draw("{% field form.parts %}", form=FilingForm())
    assert len(drawn.find_class("rt-checks")[0].find_class("rt-check")) == 2


def test_it_puts_the_label_of_a_single_box_beside_it() -> None:
    label = draw("{% field form.unchanged %}", form=FilingForm()).find(".//label")
    assert label.find("input").get("id") == label.get("for")
    assert words(label) == "本季无变化"


def test_it_draws_nothing_around_a_hidden_field() -> None:
    assert [one.get("type") for one in draw("{% field form.version %}", form=FilingForm())] == ["hidden"]


def test_it_escapes_what_was_typed() -> None:
    drawn = draw("{% field form.text %}", form=FilingForm({"text": "</textarea><script>alert(1)</script>"}))
    assert drawn.find(".//script") is None
    assert "<script>" in drawn.find(".//textarea").text


def test_it_lists_the_wrong_fields_on_top_with_links() -> None:
    form = FilingForm({"text": "进展", "reason": "plan", "parts": ["a"], "unchanged": "on", "version": 1})
    drawn = draw("{% form_errors form %}", form=form)
    assert drawn[0].get("role") == "alert"
    assert words(drawn.find(".//b")) == "有3处需要更正"
    links = [one.get("href") for one in drawn.findall(".//a")]
    assert links == ["#id_percent", "#id_judgement_0", "#id_evidence"]


def test_it_repeats_no_single_error_on_top() -> None:
    class Short(forms.Form):
        percent = forms.IntegerField(label="完成进度")

    assert len(draw("{% form_errors form %}", form=Short({}))) == 0


def test_it_always_shows_the_errors_of_a_whole_form() -> None:
    form = forms.Form({})
    form.add_error(None, "两次输入的<新密码>不一致。")
    assert "两次输入的<新密码>不一致。" in words(draw("{% form_errors form %}", form=form))


def test_it_draws_a_date_as_text_in_iso_whatever_the_locale_says() -> None:
    drawn = DayInput().render("due_on", date(2020, 12, 10))
    assert 'type="text"' in drawn
    assert 'value="2020-12-10"' in drawn
    assert "data-day" in drawn


@pytest.mark.parametrize(
    "typed",
    ["2020-12-10", " 2020年12月10日 ", "2020.12.10", "2020/12/10", "20201210", "２０２０－１２－１０"],
)
def test_it_reads_a_date_however_people_write_it(typed: str) -> None:
    assert DayField().clean(typed) == date(2020, 12, 10)


@pytest.mark.parametrize(
    "typed", ["2020-13-01", "2020-2-30", "12月10日", "年底", "44175", "2020-12", "0007-12-10"]
)
def test_it_says_how_a_date_is_written(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"请填写日期，如2020-12-31。"):
        DayField().clean(typed)


def test_it_wants_a_date_only_where_one_is_required() -> None:
    assert DayField(required=False).clean("　") is None
    with pytest.raises(forms.ValidationError, match="请填写日期。"):
        DayField().clean("")


def test_it_draws_a_filter_that_works_as_a_plain_form() -> None:
    tabs = [{"label": "红 滞后", "url": "?light=red", "count": 3, "current": True, "light": "red"}]
    drawn = partial("filter_bar", form=FilingForm(auto_id="f_%s"), tabs=tabs, target="rows", found="共3项")[0]
    assert (drawn.get("method"), drawn.get("hx-target")) == ("get", "#rows")
    assert drawn.find(".//button[@type='submit']").text == "筛选"
    assert words(drawn.find_class("rt-tabs")[0]) == "红滞后3"
    assert {one.get("for") for one in drawn.findall(".//label")} >= {"f_text", "f_percent"}


class PercentForm(forms.Form):
    """A percentage."""

    percent = PercentField(label="完成进度")


@pytest.mark.parametrize("typed", ["85", " 85 ", "85%", "85％", "８５"])
def test_it_reads_a_percentage_as_people_type_it(typed: str) -> None:
    form = PercentForm({"percent": typed})
    assert form.is_valid()
    assert form.cleaned_data["percent"] == 85


@pytest.mark.parametrize("typed", ["", "%", "101", "-1", "85.5", "八十五", "9" * 5000])
def test_it_says_what_a_percentage_is(typed: str) -> None:
    assert PercentForm({"percent": typed}).errors["percent"] == ["请填0至100之间的整数。"]
