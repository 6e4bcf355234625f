/* Local copies: what is typed into a report stays in this browser until the server has it, and comes back when the page is
   opened again. Computers in offices are shared, so a copy belongs to one account, holds nothing but the fields of one
   report, goes when the server has them, when somebody else signs in and at signing out, and after seven days.
   Runs in Chromium 78: ES5 only. Works on whatever fields a form has; without it the drafts on the server remain. */
(function () {
  "use strict";

  var panel = document.getElementById("again"), places = [];
  if (!panel) { return; }
  var PREFIX = "report-copy", LASTS = 7 * 24 * 3600 * 1000, ELSEWHERE = -1;
  var PERSON = panel.getAttribute("data-person");
  var PAGE = Date.now().toString(36) + Math.random().toString(36).slice(2, 8);

  function each(list, act) { Array.prototype.forEach.call(list, act); }

  /* 1 The store. A browser may refuse it; then the page itself is all there is. */
  function stored(act, otherwise) {
    try { return act(window.localStorage); } catch (error) { return otherwise; }
  }

  function keys() {
    return stored(function (store) {
      return Object.keys(store).filter(function (key) { return key.indexOf(PREFIX + "|") === 0; });
    }, []);
  }

  function keyOf(token) { return PREFIX + "|" + PERSON + "|" + token; }
  function read(key) { return stored(function (store) { return JSON.parse(store.getItem(key)); }, null); }
  function drop(key) { stored(function (store) { store.removeItem(key); }, null); }

  function put(key, copy) {
    return stored(function (store) { store.setItem(key, JSON.stringify(copy)); return true; }, false);
  }

  function mine() { return keys().filter(function (key) { return key.split("|")[1] === PERSON; }); }

  /* Whoever sits here now must not find what the one before typed; and nothing lies here for ever. */
  function sweep() {
    keys().forEach(function (key) {
      var copy = read(key);
      if (key.split("|")[1] !== PERSON || !copy || !(Math.abs(Date.now() - copy.at) < LASTS)) { drop(key); }
    });
  }

  /* The server names in the address which copy it has just taken. */
  function dropTaken() {
    var taken = /[?&]saved=([0-9a-z-]+)/.exec(window.location.search), address;
    if (!taken) { return; }
    drop(keyOf(taken[1]));
    address = window.location.pathname + window.location.search.replace(taken[0], "").replace(/^&/, "?") + window.location.hash;
    window.history.replaceState(null, "", address);
  }

  /* 2 The fields of a form, as pairs of name and value. */
  function typed(control) {
    if (control.closest("[data-apart]")) { return false; } /* what the report's own save does not take */
    return control.name && !control.disabled && !/^(hidden|file|password|submit|button|reset|fieldset|output)$/.test(control.type);
  }

  function ticks(control) { return control.type === "checkbox" || control.type === "radio"; }

  function fieldsOf(form) {
    var pairs = [];
    each(form.elements, function (control) {
      if (!typed(control)) { return; }
      if (control.type === "select-multiple") {
        each(control.options, function (option) { if (option.selected) { pairs.push([control.name, option.value]); } });
      } else if (!ticks(control) || control.checked) { pairs.push([control.name, control.value]); }
    });
    return pairs;
  }

  function same(one, other) { return JSON.stringify(one) === JSON.stringify(other); }

  function takeOut(pairs, name, value) {
    var i;
    for (i = 0; i < pairs.length; i += 1) {
      if (pairs[i][0] === name && (value === undefined || pairs[i][1] === value)) { return pairs.splice(i, 1)[0]; }
    }
    return null;
  }

  /* Put one control as the pairs say; true when that changed it. */
  function set(control, left) {
    var before = JSON.stringify([control.value, control.checked]), found, changed = false;
    if (control.type === "select-multiple") {
      each(control.options, function (option) {
        var wanted = Boolean(takeOut(left, control.name, option.value));
        changed = changed || wanted !== option.selected;
        option.selected = wanted;
      });
      return changed;
    }
    if (ticks(control)) { control.checked = Boolean(takeOut(left, control.name, control.value)); }
    else { found = takeOut(left, control.name); if (found) { control.value = found[1]; } }
    return JSON.stringify([control.value, control.checked]) !== before;
  }

  /* Fill a form and tell every script that listens to its fields. */
  function fill(form, pairs) {
    var left = pairs.slice(), changed = [];
    each(form.elements, function (control) { if (typed(control) && set(control, left)) { changed.push(control); } });
    changed.forEach(function (control) {
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  /* 3 One form: `server` is what the server has of it (null: nothing of what stands there), `lost` a save without an answer. */
  function versionOf(form) { return Number(form.querySelector("[name=version]").value); }

  function keep(place) {
    var now = fieldsOf(place.form), copy;
    if (same(now, place.server)) { drop(place.key); place.form.removeAttribute("data-kept"); place.bare = false; return; }
    copy = { at: Date.now(), version: place.both ? ELSEWHERE : versionOf(place.form), fields: now };
    copy.address = window.location.pathname + window.location.search;
    place.bare = !put(place.key, copy);
    place.form.toggleAttribute("data-kept", !place.bare);
  }

  function save(form, quiet) { form.dispatchEvent(new CustomEvent("save", { bubbles: true, detail: { quiet: quiet } })); }

  /* A save whose answer was lost may have been taken. It is sent once more as it was, and what was typed since after it:
     so the server knows its own, and nobody is in conflict with himself. */
  function repeatLost(place, data) {
    if (!place.lost || place.lost.version !== versionOf(place.form)) { place.lost = null; return; }
    fieldsOf(place.form).forEach(function (pair) { data.delete(pair[0]); });
    place.lost.fields.forEach(function (pair) { data.delete(pair[0]); });
    place.lost.fields.forEach(function (pair) { data.append(pair[0], pair[1]); });
  }

  function answered(place, status) {
    var sent = place.sent;
    place.sent = null;
    if (!sent) { return; }
    if (!status || status >= 502) { place.lost = sent; place.form.setAttribute("data-lost", ""); return; }
    place.form.removeAttribute("data-lost");
    place.lost = null;
    if (status !== 200) { return; }
    place.server = sent.fields;
    keep(place);
    if (sent.again && !same(fieldsOf(place.form), sent.fields)) { save(place.form, true); }
  }

  function watch(place) {
    var form = place.form;
    form.addEventListener("input", function () { keep(place); });
    form.addEventListener("change", function () { keep(place); });
    form.addEventListener("htmx:configRequest", function (event) {
      if (event.target !== form) { return; }
      repeatLost(place, event.detail.formData);
      place.sent = place.lost || { fields: fieldsOf(form), version: versionOf(form) };
      place.sent.again = Boolean(place.lost);
    });
    form.addEventListener("htmx:afterRequest", function (event) {
      var status = event.target === form ? event.detail.xhr.status : null;
      if (status !== null) { window.setTimeout(function () { answered(place, status); }, 0); }
    });
    form.addEventListener("submit", function (event) { if (!event.defaultPrevented) { place.leaving = true; } });
  }

  /* 4 Coming back: what the server lacks is put into the fields, or offered where the server has moved on. */
  function note(holder, kind, copy, act) {
    var source = document.getElementById("copy-" + kind), place = holder.querySelector("[data-copy-place]"), shown, at = new Date(copy.at);
    shown = document.importNode(source.content, true).firstElementChild;
    shown.querySelector("[data-at]").textContent = (at.getMonth() + 1) + "月" + at.getDate() + "日" + at.getHours() + ":" + ("0" + at.getMinutes()).slice(-2);
    shown.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (button) { act(button.getAttribute("data-copy"), shown); }
    });
    place.insertBefore(shown, place.firstChild);
  }

  function restore(place, key, copy) {
    var before = fieldsOf(place.form);
    fill(place.form, copy.fields);
    if (key !== place.key) { drop(key); }
    keep(place);
    save(place.form, false);
    note(place.holder, "restored", copy, function (wanted, shown) {
      each(shown.querySelectorAll("[data-when]"), function (part) { part.hidden = part.getAttribute("data-when") !== wanted; });
      fill(place.form, wanted === "undone" ? before : copy.fields);
      shown.querySelector("[data-when=" + wanted + "] button").focus();
    });
  }

  function hidden(form, name, value) {
    var field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.appendChild(field);
  }

  /* Sent in its old version, the copy comes back beside what the server has: the page of two texts. */
  function compare(holder, key, copy, shown) {
    var form = document.createElement("form");
    form.method = "post";
    form.action = holder.getAttribute("data-save");
    hidden(form, "csrfmiddlewaretoken", "");
    hidden(form, "version", copy.version);
    hidden(form, "copy", key.split("|")[2]);
    copy.fields.forEach(function (pair) { hidden(form, pair[0], pair[1]); });
    shown.appendChild(form);
    form.requestSubmit();
  }

  function offer(holder, key, copy) {
    note(holder, "other", copy, function (wanted, shown) {
      if (wanted === "compare") { compare(holder, key, copy, shown); return; }
      drop(key);
      shown.parentNode.removeChild(shown);
    });
  }

  function copiesOf(report) {
    var found = mine().filter(function (key) { return key.split("|")[2].split("-")[0] === report; });
    return found.map(function (key) { return { key: key, copy: read(key) }; }).filter(function (one) { return one.copy; })
      .sort(function (one, other) { return other.copy.at - one.copy.at; });
  }

  function comeBack(holder, place) {
    var restored = false;
    copiesOf(holder.getAttribute("data-report")).forEach(function (one) {
      if (place && one.key === place.key) { return; }
      if (place && same(one.copy.fields, fieldsOf(place.form))) { drop(one.key); return; }
      if (place && !place.failed && !restored && one.copy.version === versionOf(place.form)) {
        restored = true;
        restore(place, one.key, one.copy);
      } else { offer(holder, one.key, one.copy); }
    });
  }

  function begin(holder) {
    var form = holder.querySelector("form[data-report-form]"), field, place;
    if (!form) { comeBack(holder, null); return; }
    field = form.querySelector("[name=copy]");
    field.value = field.value || holder.getAttribute("data-report") + "-" + PAGE;
    place = { holder: holder, form: form, key: keyOf(field.value), both: form.hasAttribute("data-both") };
    place.failed = form.hasAttribute("data-failed");
    place.server = place.both || place.failed ? null : fieldsOf(form);
    places.push(place);
    watch(place);
    if (!place.server) { keep(place); }
    if (!place.both) { comeBack(holder, place); }
    if (place.failed) { save(form, false); }
  }

  /* 5 Leaving. */
  function warn(form) {
    var left = mine(), shown = document.importNode(document.getElementById("copy-signout").content, true).firstElementChild;
    form.setAttribute("data-warned", "");
    shown.querySelector("[data-count]").textContent = String(left.length);
    shown.querySelector("a").href = (read(left[0]) || {}).address || "/";
    shown.querySelector("button").addEventListener("click", function () { form.requestSubmit(); });
    document.getElementById("main").insertBefore(shown, document.getElementById("main").firstChild);
    shown.querySelector("a").focus();
  }

  /* What can still be saved is saved first; a second and a half is long enough where the server is there. */
  function whenSaved(form, tries) {
    if (!mine().length) { form.requestSubmit(); return; }
    if (!tries) { warn(form); return; }
    window.setTimeout(function () { whenSaved(form, tries - 1); }, 100);
  }

  function signOut(event) {
    var form = event.target, left = mine();
    if (!form.hasAttribute("data-signout")) { return; }
    if (!left.length || form.hasAttribute("data-warned")) { left.forEach(drop); places = []; return; }
    event.preventDefault();
    places.forEach(function (place) { if (place.form.hasAttribute("data-kept")) { save(place.form, false); } });
    whenSaved(form, 15);
  }

  sweep();
  dropTaken();
  document.addEventListener("DOMContentLoaded", function () {
    window.setTimeout(function () { each(document.querySelectorAll("[data-report]"), begin); }, 0);
  });
  document.addEventListener("submit", signOut);
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-drop-copy]");
    if (link) { places.forEach(function (place) { drop(place.key); place.server = fieldsOf(place.form); place.bare = false; }); }
  });
  window.addEventListener("beforeunload", function (event) {
    if (places.some(function (place) { return place.bare && !place.leaving; })) { event.preventDefault(); event.returnValue = ""; }
  });
})();
