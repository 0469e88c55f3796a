import assert from "node:assert/strict";
import { test } from "node:test";
import { escape, flag, html } from "../../addin/static/lib/html.js";

test("a value can never become markup", () => {
  const text = String(html`<p title="${`"><script>`}">${"<b>&'"}</p>`);

  assert.equal(text, `<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;&#39;</p>`);
});

test("what html made itself is not escaped twice, and lists are joined", () => {
  const items = ["a", "<"].map((word) => html`<li>${word}</li>`);

  assert.equal(String(html`<ul>${items}</ul>`), "<ul><li>a</li><li>&lt;</li></ul>");
});

test("absent values leave nothing behind", () => {
  assert.equal(String(html`${null}${undefined}${false}${0}`), "0");
  assert.equal(String(flag("disabled", false)), "");
  assert.equal(String(flag("disabled", 1)), "disabled");
  assert.equal(escape(null), "null");
});
