// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { partsView, partView } from "../../addin/static/admin/part-view.js";
import { html } from "../../addin/static/lib/html.js";

const ASKED = { status: "busy", value: null, problem: null };
const DOWN = { status: "failed", value: null, problem: { status: 503, code: "unavailable", title: "Not available", detail: "Not available just now." } };
const BROKEN = { status: "failed", value: null, problem: { status: 500, code: "internal-error", title: "Error", detail: "Something went wrong." } };
const THERE = { status: "done", value: "what is known", problem: null };

/** How many failures a page tells of these parts. @param {any[]} parts */
function alertsOf(parts) {
  const shown = () => html`${parts.map((part, at) => partView(part, `part-${at}`, (value) => value))}`;
  return String(partsView(parts, shown)).split('role="alert"').length - 1;
}

test("an outage is told once, also while some parts are still asked for", () => {
  assert.equal(alertsOf([ASKED, ASKED, ASKED]), 0);
  assert.equal(alertsOf([ASKED, DOWN, ASKED]), 1);
  assert.equal(alertsOf([ASKED, DOWN, DOWN]), 1);
  assert.equal(alertsOf([DOWN, DOWN, DOWN]), 1);
});

test("a part that is there stays there, and each that fails says so", () => {
  assert.equal(alertsOf([THERE, DOWN, DOWN]), 2);
  assert.equal(alertsOf([THERE, { ...THERE, status: "failed", problem: DOWN.problem }]), 1);
});

test("failures of two kinds are told apart", () => {
  assert.equal(alertsOf([ASKED, DOWN, BROKEN]), 2);
});
