// @ts-check
// The part of the form that says how a meeting repeats.
import { html } from "./lib/html.js";
import { KINDS } from "./lib/repeats.js";

const LABELS = { none: "does not repeat", daily: "daily", weekly: "weekly", monthly: "monthly", yearly: "yearly" };
const ENDS = { never: "no end", date: "until", count: "times" };

export function repeatFields(repeat) {
  return html`<fieldset class="form__repeat"><legend class="hidden">Repeats</legend>
    <label>Repeats <select name="repeat" data-testid="field-repeat">${KINDS.map((kind) => option(kind, LABELS[kind], repeat.kind))}</select></label>
    <label class="form__more">Every <input type="number" name="interval" data-testid="field-interval" min="1" max="99" value="${repeat.interval}"></label>
    <label class="form__more">Ends <select name="ends" data-testid="field-ends">${Object.keys(ENDS).map((one) => option(one, ENDS[one], repeat.ends))}</select></label>
    <label class="form__until"><span class="hidden">Last day</span><input type="date" name="until" data-testid="field-until" value="${repeat.until}" aria-label="Last day"></label>
    <label class="form__count"><span class="hidden">How often</span><input type="number" name="count" data-testid="field-count" min="1" max="999" value="${repeat.count}" aria-label="How often"></label>
  </fieldset>`;
}

/** null where the form has no such part: one occurrence does not repeat. */
export function readRepeat(fields, before) {
  if (before === null) return null;
  return {
    kind: String(fields.get("repeat")), interval: Number(fields.get("interval")) || 1, ends: String(fields.get("ends")),
    until: String(fields.get("until") ?? ""), count: Number(fields.get("count")) || 1,
  };
}

function option(value, label, chosen) {
  return html`<option value="${value}" ${value === chosen ? html`selected` : ""}>${label}</option>`;
}
