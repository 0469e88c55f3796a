// @ts-check
// One deed at a time: what asks the server to do something waits, and is seen to wait, while another one is under way.

const DEEDS = new WeakSet();

/** Said to whoever sends something all the same, as by Enter in a form. */
export const NOT_YET = "Not done yet: something else is still under way. Try again when it is finished.";

/** Marks as deeds what acts, and what asks whether to: the end of one deed closes the question that led to it. @template {Record<string, Function>} T @param {T} doings @returns {T} */
export function deeds(doings) {
  Object.values(doings).forEach((doing) => DEEDS.add(doing));
  return doings;
}

/** @param {Function|undefined} doing */
export const isDeed = (doing) => doing !== undefined && DEEDS.has(doing);

/** Whether a deed is under way. @param {any} state of any page */
export const isBusy = ({ doing, edit, page }) =>
  Boolean(doing) || edit?.status === "saving" || page?.occurrence?.status === "sending";

/** The function of a control's name, or of its form's, which it sends. @param {Element} control @param {Record<string, Function>} doings */
function doingOf(control, doings) {
  const form = control.getAttribute("type") === "submit" ? control.closest("form[data-submit]") : null;
  const named = control.getAttribute("data-do") ?? control.getAttribute("data-choose") ?? form?.getAttribute("data-submit");
  return named ? doings[named] : undefined;
}

/** After each rendering: the controls of all deeds say that they wait; the one under way is busy besides. @param {Element} root @param {Record<string, Function>} doings @param {any} state */
export function showWaiting(root, doings, state) {
  root.querySelectorAll("[aria-disabled]").forEach((control) => control.removeAttribute("aria-disabled"));
  if (!isBusy(state)) return;
  for (const control of root.querySelectorAll("[data-do], [data-choose], [type=submit]")) {
    if (isDeed(doingOf(control, doings))) control.setAttribute("aria-disabled", "true");
  }
}
