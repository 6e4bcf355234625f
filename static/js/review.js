/* The review page: what a row, a field or a problem is about shows in the original, and back; the keyboard; fields saved in place,
   and saved before what is pressed after them.
   ES5 only; the page works without it: every title and every problem is a link to its place, every act a link or a button. */
(function () {
  "use strict";

  var pane = document.querySelector("[data-source]"), last = null;
  if (!pane) { return; }

  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function all(selector) { return document.querySelectorAll(selector); }
  function marks(selector) { return pane.querySelectorAll(selector); }

  /* 1 The original. Scroll the pane alone when it scrolls by itself; on a narrow screen a link does that. */
  function show(mark) {
    var box = pane.getBoundingClientRect(), place = mark.getBoundingClientRect();
    if (pane.scrollHeight > pane.clientHeight + 4) { pane.scrollTop += place.top - box.top - pane.clientHeight / 3; }
  }

  function focusMarks(found) {
    each(marks(".is-focus"), function (mark) { mark.classList.remove("is-focus"); });
    each(found, function (mark) { mark.classList.add("is-focus"); });
    if (found.length) { show(found[0]); }
  }

  function marksOf(task, field) {
    var base = "[data-task~='" + task + "']", found = field ? marks(base + "[data-field~='" + field + "']") : [];
    if (!found.length && /^(leads|responsible|participants)$/.test(field)) { found = marks(base + "[data-field~='responsibility_raw']"); }
    return found.length ? found : marks("mark" + base);
  }

  function fieldOf(target) {
    var name = target.name || "";
    return name.indexOf("due_") === 0 ? "deadline" : /^(title|body|leads|responsible|participants)$/.test(name) ? name : "";
  }

  function focusTask(task, field) {
    each(all("tr.is-focus"), function (row) { row.classList.remove("is-focus"); });
    each(all("tr[data-task='" + task + "']"), function (row) { row.classList.add("is-focus"); });
    focusMarks(marksOf(task, field || ""));
  }

  function taskOf(target) {
    var holder = target.closest("[data-task]");
    return holder && !pane.contains(holder) ? holder.getAttribute("data-task") : null;
  }

  function follow(target) {
    var task = taskOf(target), place = task + "/" + fieldOf(target);
    if (task !== null && place !== last) { last = place; focusTask(task, fieldOf(target)); }
  }

  document.addEventListener("focusin", function (event) { follow(event.target); });
  each(all("[data-tasks]"), function (table) {
    table.addEventListener("mouseover", function (event) {
      if (event.target.closest("[data-row]") && !table.contains(document.activeElement)) { follow(event.target); }
    });
  });

  /* A link into the pane scrolls the pane, not the page away from the list. */
  function showAnchor(hash, event) {
    var place = pane.querySelector(hash), mark = place && place.nextElementSibling;
    while (mark && mark.tagName !== "MARK") { mark = mark.nextElementSibling; }
    if (!mark || pane.scrollHeight <= pane.clientHeight + 4) { return; }
    event.preventDefault();
    window.history.replaceState(null, "", hash);
    mark.classList.add("is-focus");
    show(mark);
  }

  document.addEventListener("click", function (event) {
    var target = event.target, task = taskOf(target), mark = target.closest("[data-task]");
    var link = target.closest("a[href^='#']"), close = target.closest("[data-close]");
    if (close) {
      fold(close.getAttribute("data-close"));
    } else if (link && link.hash.length > 1 && pane.querySelector(link.hash)) {
      if (task !== null) { focusTask(task); }
      showAnchor(link.hash, event);
    } else if (mark && pane.contains(mark)) {
      open(mark.getAttribute("data-task").split(" ")[0], mark.getAttribute("data-field").split(" ").pop());
    }
  });

  /* 上一处 / 下一处: through the places to check, or through all tasks when none is left. */
  var at = -1;
  each(all("[data-step]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var stops = marks("mark.is-problem").length ? marks("mark.is-problem") : marks("mark[data-task]");
      if (!stops.length) { return; }
      at = (at + Number(button.getAttribute("data-step")) + stops.length) % stops.length;
      focusMarks([stops[at]]);
    });
  });

  /* 2 Fields in place: opened below their row, focused where the person pointed, folded again. */
  var wanted = "", pressed = null;

  function row(task) { return document.getElementById("row" + task); }

  function field(task, name) {
    var box = document.getElementById("edit" + task), names = { deadline: "due_on", responsibility_raw: "leads" };
    return box && !box.hidden ? box.querySelector("[name='" + (names[name] || name || "title") + "']") : null;
  }

  function open(task, name) {
    var found = field(task, name), link = row(task) && row(task).querySelector("[data-key='e']");
    if (found) { found.focus(); } else if (link) { wanted = name; link.click(); } else { focusTask(task, name); }
  }

  function fold(task) {
    var box = document.getElementById("edit" + task);
    pressed = null;
    box.innerHTML = "";
    box.hidden = true;
    row(task).focus();
  }

  document.addEventListener("htmx:load", function (event) {
    var id = event.detail.elt.id || "", found;
    if (id.indexOf("edit") !== 0) { return; }
    found = field(id.slice(4), wanted);
    wanted = "";
    /* Whoever has gone on to a field of it meanwhile stays there. */
    if (found && !event.detail.elt.contains(document.activeElement)) { found.focus(); }
  });
  document.addEventListener("draft-saved", function (event) {
    each(all("input[name=version], input[name$='-version']"), function (input) { input.value = event.detail.version; });
  });

  /* Whoever writes in a field and presses something at once: the field is saved first. The answer may have put another in the place of
     what was pressed; what is no longer there, or says something else by now, is not pressed, and nothing is when the field was refused. */
  function saves(event) { return event.detail.elt.hasAttribute("data-save-state") ? event.detail.elt : null; }

  function present(control, home) {
    var place = document.getElementById(home), found;
    if (document.contains(control)) { return control; }
    found = Array.prototype.filter.call(place ? place.querySelectorAll(control.tagName) : [], function (one) {
      return one.textContent === control.textContent && one.value === control.value && one.href === control.href;
    });
    return found[0] || null;
  }

  function goOn() {
    var control = pressed && present(pressed.control, pressed.home);
    if (document.querySelector("[data-saving]")) { return; }
    pressed = null;
    if (control) { control.click(); }
  }

  document.addEventListener("click", function (event) {
    var control = event.target.closest("a, button"), home = control && control.closest("[id]");
    if (!control || event.ctrlKey || event.shiftKey || event.metaKey || !document.querySelector("[data-saving]")) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = { control: control, home: home ? home.id : "" };
  }, true);
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (saves(event)) { saves(event).setAttribute("data-saving", "asked"); }
  });
  document.addEventListener("draft-saved", function (event) { event.target.setAttribute("data-saving", "done"); });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = saves(event);
    if (!form) { return; }
    if (form.getAttribute("data-saving") !== "done" && pressed) {
      pressed = null;
      document.getElementById(form.getAttribute("data-save-state")).scrollIntoView({ block: "nearest" });
    }
    form.removeAttribute("data-saving");
    window.setTimeout(goOn, 0);
  });

  /* 批量处理: only the fields of the chosen act, and how many tasks are ticked. */
  each(all("[data-several]"), function (form) {
    var act = form.querySelector("[name=act]"), count = form.querySelector("[data-count]");
    function fit() {
      var kind = /^(add|set)_/.test(act.value) ? "names" : act.value, ticked = all("[data-row] [name=tasks]:checked").length;
      each(form.querySelectorAll("[data-for]"), function (part) { part.hidden = part.getAttribute("data-for") !== kind; });
      form.classList.toggle("rt-sticky-foot", ticked > 0 && window.innerWidth > 760);
      count.textContent = ticked ? "（已勾选" + ticked + "项）" : "";
    }
    document.addEventListener("change", fit);
    fit();
  });

  /* 3 The keyboard. Single keys only outside of fields, and only while the person wants them. */
  function go(selector, by) {
    var stops = Array.prototype.slice.call(all(selector)), here = document.activeElement.closest(selector), next;
    if (!here && selector === "[data-row]" && taskOf(document.activeElement)) { here = row(taskOf(document.activeElement)); }
    next = here ? stops.indexOf(here) + by : (by > 0 ? 0 : stops.length - 1);
    if (stops[next]) { stops[next].focus(); }
  }

  function press(selector) {
    var holder = document.activeElement.closest("[data-row]"), found = holder && holder.querySelector(selector);
    if (found) { found.click(); }
  }

  function accept(event) {
    var issue = document.activeElement.closest("[data-issue]"), lead = issue && issue.querySelector("[name=lead]");
    var button = issue && issue.querySelector("[value=accept]");
    if (!issue || (event.key === "Enter" && document.activeElement !== issue)) { return; }
    event.preventDefault();
    if (lead) { lead.focus(); } else if (button) { button.click(); }
  }

  var keys = {
    n: function () { go("[data-issue]", 1); }, p: function () { go("[data-issue]", -1); },
    j: function () { go("[data-row]", 1); }, k: function () { go("[data-row]", -1); },
    e: function () { press("[data-key='e']"); }, s: function () { press("[data-key='s']"); }, m: function () { press("[data-key='m']"); },
    x: function () { press("[name=tasks]"); }, a: accept, Enter: accept,
    u: function () { each(all("[data-key='u']"), function (button) { button.click(); }); },
    "?": function () { var help = document.getElementById("keys"); help.open = true; help.firstElementChild.focus(); }
  };

  document.addEventListener("keydown", function (event) {
    var target = event.target, editing = target.closest("[id^='edit']"), arrow = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (event.isComposing) { return; } /* the key belongs to the Chinese that is being put together */
    if (event.key === "Escape" && editing) {
      target.blur(); /* leaving the field saves it, and the button waits for that */
      editing.querySelector("[data-close]").click();
      return;
    }
    if (event.altKey && arrow && !target.matches("input:not([type=checkbox]), textarea, select")) {
      event.preventDefault();
      press("[name=step][value=" + arrow + "]");
      return;
    }
    var act = keys[window.singleKey(event)];
    if (act) {
      if (event.key !== "Enter") { event.preventDefault(); }
      act(event);
    }
  });

  /* After an act the page comes back with the place to go on with in its address. */
  var place = /^#(row\d+|issue-[\w-]+|h-issues)$/.test(window.location.hash) && document.getElementById(window.location.hash.slice(1));
  if (place) { place.focus(); }
}());
