// @ts-check
// Focus follows what is asked, and comes back to the button that asked it. Escape leaves what is open.
import { focusOn } from "../lib/page.js";
import { firstProblem } from "./field-problems.js";

/** @param {Element} root @param {any} state @param {any} before */
export function moveFocus(root, state, before) {
  if (state.page.confirm && !before.page.confirm) focusOn(root, "[data-key=confirm-no]");
  if (state.form && state.form !== before.form) focusOn(root, "form.confirm input");
  const wasSaved = before.doing === "plan" || before.edit.status === "saving";
  if (wasSaved && state.fieldProblems !== before.fieldProblems) focusOn(root, `[aria-invalid][data-field=${firstProblem(state.fieldProblems)}]`);
  if (state.edit.problem !== before.edit.problem || state.edit.newer !== before.edit.newer) root.querySelector("[data-key=save-failure]")?.scrollIntoView({ block: "nearest" });
  moveMatchFocus(root, state, before);
  moveOccurrenceFocus(root, state.page, before.page);
}

/** To what was opened, and back to the button that opened it; a date that is gone leaves its list. */
function moveOccurrenceFocus(root, { occurrence }, { occurrence: before }) {
  if (occurrence && (occurrence.at !== before?.at || occurrence.deed !== before?.deed)) focusOn(root, "#occurrence-subject", "[data-key=occurrence-no]");
  if (before && !occurrence) focusOn(root, `[data-key="${before.deed}-${before.at}"]`, "#series", "#main");
}

function moveMatchFocus(root, { matching }, { matching: before }) {
  if (matching === before) return;
  if (!matching) focusOn(root, `[data-key="match-${before.activityId}-${before.address}"]`, "#main");
  else if (!before) focusOn(root, "#match-search");
  else if (matching.form && !before.form) focusOn(root, "#match-given");
  else if (!matching.form && before.form) focusOn(root, "[data-key=match-new]");
}

/** @param {{state: any, dispatch: (happening: any) => void}} store */
export function leaveOpen({ state, dispatch }) {
  if (state.page.occurrence) dispatch({ type: "occurrence-left" });
  else if (state.matching) dispatch({ type: "match-left" });
  else if (state.page.confirm) dispatch({ type: "confirm-left" });
  else if (state.form) dispatch({ type: "form-closed" });
}
