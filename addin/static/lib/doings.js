// @ts-check
// Views name what the user did (data-do, data-submit, data-type); this file finds the function of that name.
import { announce } from "./announce.js";
import { isDeed, NOT_YET } from "./deeds.js";

/**
 * @param {Element} root
 * @param {Record<string, (values: Record<string, string>, element: HTMLElement) => unknown>} doings
 * @param {() => boolean} isBusy whether a deed is under way, so that another one is not begun
 */
export function listen(root, doings, isBusy) {
  const begin = (/** @type {string} */ name, /** @type {Record<string, string>} */ values, /** @type {HTMLElement} */ element) => {
    const doing = doings[name];
    if (isBusy() && isDeed(doing)) announce(NOT_YET);
    else doing?.(values, element);
  };
  root.addEventListener("click", (event) => {
    const waiting = closest(event, "[data-choose][aria-disabled]");
    // A tick stays as it is, too.
    if (waiting) event.preventDefault();
    const element = waiting ?? closest(event, "[data-do]");
    if (!element || element.hasAttribute("disabled") || element.hasAttribute("disabled-focusable")) return;
    begin(element.dataset.do ?? element.dataset.choose ?? "", { .../** @type {any} */ (element.dataset) }, element);
  });
  root.addEventListener("submit", (event) => {
    const form = closest(event, "form[data-submit]");
    if (!(form instanceof HTMLFormElement)) return;
    event.preventDefault();
    begin(form.dataset.submit ?? "", { .../** @type {any} */ (form.dataset), ...valuesOf(form) }, form);
  });
  for (const kind of ["input", "change"]) {
    root.addEventListener(kind, (event) => {
      const field = closest(event, kind === "input" ? "[data-type]" : "[data-choose]");
      if (!field) return;
      const name = kind === "input" ? field.dataset.type : field.dataset.choose;
      const value = /** @type {HTMLInputElement} */ (field).value;
      begin(name ?? "", { .../** @type {any} */ (field.dataset), value }, field);
    });
  }
  standInForFluent(root);
}

/** Until Fluent is loaded nobody else presses its buttons by keyboard, or sends a form by them. @param {Element} root */
function standInForFluent(root) {
  root.addEventListener("keydown", (event) => {
    const { key } = /** @type {KeyboardEvent} */ (event);
    const button = closest(event, "fluent-button:not(:defined)");
    if (!button || (key !== "Enter" && key !== " ")) return;
    event.preventDefault();
    button.click();
  });
  root.addEventListener("click", (event) => {
    const button = closest(event, "fluent-button[type=submit]:not(:defined, [disabled], [disabled-focusable])");
    button?.closest("form")?.requestSubmit();
  });
}

/** @param {Event} event @param {string} selector @returns {HTMLElement|null} */
function closest(event, selector) {
  return event.target instanceof Element ? event.target.closest(selector) : null;
}

/** @param {HTMLFormElement} form @returns {Record<string, string>} */
function valuesOf(form) {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}
