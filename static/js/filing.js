/* The filing page: with 本季无变化 only its reason is asked, cause and remedy only of 滞后, a submission waits for a draft or a file that
   is just being sent, so that nobody is in conflict with himself, files are sent when they are chosen, and 采用 puts another
   department's words into the text in place. Runs in Chromium 78: ES5 only. Everything works without it. */
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

  /* What the report's form asks by itself, and not a part of it that asks for itself. */
  function own(form, event) { return event.detail.elt === form; }

  /* A form that is being saved is sent when the answer (and with it the new version) has come. One whose last save was never
     answered is saved first, since the server may have a newer version than the page knows. */
  function waitForSaving(form) {
    var saving = false, pressed = null;
    form.addEventListener("htmx:beforeRequest", function (event) { if (own(form, event)) { saving = !event.defaultPrevented; } });
    form.addEventListener("htmx:afterRequest", function (event) {
      var button = pressed, status = event.detail.xhr.status;
      if (!own(form, event)) { return; }
      saving = false;
      pressed = null;
      if (!button) { return; }
      window.setTimeout(function () {
        if (status && status < 502) { button.click(); }
        else { form.dispatchEvent(new CustomEvent("unsent", { bubbles: true, detail: { button: button } })); }
      }, 0);
    });
    form.addEventListener("click", function (event) {
      var button = event.target.closest("button[type=submit]");
      if (!button || button.hasAttribute("hx-post") || !(saving || form.hasAttribute("data-lost"))) { return; }
      event.preventDefault();
      pressed = button;
      if (!saving) { form.dispatchEvent(new CustomEvent("save", { bubbles: true })); }
    });
  }

  /* While a button is held down, or the form is on its way, it does not save by itself: the button is about to do so, and the
     words of saving would move it away from under the mouse. */
  function holdWhilePressing(form) {
    var pressing = false, held = false;
    form.addEventListener("mousedown", function (event) { pressing = Boolean(event.target.closest("button[type=submit]")); });
    form.addEventListener("htmx:beforeRequest", function (event) {
      if (!own(form, event)) { return; }
      if (form.hasAttribute("data-session-asking")) { event.preventDefault(); event.stopPropagation(); return; }
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

  function tell(field, kind) { field.dispatchEvent(new Event(kind, { bubbles: true })); }

  /* 采用: the words go to the end of 进展情况, which then saves itself; once is enough. */
  function takeOver(form) {
    each(form.querySelectorAll("[data-take]"), function (button) {
      button.addEventListener("click", function (event) {
        var area = form.querySelector("textarea[name=text]"), line = button.getAttribute("data-take");
        var unchanged = form.querySelector("[data-no-change] input"), text = area.value.replace(/\s+$/, "");
        event.preventDefault();
        event.stopPropagation();
        if (unchanged && unchanged.checked) { unchanged.checked = false; tell(unchanged, "change"); }
        if (text.indexOf(line) < 0) { area.value = text ? text + "\n" + line : line; }
        area.focus();
        area.setSelectionRange(area.value.length, area.value.length);
        tell(area, "input");
        tell(area, "change");
      });
    });
  }

  /* What is asked of others stands inside the report's form and is no part of the report: it saves no draft. */
  function keepApart(form) {
    each(form.querySelectorAll("[data-apart]"), function (part) {
      ["input", "change"].forEach(function (kind) {
        part.addEventListener(kind, function (event) { event.stopPropagation(); });
      });
    });
  }

  /* 佐证材料: a choice is sent at once; too much is told before it is sent, and what went wrong stands beside the field. */
  function say(input, selector, words) {
    var place = input.closest(".rt-evidence").querySelector(selector), line = document.createElement(selector === "[data-file-fault]" ? "p" : "span");
    place.textContent = "";
    line.className = selector === "[data-file-fault]" ? "invalid-feedback" : "";
    line.textContent = words;
    if (words) { place.appendChild(line); }
  }

  function bytesOf(input) { return Array.prototype.reduce.call(input.files, function (sum, file) { return sum + file.size; }, 0); }

  var FAULTS = { 0: "网络断开，文件没有上传，请恢复后再选一次。", 413: "文件过大，没有上传，请分几次选择。", 429: "上传过于频繁，请稍等一分钟后再选一次。" };

  function empty(input) {
    input.value = "";
    input.dispatchEvent(new CustomEvent("files"));
  }

  function fail(input, status) {
    say(input, "[data-file-state]", "");
    if (status === 401) { return; }
    say(input, "[data-file-fault]", FAULTS[status] || "文件没有上传成功，请再选一次。");
    empty(input);
  }

  function tooMuch(input) {
    var most = Number(input.getAttribute("data-evidence"));
    return bytesOf(input) > most * 1048576 ? "这次选择的文件合计超过" + most + "MB，没有上传，请分几次选择。" : "";
  }

  /* A button that is pressed while files are on their way waits for them, and does nothing when one was refused. */
  function sendFiles(form) {
    var underWay = 0, pressed = null;
    function ofFiles(act) {
      return function (event) {
        var input = event.detail.requestConfig.elt; /* by now another stands in its place */
        if (input.hasAttribute("data-evidence")) { act(input, event); }
      };
    }
    form.addEventListener("htmx:beforeRequest", ofFiles(function (input, event) {
      var words = tooMuch(input);
      say(input, "[data-file-fault]", words);
      if (words) { empty(input); }
      if (words || !input.files.length) { event.preventDefault(); event.stopImmediatePropagation(); return; }
      underWay += 1;
      say(input, "[data-file-state]", "正在上传");
    }));
    form.addEventListener("htmx:afterRequest", ofFiles(function (input, event) {
      var button = pressed;
      underWay = Math.max(0, underWay - 1);
      if (event.detail.xhr.status !== 200) { pressed = null; return; }
      if (button && !underWay) { pressed = null; window.setTimeout(function () { button.click(); }, 0); }
    }));
    form.addEventListener("click", function (event) {
      var button = event.target.closest("button[type=submit]");
      if (button && underWay && !button.hasAttribute("hx-post")) { event.preventDefault(); event.stopImmediatePropagation(); pressed = button; }
    });
    form.addEventListener("htmx:sendError", ofFiles(function (input) { fail(input, 0); }));
    form.addEventListener("htmx:timeout", ofFiles(function (input) { fail(input, 0); }));
    form.addEventListener("htmx:responseError", ofFiles(function (input, event) { fail(input, event.detail.xhr.status); }));
  }

  function hideSendButtons() { each(document.querySelectorAll("[data-evidence-send]"), function (button) { button.hidden = true; }); }

  hideSendButtons();
  document.addEventListener("htmx:load", hideSendButtons);
  each(document.querySelectorAll("[data-report-form]"), function (form) {
    takeOver(form);
    keepApart(form);
    foldUnchanged(form);
    foldLagging(form);
    sendFiles(form);
    holdWhilePressing(form);
    waitForSaving(form);
  });
})();
