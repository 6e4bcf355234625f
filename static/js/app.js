/* What the pages gain from a script; everything works without it. Runs in Chromium 78: ES5 only.
   Menu sheet, text areas that grow and count, forms sent on a choice, print buttons, option rows, pages that stand still under a held
   button, the states of saving and trying again, the first faulty field, a token that stays valid. */
(function () {
  "use strict";

  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function all(selector, act, root) { each((root || document).querySelectorAll(selector), act); }

  /* The menu on a narrow screen: a link to #nav that opens by :target alone; with a script it opens and closes in place. */
  function menu() {
    var button = document.querySelector(".rt-menu-btn"), nav = document.getElementById("nav");
    if (!button || !nav) { return; }
    function show(open) {
      nav.classList.toggle("is-open", open);
      nav.classList.toggle("is-closed", !open);
      button.setAttribute("aria-expanded", String(open));
    }
    button.setAttribute("role", "button");
    show(window.location.hash === "#nav");
    button.addEventListener("click", function (event) {
      event.preventDefault();
      show(!nav.classList.contains("is-open"));
    });
    button.addEventListener("keydown", function (event) {
      if (event.key === " ") { event.preventDefault(); button.click(); }
    });
    all(".rt-menu-close", function (link) {
      link.addEventListener("click", function (event) { event.preventDefault(); show(false); button.focus(); });
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && nav.classList.contains("is-open")) { show(false); button.focus(); }
    });
  }

  function grow(area) {
    function fit() { area.style.height = "auto"; area.style.height = (area.scrollHeight + 2) + "px"; }
    if (area.getAttribute("data-grows")) { return; }
    area.setAttribute("data-grows", "yes");
    area.addEventListener("input", fit);
    fit();
  }

  /* data-limit on a text area: its help text counts, as the server will count, and never cuts off what was pasted. */
  function count(area) {
    var help = document.getElementById(area.id + "_helptext"), limit = Number(area.getAttribute("data-limit"));
    function show() {
      var length = area.value.trim().replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, "_").length, over = length > limit;
      help.textContent = length + "/" + limit + "字" + (over ? "，超过" + (length - limit) + "字" : "");
      help.classList.toggle("rt-over", over);
    }
    if (!help || area.getAttribute("data-counts")) { return; }
    area.setAttribute("data-counts", "yes");
    area.addEventListener("input", show);
    show();
  }

  function send(form) {
    if (form.requestSubmit) { form.requestSubmit(); return; }
    form.querySelector("[type=submit]").click();
  }

  /* A choice made with the mouse sends the form. One made with the keyboard does not, since every arrow key changes
     the choice: the form's button comes back instead, as it does for words that are typed. */
  function sendOnChange(form) {
    var button = form.querySelector("[type=submit]"), keyed = false;
    if (!button || form.getAttribute("data-bound")) { return; }
    form.setAttribute("data-bound", "yes");
    button.hidden = true;
    form.addEventListener("keydown", function () { keyed = true; });
    form.addEventListener("mousedown", function () { keyed = false; });
    form.addEventListener("input", function (event) {
      if (event.target.tagName === "INPUT") { button.hidden = false; }
    });
    form.addEventListener("change", function (event) {
      if (event.target.tagName !== "SELECT") { return; }
      if (keyed) { button.hidden = false; } else { send(form); }
    });
  }

  function markOption(input) {
    all("label", function (label) {
      var own = label.querySelector("input");
      label.classList.toggle("is-on", Boolean(own && own.checked));
    }, input.closest(".rt-radio"));
  }

  /* The sentence under a faulty field must not lie behind the buttons that stay at the bottom of the screen. */
  function uncover(field) {
    var foot = document.querySelector("main .rt-sticky-foot"), last = (field.closest(".rt-field") || field.parentNode).getBoundingClientRect().bottom;
    if (foot && last > foot.getBoundingClientRect().top) { field.scrollIntoView({ block: "center" }); }
  }

  /* After a refusal the cursor stands in the first field that is wrong; in the summary where no field can take it. */
  function focusFault() {
    var faults = document.querySelectorAll("main [aria-invalid=true], main [data-focus]"), i;
    for (i = 0; i < faults.length; i += 1) {
      if (faults[i].offsetParent && !faults[i].hasAttribute("data-focus")) { faults[i].focus(); uncover(faults[i]); return; }
    }
    all("main [data-focus]", function (summary) { summary.focus(); });
  }

  function prepare(root) {
    all("textarea.form-control", grow, root);
    all("textarea[data-limit]", count, root);
    all("form[data-submit-on-change]", sendOnChange, root);
    all("[data-print]", function (button) { button.hidden = false; }, root);
  }

  /* While the button of the mouse is held down the page stands still: words of saving and answers wait until it is released. Else what was
     pressed has moved or is replaced by then, and the click is lost or meets another thing. */
  var pressing = false, waiting = [];

  function press(event) {
    pressing = event.button === 0;
    if (pressing) { window.setTimeout(release, 10000); } /* not every browser tells when a scroll bar is released */
  }

  function whenReleased(act) {
    if (pressing) { waiting.push(act); } else { act(); }
  }

  function release() {
    window.setTimeout(function () {
      var acts = waiting;
      pressing = false;
      waiting = [];
      each(acts, function (act) { act(); });
    }, 0);
  }

  function holdAnswer(event) {
    var xhr = event.detail.xhr;
    ["onload", "onerror", "ontimeout"].forEach(function (name) {
      var answer = xhr[name];
      xhr[name] = function () { whenReleased(answer); };
    });
  }

  /* data-save-state="ID" on a form that htmx saves: the element of that id shows what only the browser knows. What could
     not be saved is tried again, by the event "save" on the form, when the line or the person comes back. */
  function savingForm(event) {
    var asking = event.detail.requestConfig ? event.detail.requestConfig.elt : event.detail.elt;
    return asking.matches("[data-save-state]") ? asking : null;
  }

  function showSaving(form, state) {
    var place = document.getElementById(form.getAttribute("data-save-state")), source = document.getElementById("save-" + state), where;
    if (place && source) {
      place.innerHTML = "";
      place.appendChild(document.importNode(source.content, true));
      where = place.querySelector("[data-where]");
      if (where && form.hasAttribute("data-kept")) { where.textContent = "本机"; }
    }
    form.toggleAttribute("data-unsaved", state !== "saving");
  }

  function saveNow(form, quiet) { form.dispatchEvent(new CustomEvent("save", { bubbles: true, detail: { quiet: quiet } })); }
  function saveAgain() { all("[data-unsaved]", function (form) { saveNow(form, false); }); }

  /* A server that is away is asked again by itself, more and more seldom; being asked is no act of the person. */
  function retry(form) {
    var tries = Number(form.getAttribute("data-tries"));
    if (form.hasAttribute("data-retrying")) { return; }
    form.setAttribute("data-retrying", "");
    form.setAttribute("data-tries", tries + 1);
    window.setTimeout(function () {
      form.removeAttribute("data-retrying");
      if (form.hasAttribute("data-unsaved")) { saveNow(form, true); }
    }, Math.min(60, Math.pow(2, tries + 1)) * 1000);
  }

  function saving(event) {
    var form = savingForm(event);
    if (form) { whenReleased(function () { showSaving(form, "saving"); }); }
  }

  function notSaved(event) {
    var form = savingForm(event), status = event.detail.xhr.status;
    if (!form) { return; }
    showSaving(form, status ? "failed" : "offline");
    if (!status || status >= 500 || status === 429) { retry(form); }
  }

  function saved(event) {
    var form = savingForm(event);
    if (form && event.detail.successful) { form.removeAttribute("data-tries"); }
  }

  /* A form that could not leave says so beside its button, and stays as it is. */
  function unsent(event) {
    var form = event.target, old = form.querySelector("[data-unsent]"), child = event.detail.button;
    if (old) { old.parentNode.removeChild(old); }
    if (!child || !form.contains(child)) { child = form.lastElementChild; }
    while (child.parentNode !== form) { child = child.parentNode; }
    form.insertBefore(document.importNode(document.getElementById("save-unsent").content, true), child);
    if (form.hasAttribute("data-save-state")) { showSaving(form, "offline"); retry(form); }
  }

  /* The sign-in page as an answer means that the session is over: it must not land inside the page, and no text may go. */
  function sessionOver(event) {
    var source = document.getElementById("save-expired"), answered = document.createElement("a"), form = savingForm(event);
    answered.href = event.detail.xhr.responseURL || "";
    if (!source || answered.pathname !== source.content.querySelector("a").getAttribute("href")) { return; }
    event.detail.shouldSwap = false;
    if (form) { showSaving(form, "expired"); } else { window.location.reload(); }
  }

  /* Signing in again in another window changes the token; the cookie always holds the valid one. */
  function token() {
    var found = /(?:^|; )reformtracker_csrf=([^;]+)/.exec(document.cookie);
    return found ? found[1] : "";
  }

  function freshToken(event) {
    var field = event.target.querySelector ? event.target.querySelector("input[name=csrfmiddlewaretoken]") : null;
    if (field && token()) { field.value = token(); }
  }

  function freshHeader(event) {
    if (!token()) { return; }
    event.detail.headers["X-CSRFToken"] = token();
    if (event.detail.verb !== "get") { event.detail.parameters.csrfmiddlewaretoken = token(); }
  }

  menu();
  prepare(document);
  focusFault();
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-save-again]");
    if (event.target.closest("[data-print]")) { window.print(); }
    if (button) { saveAgain(); }
  });
  document.addEventListener("change", function (event) {
    if (event.target.type === "radio" && event.target.closest(".rt-radio")) { markOption(event.target); }
  });
  document.addEventListener("htmx:load", function (event) { prepare(event.detail.elt); });
  document.addEventListener("submit", freshToken, true);
  document.addEventListener("mousedown", press, true);
  ["mouseup", "dragend", "contextmenu"].forEach(function (kind) { document.addEventListener(kind, release, true); });
  window.addEventListener("blur", release);
  document.addEventListener("htmx:configRequest", freshHeader);
  document.addEventListener("htmx:beforeSend", holdAnswer);
  document.addEventListener("htmx:beforeRequest", saving);
  document.addEventListener("htmx:sendError", notSaved);
  document.addEventListener("htmx:timeout", notSaved);
  document.addEventListener("htmx:responseError", notSaved);
  document.addEventListener("htmx:afterRequest", saved);
  document.addEventListener("unsent", unsent);
  document.addEventListener("htmx:beforeSwap", sessionOver);
  window.addEventListener("online", saveAgain);
  window.addEventListener("focus", saveAgain);
})();
