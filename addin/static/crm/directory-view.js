// @ts-check
// Contacts and companies: a table and a simple form beside it.
import { dataTable } from "../elements/data-table.js";
import { failureNote } from "../elements/failure-note.js";
import { pushButton } from "../elements/push-button.js";
import { flag, html } from "../lib/html.js";
import { nameOf } from "./people-field.js";

const KINDS = ["customer", "supplier", "partner", "other"];

/** @param {any} state */
export function contactsView(state) {
  const companies = new Map(state.known.companies.map((company) => [company.id, company.name]));
  const row = (contact) => [
    nameOf(contact) || contact.addresses?.[0],
    (contact.addresses ?? []).join(", "),
    companies.get(contact.companyId) ?? "",
    contact.phone || contact.mobile || "",
  ];
  return directory(state, {
    title: "Contacts",
    add: "New contact",
    head: ["Name", "Addresses", "Company", "Phone"],
    empty: "There are no contacts yet. A contact is a person at a customer; meetings find contacts by their addresses.",
    row,
    form: () => contactForm(state.form, state),
  });
}

/** @param {any} state */
export function companiesView(state) {
  return directory(state, {
    title: "Companies",
    add: "New company",
    head: ["Name", "Kind", "Domains"],
    empty: "There are no companies yet. A company's domains suggest its activities for meetings with its people.",
    row: (company) => [company.name, company.kind, (company.domains ?? []).join(", ")],
    form: () => companyForm(state.form, state),
  });
}

function directory(state, { title, add, head, empty, row, form }) {
  const { list } = state;
  const columns = head.map((/** @type {string} */ label) => ({ title: label }));
  return html`<div class="page-head"><h1>${title}</h1>${pushButton(add, { does: "entry-added" })}</div>
    ${state.form ? form() : ""}
    ${list.status === "failed" ? failureNote(list.problem, { retry: "list-repeated", key: "list-failure" }) : ""}
    ${list.status === "busy" && !list.items.length ? html`<div class="skeleton skeleton-row"></div>
      <div class="skeleton skeleton-row"></div>` : ""}
    ${list.status === "done" && !list.items.length ? html`<p class="empty">${empty}</p>` : ""}
    ${list.items.length ? dataTable({ label: title, columns, rows: list.items.map((entry) => entryRow(entry, row(entry))) }) : ""}
    ${list.next ? html`<p class="more">${pushButton("Show more", { does: "more-requested", busy: list.status === "busy" })}</p>` : ""}`;
}

function entryRow(entry, [name, ...rest]) {
  const open = html`<button type="button" class="row-link as-link" data-do="entry-opened" data-entry="${entry.id}">${name || "(no name)"}</button>`;
  return { key: `entry-${entry.id}`, cells: [open, ...rest] };
}

function entryForm(form, state, fields) {
  const what = state.route.name === "contacts" ? "contact" : "company";
  return html`<form class="sheet confirm" data-submit="entry-sent" data-key="form-${form.id ?? "new"}-${form.version ?? 0}" aria-label="${form.id ? `Edit ${what}` : `New ${what}`}">
    <h2>${form.id ? `Edit ${what}` : `New ${what}`}</h2>${fields}
    <p class="ways">${pushButton("Save", { submit: true, look: "primary", busy: state.doing === "entry" })} ${pushButton("Close", { does: "form-closed", look: "subtle" })}</p>
      </form>`;
}

const text = (form, name, label, value = form[name] ?? "") =>
  html`<label class="field"><span>${label}</span><input name="${name}" value="${value}" autocomplete="off" /></label>`;

function contactForm(form, state) {
  const companies = [{ id: "", name: "none" }, ...state.known.companies];
  return entryForm(
    form,
    state,
    html`<div class="pair">${text(form, "givenName", "Given name")}${text(form, "surname", "Surname")}</div>
    <label class="field"><span>Addresses, one per line</span><textarea name="addresses" rows="2">${(form.addresses ?? []).join("\n")}</textarea></label>
    ${aliases(form)}
    <div class="pair">${text(form, "phone", "Phone")}${text(form, "mobile", "Mobile")}</div>
    <div class="pair">${text(form, "jobTitle", "Job title")}<label class="field"><span>Company</span><select name="companyId">${companies.map(
      ({ id, name }) => html`<option value="${id}" ${flag("selected", id === (form.companyId ?? ""))}>${name}</option>`,
    )}</select></label></div>`,
  );
}

/** Aliases come from reviews; one that was a mistake is taken away here. */
function aliases({ remembered = [] }) {
  if (!remembered.length) return "";
  return html`<fieldset class="aliases"><legend>Remembered from reviews; without the tick an address is forgotten</legend><input type="hidden" name="hasRemembered" value="yes" />
    ${remembered.map((address) => html`<label class="check"><input type="checkbox" name="remembered-${address}" value="${address}" checked /> ${address}</label>`)}</fieldset>`;
}

function companyForm(form, state) {
  return entryForm(
    form,
    state,
    html`<div class="pair">${text(form, "name", "Name")}<label class="field"><span>Kind</span><select name="kind">${KINDS.map(
      (kind) => html`<option value="${kind}" ${flag("selected", kind === (form.kind ?? "customer"))}>${kind}</option>`,
    )}</select></label></div>
    <label class="field"><span>Domains, one per line</span><textarea name="domains" rows="2">${(form.domains ?? []).join("\n")}</textarea></label>`,
  );
}

/** @param {string} routeName @param {Record<string, string>} values as the form gave them */
export function entryFrom(routeName, values) {
  const lines = (words = "") =>
    words
      .split(/[\n,;]/)
      .map((line) => line.trim())
      .filter(Boolean);
  if (routeName === "companies") return { name: values.name.trim(), kind: values.kind, domains: lines(values.domains) };
  const { givenName, surname, phone, mobile, jobTitle, companyId } = values;
  return {
    givenName,
    surname,
    phone,
    mobile,
    jobTitle,
    companyId: companyId || null,
    addresses: lines(values.addresses),
    ...rememberedIn(values),
  };
}

/** The aliases that keep their tick; nothing where the form showed none. @param {Record<string, string>} values */
function rememberedIn(values) {
  if (!("hasRemembered" in values)) return {};
  const kept = Object.entries(values).filter(([name]) => name.startsWith("remembered-"));
  return { remembered: kept.map(([, address]) => address) };
}
