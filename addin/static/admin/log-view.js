// @ts-check
// Every decision with its reason, newest first; a line opens to what was and what is.
import { sentenceOf } from "../api/problem.js";
import { dataTable } from "../elements/data-table.js";
import { changeList } from "../elements/decision-list.js";
import { pushButton } from "../elements/push-button.js";
import { activityAddress, pageAddress, windowRelation } from "../lib/addresses.js";
import { formatMoment } from "../lib/dates.js";
import { flag, html } from "../lib/html.js";
import { changesOf, firstSentence, outcomeWord } from "../lib/sentences.js";
import { partView } from "./part-view.js";

/** What is shown, by the outcome asked for. */
const SHOWN = [
  ["", "what changed something"],
  ["all", "everything"],
  ["applied", "applied"],
  ["skipped", "skipped"],
  ["held", "held"],
  ["failed", "failed or waiting"],
];

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function logView(state, setting) {
  const { filters, parts, doing } = state;
  return html`<div class="page-head"><h1>Log</h1></div>
    <form class="filters" role="search" data-submit="log-asked" data-key="log-filters">
      ${reasonFilter(parts.reasons.value?.items ?? [], filters.reason)}
      <label>Show <select data-choose="log-filtered" data-name="outcome">${SHOWN.map(([outcome, words]) => html`<option value="${outcome}" ${flag("selected", outcome === filters.outcome)}>${words}</option>`)}</select>
      </label>
      ${mailboxFilter(state)}
    </form>
    ${partView(parts.decisions, "decisions", ({ items, next }) => html`${items.length ? table(items, setting) : nothing(filters)}
      ${next ? html`<p class="more">${pushButton("Show more", { does: "log-continued", busy: doing === "decisions-more" })}</p>` : ""}`)}`;
}

const EVERYTHING = pageAddress("/admin", { view: "log", outcome: "all" });

/** In words, by group; a code that is not known here (of another version) stays as it was asked for. */
function reasonFilter(known, chosen) {
  const groups = [...new Set(known.map(({ group }) => group))];
  const isForeign = chosen && !known.some(({ code }) => code === chosen);
  const option = ({ code, means }) => html`<option value="${code}" ${flag("selected", code === chosen)}>${firstSentence(means)} (${code})</option>`;
  return html`<label class="reason">Reason ( / ) <select id="search" aria-keyshortcuts="/" data-choose="log-filtered" data-name="reason"><option value="">any</option>
    ${isForeign ? html`<option value="${chosen}" selected>${chosen}</option>` : ""}
    ${groups.map((group) => html`<optgroup label="${group}">${known.filter((one) => one.group === group).map(option)}</optgroup>`)}</select></label>`;
}

/** Of more people than one list has, some are found by what they are called. */
function mailboxFilter({ parts, peopleSearch: search, filters: { representativeId: chosen } }) {
  const { items: first = [], next } = parts.representatives.value ?? {};
  const found = search ? (parts.found.value?.items ?? []) : first;
  const isFound = found.some(({ id }) => id === chosen);
  return html`${next ? html`<label>Find a mailbox <input type="search" id="people-search" autocomplete="off" placeholder="Name or address" aria-describedby="people-found" data-type="people-searched" value="${search}" /></label>` : ""}
    <label>Mailbox <select data-choose="log-filtered" data-name="representativeId"><option value="">all</option>
    ${chosen && !isFound ? html`<option value="${chosen}" selected>${nameOf(chosen, parts)}</option>` : ""}
    ${found.map((one) => html`<option value="${one.id}" ${flag("selected", one.id === chosen)}>${one.name}</option>`)}</select></label>
    ${next ? html`<p class="quiet found" id="people-found" role="status">${search ? foundWords(parts.found, search) : `Mailbox offers the first ${first.length} by name; find others.`}</p>` : ""}`;
}

/** Who was chosen and is not offered now: by his name, else by the address that his decisions carry. */
function nameOf(chosen, { representatives, found, decisions }) {
  const known = [representatives, found].flatMap(({ value }) => value?.items ?? []);
  const address = decisions.value?.items.find(({ mailbox }) => mailbox)?.mailbox;
  return known.find(({ id }) => id === chosen)?.name ?? address ?? "the chosen one";
}

function foundWords({ status, value, problem }, search) {
  if (status === "failed") return sentenceOf(problem);
  if (status !== "done") return "Looking…";
  const { items, next } = value;
  if (!items.length) return `Nobody has a name or an address like “${search}”.`;
  return next ? `Mailbox offers the first ${items.length} of them.` : `Mailbox offers ${items.length} of them.`;
}

function nothing({ reason, outcome, representativeId }) {
  if (!reason && !outcome && !representativeId)
    return html`<p class="empty">Nothing was changed yet. Decisions appear here as soon as a linked meeting changes. <a href="${EVERYTHING}">Show everything</a></p>`;
  return html`<p class="empty">No decision fits. <a href="${EVERYTHING}">Show everything</a></p>`;
}

/** @type {import("../elements/data-table.js").Column[]} */
const COLUMNS = [
  { title: "When", kind: "figures" },
  { title: "What and why", isBlock: true },
  { title: "Activity" },
  { title: "Mailbox" },
  { title: "Outcome" },
];

const table = (items, setting) =>
  dataTable({ label: "Decisions", columns: COLUMNS, rows: items.map((one) => row(one, setting)) });

function row(one, { zone, now }) {
  const { id, at, sentence, reason, mailbox } = one;
  const opened = html`<details><summary class="row-link">${sentence} <span class="code">${reason}</span></summary>
      ${changeList(changesOf(one, zone, now))}${facts(one)}</details>`;
  return { key: `decision-${id}`, cells: [formatMoment(at, zone, now), opened, aboutWhat(one), mailbox, outcomeWord(one)] };
}

/** Of confidential activities administrators read the codes only. */
function aboutWhat({ activityId, subject }) {
  if (!activityId) return "";
  return subject === null
    ? html`<span class="quiet">confidential, or erased</span>`
    : html`<a href="${activityAddress({ id: activityId })}" target="_blank" rel="${windowRelation()}">${subject || "No subject"}</a>`;
}

/** Where it leads, and what support asks for. */
function facts({ reason, actor, policyVersion, traceId }) {
  return html`<p class="code"><a href="${pageAddress("/admin", { view: "log", reason })}">All with this reason</a> · ${actor ? `by ${actor} · ` : ""}policy ${policyVersion}${traceId ? html` · trace <copy-text>${traceId}</copy-text>` : ""}</p>`;
}
