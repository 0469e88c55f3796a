// @ts-check
// What an administrator does with our people: import, switch, test, find, read on.
import * as api from "../api/admin.js";
import { deeds } from "../lib/deeds.js";
import { goingOn } from "./more.js";

/** @param {{store: any, session: any, reading: any}} setting @param {any} perform */
export function peopleDoings({ store, session, reading }, perform) {
  const importPeople = (/** @type {string[]|null} */ addresses) =>
    perform(addresses ? "import" : "import-all", () => api.importRepresentatives(session.client, addresses), importNotice, "representatives");
  const person = (/** @type {string} */ id) =>
    store.state.parts.representatives.value.items.find((one) => one.id === id);
  const goOn = goingOn({ store }, perform);
  /** Changed where it stands: read again, a list that was gone on with would begin anew. */
  const changePerson = async (/** @type {string} */ name, /** @type {any} */ { id, version }, /** @type {any} */ wish) => {
    const change = () => api.changeRepresentative(session.client, id, wish, version);
    const changed = await perform(name, change, "Done.");
    if (changed) store.dispatch({ type: "representative-changed", changed });
    return changed;
  };
  const search = ({ value }) => {
    store.dispatch({ type: "people-searched", text: value });
    return value && reading.read("found");
  };
  const doings = deeds({
    "import-requested": ({ addresses }) => {
      const named = addresses.split(/[\s,;]+/).filter(Boolean);
      if (named.length) importPeople(named);
    },
    "everybody-imported": () => importPeople(null),
    "sync-switched": ({ id }) => {
      const one = person(id);
      return changePerson(`sync-${id}`, one, { syncActive: !one.syncActive });
    },
    "permission-chosen": async ({ id, permission }, element) => {
      const one = person(id);
      const others = one.permissions.filter((/** @type {string} */ held) => held !== permission);
      const wish = { permissions: element.checked ? [...others, permission] : others };
      const changed = await changePerson(`permission-${id}-${permission}`, one, wish);
      // Refused, the tick says again what holds.
      if (!changed) element.checked = one.permissions.includes(permission);
    },
    "test-requested": async ({ id }) => {
      const answer = await perform(`test-${id}`, () => api.testRepresentative(session.client, id), "");
      if (answer) store.dispatch({ type: "tested", id, answer });
    },
    "people-continued": () =>
      goOn("representatives", (cursor) => api.listRepresentatives(session.client, { cursor })),
  });
  return { ...doings, "people-searched": search };
}

function importNotice({ added = 0, updated = 0, notFound = [] }) {
  const missing = notFound.length ? ` Not found: ${notFound.join(", ")}.` : "";
  return `${added} added, ${updated} updated.${missing}`;
}
