/* The reviewer's desk from the keyboard. A key goes to a report, a field or a button and never presses one that decides: Enter does
   that, on the button that shows the focus. ES5 only; every report is a link, every decision a button, the usual reasons a list. */
(function () {
  "use strict";

  var desk = document.querySelector("[data-desk]");
  if (!desk) { return; }

  function each(selector, act) { Array.prototype.forEach.call(desk.querySelectorAll(selector), act); }
  function find(selector) { return desk.querySelector(selector); }

  var note = find("[name=note]"), percent = find("[name=percent]"), back = find("[data-return]"), started = find("[data-start]");

  each("[data-when-script]", function (part) { part.hidden = false; });
  each("[data-when-plain]", function (part) {
    part.hidden = true;
    part.querySelector("select").value = "";
  });

  /* A usual reason is added to what is written, and the button that would send it gets the focus. */
  function add(sentence) {
    if (note.value.indexOf(sentence) < 0) { note.value += sentence; }
    note.dispatchEvent(new CustomEvent("input", { bubbles: true }));
    back.focus();
  }

  each("[data-usual]", function (button) {
    button.addEventListener("click", function () { add(button.getAttribute("data-usual")); });
  });

  document.addEventListener("keydown", function (event) {
    var wanted, place;
    if (event.isComposing) { return; }
    if (event.key === "Escape" && note && event.target === note) { back.focus(); return; }
    if (event.key === "Escape" && event.target === percent) { find("[data-accept]").focus(); return; }
    wanted = window.singleKey(event);
    place = /^[a-z0-9]$/.test(wanted) ? find("[data-key='" + wanted + "']") : null;
    if (wanted === "r") { place = note; }
    if (wanted === "c") { place = percent; }
    if (!place) { return; }
    event.preventDefault();
    if (place.matches("a, [data-usual]")) { place.click(); return; }
    place.focus();
    if (place.select) { place.select(); }
  });

  /* Whoever comes from the report before, by key or by button, starts at the head of this one. */
  if (started && /[?&]report=/.test(window.location.search)) { started.focus(); }
}());
