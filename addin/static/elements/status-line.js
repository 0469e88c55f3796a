// @ts-check
// The first line of a screen: an icon, a word and a colour say what is true now.
import { Html, html } from "../lib/html.js";

const PATHS = {
  good: "M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Zm3.4 5.6-4.4 4.5-2.2-2.2-.8.8 3 3 5.2-5.3-.8-.8Z",
  wait: "M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Zm-.6 3.8v4.7l3.4 2 .6-1-2.8-1.7v-4H9.4Z",
  bad: "M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Zm-.7 4v5.2h1.4V6H9.3Zm0 6.6V14h1.4v-1.4H9.3Z",
  quiet: "M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Zm0 1.3a6.7 6.7 0 1 0 0 13.4 6.7 6.7 0 0 0 0-13.4Z",
};

/** @param {keyof typeof PATHS} tone */
export function icon(tone) {
  return html`<svg class="icon icon-${tone}" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="${PATHS[tone]}" />
    </svg>`;
}

/** @param {{tone: any, title: string, detail?: string|Html, body?: Html|string}} line */
export function statusLine({ tone, title, detail = "", body = "" }) {
  return html`<div class="status-line" data-tone="${tone}">
    ${icon(tone)}
    <div class="status-words">
      <h2 class="status-title">${title}</h2>
      ${body}
      ${detail ? html`<p class="quiet">${detail}</p>` : ""}
    </div>
  </div>`;
}
