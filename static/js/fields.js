/* Fields that a browser draws in its own language, which need not be Chinese: files to choose, and the calendar of a date. ES5 only. */
(function () {
  "use strict";

  function all(selector, act, root) { Array.prototype.forEach.call((root || document).querySelectorAll(selector), act); }

  /* Put a field into a holder of ours, once; the cursor stays in it. Null when that was done before. */
  function hold(input, name) {
    var holder = document.createElement("span"), focused = document.activeElement === input;
    if (input.parentNode.classList.contains(name)) { return null; }
    holder.className = name;
    input.parentNode.insertBefore(holder, input);
    holder.appendChild(input);
    if (focused) { input.focus(); }
    return holder;
  }

  /* The field for files stays where it is, under words of ours: keys, clicks and files that are dropped on it reach it as before.
     The event "files" on it tells that they are others now though nobody chose: a script cleared it, or the browser filled it
     again on the way back. */
  function nameFiles(input) {
    var holder = hold(input, "rt-pick"), face = document.createElement("span"), words;
    if (!holder) { return; }
    function show() {
      var files = input.files;
      words.textContent = files.length > 1 ? "已选" + files.length + "个文件" : files.length ? files[0].name : "没有选择文件";
    }
    face.className = "rt-picked";
    face.setAttribute("aria-hidden", "true");
    face.appendChild(document.createElement("span")).textContent = "选择文件";
    words = face.appendChild(document.createElement("span"));
    holder.appendChild(face);
    input.addEventListener("change", show);
    input.addEventListener("files", show);
    show();
  }

  function tell(input, kind) { input.dispatchEvent(new Event(kind, { bubbles: true })); }

  /* A date is typed as text, and shown as our tables write it once the field is left. At its end lies the browser's own date field,
     unseen and without a name: it opens its calendar under the mouse, at the typed day, and what is chosen there counts as typed. */
  function offerCalendar(input) {
    var holder = hold(input, "rt-day"), calendar = document.createElement("input");
    if (!holder) { return; }
    function follow() {
      var text = input.value.trim();
      var found = /^(\d{4})[-\/.年](\d{1,2})[-\/.月](\d{1,2})日?$/.exec(text) || /^(\d{4})(\d{2})(\d{2})$/.exec(text);
      calendar.value = found ? found[1] + "-" + ("0" + found[2]).slice(-2) + "-" + ("0" + found[3]).slice(-2) : "";
    }
    calendar.type = "date";
    calendar.tabIndex = -1;
    calendar.title = "打开日历";
    calendar.setAttribute("aria-hidden", "true");
    input.addEventListener("change", function () {
      follow();
      if (calendar.value) { input.value = calendar.value; }
    });
    calendar.addEventListener("mousedown", follow);
    calendar.addEventListener("input", function (event) { event.stopPropagation(); });
    calendar.addEventListener("change", function (event) {
      event.stopPropagation();
      if (!calendar.value) { return; }
      input.value = calendar.value;
      if (window.matchMedia("(pointer: fine)").matches) { input.focus(); } /* on a telephone its keyboard would come up */
      tell(input, "input");
      tell(input, "change");
    });
    holder.appendChild(calendar);
  }

  function prepare(root) {
    all("input[type=file]", nameFiles, root);
    all("input[data-day]", offerCalendar, root);
  }

  prepare(document);
  document.addEventListener("htmx:load", function (event) { prepare(event.detail.elt); });
  window.addEventListener("pageshow", function () {
    all("input[type=file]", function (input) { input.dispatchEvent(new CustomEvent("files")); });
  });
}());
