/* The session's end, without loss: a warning in time, drafts saved before it, signing in again on the page itself, and
   what was being sent is sent then. The server decides when a session is over; this only asks it. Runs in Chromium 78:
   ES5 only. Without it an expired form comes back after signing in on a page of its own. */
(function () {
  "use strict";

  var panel = document.getElementById("again");
  if (!panel) { return; }
  var IDLE = Number(panel.getAttribute("data-idle")) * 1000, WARN = Math.min(120000, IDLE / 3), PAUSE = 1500, WRITING = 10000;
  var PERSON = panel.getAttribute("data-person"), SESSION = panel.getAttribute("data-session");
  var warning = panel.querySelector("[data-again-warn]"), form = panel.querySelector("[data-again-over]");
  var title = document.getElementById("again-title"), fault = panel.querySelector("[data-again-fault]");
  var lastAct = Date.now(), lastKey = 0, quietUntil = 0, state = "", asking = false, waiting = [], before = null, pressed = null;

  function each(list, act) { Array.prototype.forEach.call(list, act); }

  function token() {
    var found = /(?:^|; )reformtracker_csrf=([^;]+)/.exec(document.cookie);
    return found ? found[1] : "";
  }

  /* Ask the server; `done` gets the status (0: no line) and the answer. A GET is no act of the person. */
  function ask(method, url, body, done) {
    var request = new XMLHttpRequest();
    request.open(method, url);
    request.timeout = 15000;
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    if (method === "GET") { request.setRequestHeader("X-Background", "1"); }
    else {
      request.setRequestHeader("X-CSRFToken", token());
      request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    }
    request.onloadend = function () {
      var answer = {};
      try { answer = JSON.parse(request.responseText); } catch (error) { answer = {}; }
      done(request.status, answer);
    };
    request.send(body);
  }

  function mine(status, answer) { return status === 200 && answer.left > 0 && answer.person === PERSON; }

  /* Somebody who has just typed goes on typing where the cursor is: nothing of it must land in a field for a password. */
  function writing() {
    var field = document.activeElement;
    return Date.now() - lastKey < WRITING && field && !panel.contains(field) && /^(INPUT|TEXTAREA)$/.test(field.tagName);
  }

  /* The panel: one of its two parts. It takes the focus, but not from under the fingers; then it says itself aloud, and
     Tab leads into it. */
  function open(kind, words) {
    if (!state) { before = document.activeElement; }
    state = kind;
    title.textContent = words;
    panel.hidden = false;
    warning.hidden = kind !== "warn";
    form.hidden = kind !== "over";
    document.body.classList.add("has-again");
    panel.querySelector("[data-again-said]").textContent = writing() ? words + "，按Tab键办理" : "";
    if (!writing()) { enter(); }
  }

  function enter() { (state === "warn" ? panel.querySelector("[data-again-keep]") : form.elements.password).focus(); }

  function close() {
    state = "";
    panel.hidden = true;
    fault.hidden = true;
    document.body.classList.remove("has-again");
    if (before && before.focus) { before.focus(); }
  }

  function trap(event) {
    var stops, first, last;
    if (event.key !== "Tab" || panel.hidden) { return; }
    if (!panel.contains(document.activeElement)) { event.preventDefault(); enter(); return; }
    stops = Array.prototype.filter.call(panel.querySelectorAll("input, button"), function (one) { return one.offsetParent; });
    first = stops[0];
    last = stops[stops.length - 1];
    if (event.shiftKey && document.activeElement === first) { event.preventDefault(); last.focus(); }
    if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
  }

  function inWords(milliseconds) {
    var seconds = Math.max(0, Math.ceil(milliseconds / 1000)), minutes = Math.floor(seconds / 60);
    return (minutes ? minutes + "分" : "") + (seconds % 60) + "秒";
  }

  /* Drafts that save themselves are asked to; this must not lengthen the session. */
  function saveDrafts() {
    quietUntil = Date.now() + 3000;
    each(document.querySelectorAll("form[data-save-state][data-touched]"), function (draft) {
      draft.dispatchEvent(new CustomEvent("save", { bubbles: true }));
    });
  }

  /* Whoever is writing is not interrupted in the middle of a word: the panel comes with the next pause. */
  function over(then) {
    if (then) { waiting.push(then); }
    if (state === "over") { return; }
    if (Date.now() - lastKey < PAUSE) { window.setTimeout(over, PAUSE); return; }
    open("over", "登录已过期，请重新登录");
  }

  function overNow(then) { lastKey = 0; over(then); }

  function countDown() {
    panel.querySelector("[data-again-left]").textContent = inWords(IDLE - (Date.now() - lastAct));
  }

  function look() {
    if (asking) { return; }
    asking = true;
    ask("GET", SESSION, null, function (status, answer) {
      asking = false;
      if (status !== 200) { return; }
      if (!mine(status, answer)) { over(); return; }
      lastAct = Date.now() - IDLE + answer.left * 1000;
      if (answer.left * 1000 > WARN) { if (state === "warn") { close(); } return; }
      if (!state) { saveDrafts(); countDown(); open("warn", "登录即将过期"); }
    });
  }

  function goOn() {
    ask("POST", SESSION, "", function (status, answer) {
      if (mine(status, answer)) { lastAct = Date.now(); close(); } else if (status) { over(); }
    });
  }

  function tick() {
    var left = IDLE - (Date.now() - lastAct);
    if (state === "over") { return; }
    if (lastKey > lastAct + IDLE / 6 && !state) { lastAct = Date.now(); ask("POST", SESSION, "", function () { return; }); return; }
    if (left <= 0) { look(); if (left <= -2000) { over(); } return; }
    if (left <= WARN && !state) { look(); }
    if (state === "warn") { countDown(); }
  }

  function comeBack() {
    var acts = waiting;
    waiting = [];
    lastAct = Date.now();
    form.elements.password.value = form.elements.code.value = "";
    each(document.querySelectorAll("input[name=csrfmiddlewaretoken]"), function (field) { field.value = token(); });
    close();
    each(document.querySelectorAll("[data-unsaved]"), function (draft) {
      draft.dispatchEvent(new CustomEvent("save", { bubbles: true }));
    });
    acts.forEach(function (act) { act(); });
  }

  function showFault(words) { fault.textContent = words; fault.hidden = false; }

  function signIn(event) {
    var fields = ["username", "password", "code"], body;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.hasAttribute("data-sent")) { return; }
    form.setAttribute("data-sent", "");
    body = fields.map(function (name) { return name + "=" + encodeURIComponent(form.elements[name].value); }).join("&");
    ask("POST", form.getAttribute("action"), body, function (status, answer) {
      form.removeAttribute("data-sent");
      /* Somebody else: nothing of this page is theirs, nor are they asked about it. */
      if (status === 200 && answer.person !== PERSON) { document.body.setAttribute("data-stranger", ""); window.location.assign(panel.getAttribute("data-home")); return; }
      if (status === 200) { comeBack(); return; }
      if (answer.code_wanted) { panel.querySelector("[data-again-code]").hidden = false; form.elements.code.focus(); }
      showFault(answer.message || (status ? "没有登录成功，请再试一次。" : "网络断开，请稍后再试。"));
      if (status === 403) { ask("GET", SESSION, null, function () { return; }); }
    });
  }

  /* A form is sent only when its writer is still signed in; else after signing in again. */
  function send(target, button) {
    target.setAttribute("data-session-asked", "");
    if (button && button.form === target) { target.requestSubmit(button); } else { target.requestSubmit(); }
  }

  function name(target) {
    var field = target.querySelector("input[name=page_person]");
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "page_person";
      target.appendChild(field);
    }
    field.value = PERSON;
  }

  function onSubmit(event) {
    var target = event.target, button = event.submitter || pressed;
    if (target === form) { signIn(event); return; }
    if ((target.getAttribute("method") || "").toLowerCase() !== "post" || !target.requestSubmit || target.hasAttribute("data-session-free")) { return; }
    name(target);
    if (target.hasAttribute("data-session-asked")) { target.removeAttribute("data-session-asked"); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (target.hasAttribute("data-session-asking")) { return; }
    target.setAttribute("data-session-asking", "");
    ask("GET", SESSION, null, function (status, answer) {
      target.removeAttribute("data-session-asking");
      /* Sent now, the page would be gone and an error of the browser in its place. */
      if (!status || status >= 500) { target.dispatchEvent(new CustomEvent("unsent", { bubbles: true, detail: { button: button } })); return; }
      if (status === 200 && !mine(status, answer)) { overNow(function () { send(target, button); }); } else { send(target, button); }
    });
  }

  function again(element) {
    return function () {
      var draft = element.closest("[data-save-state]");
      if (element.type === "file") { element.dispatchEvent(new CustomEvent("change", { bubbles: true })); }
      else if (draft) { draft.dispatchEvent(new CustomEvent("save", { bubbles: true })); }
      else if (element.tagName === "FORM") { send(element, null); }
      else { element.click(); }
    };
  }

  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("click", function (event) {
    pressed = event.target.closest("button[type=submit], input[type=submit]") || pressed;
    if (event.target.closest("[data-again-keep]")) { goOn(); }
  }, true);
  document.addEventListener("keydown", trap);
  document.addEventListener("input", function (event) {
    var draft = event.target.closest("form");
    if (panel.contains(event.target)) { return; }
    lastKey = Date.now();
    if (draft) { draft.setAttribute("data-touched", ""); }
  }, true);
  document.addEventListener("htmx:configRequest", function (event) {
    var cause = event.detail.triggeringEvent;

    event.detail.headers["X-Person"] = PERSON;
    if (!cause || (cause.detail && cause.detail.quiet) || Date.now() < quietUntil) { event.detail.headers["X-Background"] = "1"; }
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var sent = event.detail.requestConfig;
    if (event.detail.xhr.status === 401) { over(again(event.detail.elt)); return; }
    if (event.detail.successful && sent && !sent.headers["X-Background"]) { lastAct = Date.now(); }
  });
  window.addEventListener("focus", tick);
  window.setInterval(tick, 1000);
})();
