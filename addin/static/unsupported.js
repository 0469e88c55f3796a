// Runs in every browser, also in those of old Office versions that know no modules: says why nothing else appears.
(function () {
  var place = document.getElementById("unsupported");
  var isOld = !("noModule" in document.createElement("script")) || !("customElements" in window);
  if (!isOld || !place) return;
  place.hidden = false;
  place.removeAttribute("hidden");
  place.textContent =
    "This version of Outlook shows pages with an old browser that Liaison cannot use. Open the calendar in Outlook on the web or in a current Outlook; nothing was changed.";
  var page = document.getElementById("pane") || document.getElementById("page");
  if (page) page.parentNode.removeChild(page);
})();
