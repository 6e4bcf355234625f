/* Single keys of a page: only outside of fields, and only while the person wants them (the switch, which the browser remembers).
   singleKey(event) is the key as the pages' tables name it, or "". ES5 only. */
(function () {
  "use strict";

  var keySwitch = document.querySelector("[data-keys-switch]"), OFF = "review-keys-off";

  function remembered() { try { return window.localStorage.getItem(OFF); } catch (error) { return null; } }

  if (keySwitch) {
    keySwitch.hidden = false;
    keySwitch.firstElementChild.checked = !remembered();
    keySwitch.addEventListener("change", function () {
      try {
        if (keySwitch.firstElementChild.checked) { window.localStorage.removeItem(OFF); } else { window.localStorage.setItem(OFF, "1"); }
      } catch (error) { return; }
    });
  }

  window.singleKey = function (event) {
    var wanted = keySwitch && keySwitch.firstElementChild.checked, modified = event.ctrlKey || event.metaKey || event.altKey;
    if (!wanted || modified || event.target.matches("input:not([type=checkbox]), textarea, select")) { return ""; }
    return event.key.length === 1 ? event.key.toLowerCase() : event.key;
  };
}());
