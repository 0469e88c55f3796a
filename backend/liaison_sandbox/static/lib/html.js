// @ts-check
// Usage: render(element, html`<p>${text}</p>`). Text is escaped; markup made by html is not.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

class Markup {
  constructor(text) {
    this.text = text;
  }
}

/** @returns {Markup} */
export function html(strings, ...values) {
  return new Markup(strings.reduce((text, string, at) => text + asText(values[at - 1]) + string));
}

const shown = new WeakMap();

/** The only place that turns text into elements. */
export function render(element, markup) {
  element.innerHTML = asText(markup);
}

/** Renders only what differs from last time, so that a click is not lost to a button just replaced. */
export function update(element, markup) {
  const text = asText(markup);
  if (shown.get(element) === text) return;
  shown.set(element, text);
  render(element, markup);
}

export function slug(text) {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
}

function asText(value) {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(asText).join("");
  if (value === null || value === undefined || value === false) return "";
  return String(value).replace(/[&<>"']/g, (sign) => ESCAPES[sign]);
}
