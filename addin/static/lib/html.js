// @ts-check
// html`<p>${text}</p>` escapes every value, so that text from Outlook or the CRM can never become markup.
// Arrays are joined, null, undefined and false give nothing, values made by html`` itself stay as they are.

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export class Html {
  /** @param {string} markup */
  constructor(markup) {
    this.markup = markup;
  }

  toString() {
    return this.markup;
  }
}

/** @param {unknown} value */
export function escape(value) {
  return String(value).replace(/[&<>"']/g, (sign) => ENTITIES[/** @type {"&"} */ (sign)]);
}

/** @param {unknown} value @returns {string} */
function markupOf(value) {
  if (value === null || value === undefined || value === false || value === true) return "";
  if (value instanceof Html) return value.markup;
  if (Array.isArray(value)) return value.map(markupOf).join("");
  return escape(value);
}

/** @param {TemplateStringsArray} strings @param {...unknown} values */
export function html(strings, ...values) {
  return new Html(strings.reduce((done, text, i) => done + markupOf(values[i - 1]) + text));
}

/** An attribute without a value, such as `disabled`, where the fact holds. */
export function flag(/** @type {string} */ name, /** @type {unknown} */ holds) {
  return holds ? new Html(name) : "";
}
