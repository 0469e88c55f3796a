// @ts-check
// j and k move between the entries of a list, Enter opens one (they are links or buttons), / goes to the search.

/** @param {{search?: string, entries: string}} selectors */
export function listenToListKeys({ search, entries }) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (event.key === "/" && search) {
      const field = document.querySelector(search);
      if (field instanceof HTMLElement) {
        event.preventDefault();
        field.focus();
      }
    }
    if (event.key === "j" || event.key === "k") step(entries, event.key === "j" ? 1 : -1);
  });
}

/** @param {EventTarget|null} target */
function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** @param {string} selector @param {number} by */
function step(selector, by) {
  const entries = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]);
  if (!entries.length) return;
  const at = entries.findIndex((entry) => entry === document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : entries.length - 1) : Math.min(Math.max(at + by, 0), entries.length - 1);
  entries[next].focus();
}
