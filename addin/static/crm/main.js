// @ts-check
// Starts the CRM pages.
import { askedFilters, openPage } from "../lib/page.js";
import { createDoings } from "./doings.js";
import { leaveOpen, moveFocus } from "./focus.js";
import { createReading } from "./reading.js";
import { crmView } from "./shell-view.js";
import { initial, reduce, routeOf } from "./state.js";

function choose(/** @type {(happening: any) => void} */ dispatch) {
  const route = routeOf(location.pathname, location.search);
  dispatch({ type: "route-chosen", route, filters: askedFilters(initial.filters) });
}

/** Typed and not saved; what is on its way is not asked about. @param {any} state */
const isUnsaved = ({ edit, doing }) => !doing && ["dirty", "conflict", "failed"].includes(edit.status);

openPage({ reduce, initial, view: crmView, createReading, createDoings, choose, moveFocus, leave: leaveOpen, isUnsaved });
