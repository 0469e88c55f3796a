// @ts-check
// What an administrator decides about what waits and what failed.
import * as api from "../api/admin.js";
import { deeds } from "../lib/deeds.js";
import { waitsForMail } from "./held-words.js";

const NOTICES = /** @type {Record<string, string>} */ ({
  approve: "Approved. The meetings are looked up again.",
  discard: "Discarded. The activities stay, and their links ended.",
});

const MAIL_NOTICES = /** @type {Record<string, string>} */ ({
  approve: "Approved. It goes to Outlook now.",
  discard: "Discarded. Nobody is mailed.",
});

/** @param {{store: any, session: any, reading: any}} setting @param {any} perform */
export function heldDoings({ store, session, reading }, perform) {
  return {
    "decision-dropped": () => store.dispatch({ type: "decision-dropped" }),
    ...deeds({
      "decision-asked": ({ id, deed }) => store.dispatch({ type: "decision-asked", id, deed }),
      "decision-sent": async ({ id, deed }) => {
        const held = store.state.parts.held.value?.items.find((/** @type {any} */ one) => one.id === id);
        const notices = held && waitsForMail(held) ? MAIL_NOTICES : NOTICES;
        await perform(`${deed}-${id}`, () => api.decideHeld(session.client, id, deed), notices[deed]);
        store.dispatch({ type: "decision-dropped" });
        // A refusal may mean that it was decided elsewhere meanwhile.
        await reading.read("held");
      },
      "retry-requested": ({ id, list }) =>
        perform(`retry-${id}`, () => api.retryFailed(session.client, id), "It is tried again.", list),
    }),
  };
}
