// @ts-check
// Starts the console.
import { askedFilters, openPage } from "../lib/page.js";
import { createDoings, createReading } from "./doings.js";
import { leaveQuestion, moveFocus } from "./focus.js";
import { adminView } from "./shell-view.js";
import { initial, reduce } from "./state.js";

function choose(/** @type {(happening: any) => void} */ dispatch) {
  const asked = new URLSearchParams(location.search);
  dispatch({ type: "view-chosen", view: asked.get("view"), filters: askedFilters(initial.filters) });
  dispatch({ type: "run-chosen", id: asked.get("run") });
}

/** Keys of the policy that were changed and not saved; what is on its way is not asked about. @param {any} state */
const isUnsaved = ({ view, policyDraft, doing }) => !doing && view === "policy" && Object.keys(policyDraft).length > 0;

openPage({ reduce, initial, view: adminView, createReading, createDoings, choose, moveFocus, leave: leaveQuestion, isUnsaved });
