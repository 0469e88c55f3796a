// @ts-check
// A meeting that recurs: which of both is meant before anything is linked, and what the series does.
import { pushButton } from "../elements/push-button.js";
import { seriesFacts } from "../elements/series-facts.js";
import { html } from "../lib/html.js";
import { isRecurring, scopeWords } from "../lib/series.js";

/** Asked before a deed that could mean either; a question that is left does nothing. @param {any} state @param {{zone: string, now: Date}} setting */
export function askView({ asking, doing, view }, setting) {
  if (!asking) return "";
  const words = scopeWords(view, setting);
  const title = asking.name === "link" ? "What is to be linked?" : "What shall the activity be made from?";
  return html`<section class="confirm" role="alertdialog" aria-labelledby="ask-title" data-key="ask">
    <h3 id="ask-title" tabindex="-1">${title}</h3>
    ${choice("occurrence", "This occurrence", words.occurrence, doing)}
    ${choice("series", "The whole series", words.series, doing)}
    <p>${pushButton("Not now", { does: "scope-left", look: "subtle", key: "ask-no", disabled: Boolean(doing) })}</p></section>`;
}

function choice(scope, label, words, doing) {
  const isBusy = doing?.scope === scope;
  return html`<button type="button" class="choice" data-do="scope-chosen" data-scope="${scope}" data-key="ask-${scope}"
    ${isBusy ? html`aria-busy="true"` : ""}>
    <span class="choice-label">${isBusy ? html`<span class="working" aria-hidden="true"></span>` : ""}${label}</span>
    <span class="choice-words">${words}</span></button>`;
}

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function seriesView({ view }, setting) {
  const { meeting, link, activity, recurrence } = view;
  const isOfSeries = link && link.state !== "ended" && link.scope !== "occurrence" && activity?.recurrence;
  const shown = isOfSeries ? activity.recurrence : recurrence;
  if (!isRecurring(meeting) || !shown) return "";
  return html`<section class="series" aria-labelledby="series"><h3 id="series">Series</h3>
    ${seriesFacts(shown, setting, isOfSeries ? activity : null)}</section>`;
}
