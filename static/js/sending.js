/* What is sent is sent once, and what is written is not left behind unasked. Runs in Chromium 78: ES5 only; everything works without it. */
(function () {
  "use strict";

  var leaving = null; /* the form that was sent last */

  /* Many press everything twice. The second press of a double click sends nothing: neither again what is on its way, nor what the next
     page, which may be there already, has in the same place. Nor does it step over a report: data-once on a link. */
  function pressOnce(event) {
    if (event.detail < 2 || !event.target.closest("[type=submit], [data-once]")) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /* Nor is anything sent again by who loses patience: the second answer would refuse what has just been done. When the page comes back,
     or the answer never comes, its forms can be sent again. */
  function sendOnce(event) {
    var form = event.target;
    if (form.hasAttribute("data-sent")) { event.preventDefault(); }
    if ((form.getAttribute("method") || "").toLowerCase() !== "post") { return; }
    if (!event.defaultPrevented) { leaving = form; }
    window.setTimeout(function () { /* every script has had its say */
      if (event.defaultPrevented) { return; }
      form.setAttribute("data-sent", "");
      window.setTimeout(function () { form.removeAttribute("data-sent"); }, 20000);
    }, 0);
  }

  function stay() {
    Array.prototype.forEach.call(document.querySelectorAll("[data-sent]"), function (form) { form.removeAttribute("data-sent"); });
    leaving = null;
  }

  /* Text in another form than the one that is sent; what was refused stands on this page alone. Forms that save themselves need no question. */
  function hasUnsent() {
    return Array.prototype.some.call(document.querySelectorAll("form[method=post]:not([data-save-state]) textarea"), function (area) {
      var refused = area.value && area.form.querySelector("[aria-invalid=true]");
      return area.form !== leaving && (refused || area.value !== area.defaultValue);
    });
  }

  function askBeforeLeaving(event) {
    if (!hasUnsent() || document.body.hasAttribute("data-stranger")) { return; }
    event.preventDefault();
    event.returnValue = "";
    window.setTimeout(stay, 500); /* comes only to who stays */
  }

  document.addEventListener("click", pressOnce, true);
  document.addEventListener("submit", sendOnce);
  window.addEventListener("pageshow", stay);
  window.addEventListener("beforeunload", askBeforeLeaving);
})();
