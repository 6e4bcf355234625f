/* The review page: what a row or a problem is about shows in the original, and back. ES5 only; the page works without it:
   every title and every problem is a link to its place in the text. */
(function () {
  "use strict";

  var pane = document.querySelector("[data-source]"), last = null;
  if (!pane) { return; }

  function each(list, act) { Array.prototype.forEach.call(list, act); }

  function marks(selector) { return pane.querySelectorAll(selector); }

  /* Scroll the pane alone when it scrolls by itself; on a narrow screen a link does that. */
  function show(mark) {
    var box = pane.getBoundingClientRect(), place = mark.getBoundingClientRect();
    if (pane.scrollHeight > pane.clientHeight + 4) { pane.scrollTop += place.top - box.top - pane.clientHeight / 3; }
  }

  function focusMarks(found) {
    each(marks("mark.is-focus"), function (mark) { mark.classList.remove("is-focus"); });
    each(found, function (mark) { mark.classList.add("is-focus"); });
    if (found.length) { show(found[0]); }
  }

  function focusTask(task) {
    each(document.querySelectorAll("tr.is-focus"), function (row) { row.classList.remove("is-focus"); });
    each(document.querySelectorAll("tr[data-task='" + task + "']"), function (row) { row.classList.add("is-focus"); });
    focusMarks(marks("mark[data-task='" + task + "']"));
  }

  function taskOf(target) {
    var holder = target.closest("[data-task]");
    return holder && !pane.contains(holder) ? holder.getAttribute("data-task") : null;
  }

  /* Keyboard and pointer alike; a click inside a form or on a button is left alone. */
  document.addEventListener("focusin", function (event) {
    var task = taskOf(event.target);
    if (task !== null && task !== last) { last = task; focusTask(task); }
  });
  document.addEventListener("click", function (event) {
    var task = taskOf(event.target), mark = event.target.closest("mark[data-task]"), link = event.target.closest("a[href^='#']");
    if (link && pane.querySelector(link.getAttribute("href"))) {
      if (task !== null) { focusTask(task); }
      showAnchor(link.getAttribute("href"), event);
    } else if (task !== null) {
      last = task;
      focusTask(task);
    } else if (mark) {
      focusTask(mark.getAttribute("data-task"));
    }
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

  /* 上一处 / 下一处: through the places to check, or through all tasks when none is left. */
  function stops() {
    var problems = marks("mark.is-problem");
    return problems.length ? problems : marks("mark[data-task]");
  }

  var at = -1;
  each(document.querySelectorAll("[data-step]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var all = stops();
      if (!all.length) { return; }
      at = (at + Number(button.getAttribute("data-step")) + all.length) % all.length;
      focusMarks([all[at]]);
    });
  });
}());
