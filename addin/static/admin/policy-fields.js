// @ts-check
// A field for every key of the policy: what it takes, what it means, its default, what this version lacks, what was wrong.
import { flag, html } from "../lib/html.js";
import { intervalParts, isCarriedOut, rawOf } from "./policy-state.js";
import { keyName, valueName, wordName } from "./policy-words.js";

/** @typedef {{shape: any, raw: any, policy: any, off: unknown, described: string, wrong: unknown}} Control */

/**
 * @param {any} shape of one key @param {any} policy in force @param {any} drafts @param {any} problems by key
 */
export function policyField(shape, policy, drafts, problems) {
  const { name, meaning, kind, values } = shape;
  const raw = name in drafts ? drafts[name] : rawOf(shape, policy[name]);
  const said = problems[name];
  const isFixed = shape.carriedOut !== null && !shape.carriedOut.length;
  const control = CONTROLS[kind] ?? textControl;
  const described = `${name}-hint${said ? ` ${name}-problem` : ""}`;
  const wrong = said ? html`aria-invalid="true"` : "";
  const isGroup = ["owners", "map", "words", "interval"].includes(kind);
  const field = control({ shape, raw, policy, off: flag("disabled", isFixed), described, wrong });
  return html`<div class="policy-row" data-key="policy-${name}" ${name in drafts ? html`data-changed` : ""}
    ${isGroup ? html`role="group" aria-labelledby="label-${name}" aria-describedby="${described}"` : ""}>
    <div class="policy-words"><p>${isGroup ? html`<span class="strong" id="label-${name}">${keyName(name)}</span>` : html`<label class="strong" for="policy-${name}">${keyName(name)}</label>`} <code class="code">${name}</code></p>
      <p class="quiet" id="${name}-hint">${meaning} ${hint(shape, values)} ${isFixed ? "Fixed in this version." : ""}</p></div>
    <div class="policy-control">${field}${said ? html`<p class="problem" id="${name}-problem">${said.join(" ")}</p>` : ""}</div></div>`;
}

function hint({ name, kind, least, most, default: delivered }, values) {
  const taken = kind === "number" ? `${least} to ${most}` : ["day", "lines"].includes(kind) ? values : "";
  return `${taken ? `Takes ${taken}. ` : ""}Default: ${valueName(name, delivered)}.`;
}

/** A choice that this version lacks cannot be made; it is shown, so that nobody looks for it elsewhere. */
function option(shape, policy, word, value, chosen) {
  const isThere = isCarriedOut(shape, value, policy);
  return html`<option value="${word}" ${flag("selected", word === chosen)} ${flag("disabled", !isThere)}>${wordName(shape.name, word)}${isThere ? "" : " (not in this version)"}</option>`;
}

const CONTROLS = /** @type {Record<string, (control: Control) => unknown>} */ ({
  word: choice,
  switch: choice,
  number: ({ shape, raw, off, described, wrong }) =>
    html`<input type="number" id="policy-${shape.name}" inputmode="numeric" min="${shape.least}" max="${shape.most}" data-type="policy-typed" data-name="${shape.name}" aria-describedby="${described}" value="${raw}" ${off} ${wrong} />`,
  day: ({ shape, raw, off, described, wrong }) =>
    html`<input type="date" id="policy-${shape.name}" data-choose="policy-typed" data-name="${shape.name}" aria-describedby="${described}" value="${raw}" ${off} ${wrong} />`,
  lines: ({ shape, raw, off, described, wrong }) =>
    html`<textarea id="policy-${shape.name}" rows="2" data-type="policy-typed" data-name="${shape.name}" aria-describedby="${described}" ${off} ${wrong}>${raw}</textarea>`,
  interval,
  words,
  owners,
  map,
});

function textControl({ shape, raw, off, described, wrong }) {
  return html`<input id="policy-${shape.name}" autocomplete="off" data-type="policy-typed" data-name="${shape.name}" aria-describedby="${described}" value="${raw}" ${off} ${wrong} />`;
}

function choice({ shape, raw, policy, off, described, wrong }) {
  return html`<select id="policy-${shape.name}" data-choose="policy-typed" data-name="${shape.name}" aria-describedby="${described}" ${off} ${wrong}>${shape.words.map((word) => option(shape, policy, word, word, raw))}</select>`;
}

function interval({ shape, raw, off, wrong }) {
  const { number, unit } = intervalParts(raw);
  const part = (member) => html`data-name="${shape.name}" data-member="${member}"`;
  return html`<div class="policy-pair"><input type="number" min="1" inputmode="numeric" aria-label="Number" data-type="policy-part-typed" ${part("number")} value="${number}" ${off} ${wrong} />
    <select aria-label="Unit" data-choose="policy-part-typed" ${part("unit")} ${off}>${shape.words.map((word) => html`<option value="${word}" ${flag("selected", word === unit)}>${word}</option>`)}</select></div>`;
}

function words({ shape, raw, off }) {
  return html`${shape.words.map(
    (word) =>
      html`<label class="check"><input type="checkbox" data-choose="policy-ticked" data-name="${shape.name}" data-word="${word}" ${flag("checked", raw.includes(word))} ${off} /> ${word}</label>`,
  )}`;
}

function owners({ shape, raw, policy, off }) {
  return html`${shape.members.map(
    (member) => html`<label class="policy-member"><span>${member}</span><select data-choose="policy-part-typed" data-name="${shape.name}" data-member="${member}" ${off}>${(member ===
    "notes"
      ? ["outlook"]
      : shape.words
    ).map((word) => option(shape, policy, word, { ...raw, [member]: word }, raw[member]))}</select></label>`,
  )}`;
}

function map({ shape, raw, off }) {
  return html`${shape.members.map(
    (member) =>
      html`<label class="policy-member"><span>${member}</span><input data-type="policy-part-typed" data-name="${shape.name}" data-member="${member}" value="${raw[member] ?? ""}" ${off} /></label>`,
  )}`;
}
