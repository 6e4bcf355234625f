/* The filing page: with 本季无变化 only its reason is asked, cause and remedy only of 滞后, and a submission waits for a draft that is just being saved,
   so that nobody is in conflict with himself. Runs in Chromium 78: ES5 only. Everything works without it. */
(function () {
  "use strict";

  function each(list, act) { Array.prototype.forEach.call(list, act); }

  function foldUnchanged(form) {
    var box = form.querySelector("[data-no-change] input"), reason, other;
    if (!box) { return; }
    reason = form.querySelector("select[name=no_change_reason]");
    other = form.querySelector("input[name=other_reason]");
    function show() {
      form.querySelector("[data-when-unchanged]").hidden = !box.checked;
      form.querySelector("[data-when-changed]").hidden = box.checked;
      other.parentNode.hidden = reason.value !== "other";
    }
    box.addEventListener("change", show);
    reason.addEventListener("change", show);
    show();
  }

  function foldLagging(form) {
    var box = form.querySelector("[data-when-lagging]");
    function show() {
      var chosen = form.querySelector("[name=said_status]:checked");
      box.hidden = !chosen || chosen.value !== "lagging";
    }
    form.addEventListener("change", show);
    show();
  }

  /* A form that is being saved is sent when the answer (and with it the new version) has come. */
  function waitForSaving(form) {
    var saving = false, pressed = null;
    form.addEventListener("htmx:beforeRequest", function (event) { saving = !event.defaultPrevented; });
    form.addEventListener("htmx:afterRequest", function () {
      saving = false;
      if (pressed) { window.setTimeout(function () { var button = pressed; pressed = null; button.click(); }, 0); }
    });
    form.addEventListener("click", function (event) {
      var button = event.target.closest("button[type=submit]");
      if (button && saving) { event.preventDefault(); pressed = button; }
    });
  }

  /* While a button is held down the form does not save by itself: the button is about to do so, and the words
     of saving would move it away from under the mouse. */
  function holdWhilePressing(form) {
    var pressing = false, held = false;
    form.addEventListener("mousedown", function (event) { pressing = Boolean(event.target.closest("button[type=submit]")); });
    form.addEventListener("htmx:beforeRequest", function (event) {
      if (pressing) { held = true; event.preventDefault(); event.stopPropagation(); }
    });
    form.addEventListener("click", function () { held = false; });
    document.addEventListener("mouseup", function () {
      window.setTimeout(function () {
        pressing = false;
        if (held) { held = false; form.dispatchEvent(new CustomEvent("save", { bubbles: true })); }
      }, 0);
    });
  }

  each(document.querySelectorAll("[data-report-form]"), function (form) {
    foldUnchanged(form);
    foldLagging(form);
    holdWhilePressing(form);
    waitForSaving(form);
  });
})();
