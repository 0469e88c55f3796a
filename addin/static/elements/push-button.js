// @ts-check
// A Fluent button that names what the user does; while that is under way it keeps its place and the focus.
// Role and tabindex are written out although Fluent sets them: they hold before Fluent is loaded, and for tools that look at attributes.
import { flag, html } from "../lib/html.js";

/**
 * @param {string} label
 * @param {{does?: string, look?: "primary"|"outline"|"subtle", busy?: boolean, disabled?: boolean, small?: boolean, submit?: boolean,
 *   values?: Record<string, unknown>, title?: string, key?: string}} [options]
 */
export function pushButton(
  label,
  { does, look = "outline", busy, disabled, small, submit, values = {}, title, key } = {},
) {
  const carried = Object.entries(values).map(([name, value]) => html` data-${name}="${value}"`);
  return html`<fluent-button class="push" role="button" tabindex="0" appearance="${look}" type="${submit ? "submit" : "button"}"
    ${small ? html`size="small"` : ""} ${does ? html`data-do="${does}"` : ""}${carried}
    ${key ? html`data-key="${key}"` : ""} ${title ? html`aria-label="${title}"` : ""}
    ${flag("disabled", disabled)} ${flag("disabled-focusable", busy && !disabled)} ${busy ? html`aria-busy="true"` : ""}>${
      busy ? html`<span class="working" aria-hidden="true"></span>` : ""
    }${label}</fluent-button>`;
}
