import assert from "node:assert/strict";
import { test } from "node:test";
import { draftOf, initial, plainScope, reduce, secondsUntilNextLook, isAwaited } from "../../addin/static/panel/state.js";

const item = { itemId: "A", saved: true, subject: "Review" };
const view = {
  meeting: { kind: "single-instance" },
  link: null,
  activity: { id: "1", version: 1, outcome: "old" },
  suggestions: [],
};
const happen = (...happenings) => happenings.reduce(reduce, initial);
const opened = { type: "item-opened", item };
const arrived = { type: "meeting-arrived", of: 1, view };

test("a late answer for another meeting changes nothing", () => {
  const state = happen(opened, { type: "item-opened", item: { ...item, itemId: "B" } });

  assert.equal(reduce(state, arrived), state);
  assert.equal(reduce(state, { type: "meeting-failed", of: 1, problem: {} }), state);
});

test("another meeting begins afresh, with nothing of the one before", () => {
  const state = happen(
    opened,
    arrived,
    { type: "draft-typed", field: "outcome", value: "x" },
    { type: "item-opened", item: null },
  );

  assert.equal(state.stage, "no-item");
  assert.equal(state.view, null);
  assert.equal(state.edit.status, "clean");
});

test("the same meeting moved in Outlook keeps what is shown and typed", () => {
  const moved = { ...item, start: "later" };
  const state = happen(
    opened,
    arrived,
    { type: "draft-typed", field: "outcome", value: "x" },
    { type: "item-opened", item: moved },
  );

  assert.equal(state.item, moved);
  assert.equal(state.view, view);
  assert.equal(draftOf(state, "outcome"), "x");
});

test("a reading that was overtaken by what was saved takes nothing back", () => {
  const saved = { ...view.activity, version: 2, outcome: "new" };
  const state = happen(opened, arrived, { type: "saved", activity: saved }, arrived);

  assert.equal(state.view.activity, saved);
});

test("an unsaved meeting waits, the saved one is read", () => {
  assert.equal(happen({ type: "item-opened", item: { ...item, itemId: null, saved: false } }).stage, "unsaved");
  assert.equal(happen(opened).stage, "reading");
});

test("a meeting that Outlook has not delivered is waited for, ever more patiently", () => {
  const state = happen(opened, { type: "meeting-failed", of: 1, problem: { code: "meeting-not-found" } });

  assert.equal(state.stage, "waiting-for-outlook");
  assert.equal(state.attempts, 1);
  assert.deepEqual([1, 2, 3, 9].map(secondsUntilNextLook), [2, 4, 8, 30]);
});

test("a meeting that was shown and is not found any more is gone, not awaited", () => {
  const state = happen(opened, arrived, { type: "meeting-failed", of: 1, problem: { code: "meeting-not-found" } });
  const told = reduce(state, {
    type: "gone-told",
    of: 1,
    activity: { id: "1", status: "cancelled" },
    decisions: [{ id: "d" }],
  });

  assert.equal(state.stage, "gone");
  assert.equal(told.view.activity.status, "cancelled");
  assert.equal(told.view.decisions.length, 1);
});

test("a failed re-reading keeps what is on the screen", () => {
  const state = happen(opened, arrived, { type: "meeting-failed", of: 1, problem: { status: 503, title: "Away" } });

  assert.equal(state.stage, "shown");
  assert.equal(state.view, view);
  assert.equal(state.refusal.problem.title, "Away");
});

test("a first reading that fails is shown with its problem", () => {
  assert.equal(happen(opened, { type: "meeting-failed", of: 1, problem: { code: "no-answer" } }).stage, "failed");
  assert.equal(
    happen(opened, { type: "meeting-failed", of: 1, problem: { code: "unsupported" } }).stage,
    "unsupported",
  );
});

test("somebody who was not imported is told so, other refusals are failures", () => {
  assert.equal(happen({ type: "me-failed", problem: { code: "not-a-user" } }).phase, "not-a-user");
  assert.equal(happen({ type: "me-failed", problem: { code: "no-answer" } }).phase, "failed");
});

test("what is typed while something is saved stays, and is still to be saved", () => {
  const typed = (value) => ({ type: "draft-typed", field: "outcome", value });
  const saved = { type: "saved", activity: { id: "1", version: 2, outcome: "first" } };
  const meanwhile = happen(opened, arrived, typed("first"), { type: "save-started" }, typed("second"));
  assert.equal(meanwhile.edit.status, "saving");

  const after = happen(opened, arrived, typed("first"), { type: "save-started" }, typed("second"), saved);
  assert.deepEqual([after.edit.status, draftOf(after, "outcome")], ["dirty", "second"]);
  const calm = happen(opened, arrived, typed("first"), { type: "save-started" }, saved);
  assert.deepEqual([calm.edit.status, calm.edit.drafts], ["saved", {}]);
});

test("a sign-in that ends in a refusal is under way no more", () => {
  const refused = { type: "me-failed", problem: { code: "no-answer" } };
  assert.equal(happen({ type: "sign-in-started" }, refused).doing, null);
});

test("a conflict keeps the typed words and shows the newer activity", () => {
  const newer = { id: "1", version: 2, outcome: "theirs" };
  const state = happen(
    opened,
    arrived,
    { type: "draft-typed", field: "outcome", value: "mine" },
    { type: "save-started" },
    { type: "save-failed", problem: { code: "version-mismatch" }, newer },
  );

  assert.equal(state.edit.status, "conflict");
  assert.equal(draftOf(state, "outcome"), "mine");
  assert.equal(state.view.activity.version, 2);
});

test("a change of the activity from elsewhere does not take away what is being typed", () => {
  const state = happen(
    opened,
    arrived,
    { type: "draft-typed", field: "outcome", value: "mine" },
    { ...arrived, view: { ...view, activity: { id: "1", version: 2, outcome: "theirs" } } },
  );

  assert.equal(draftOf(state, "outcome"), "mine");
});

test("somebody else's words in the field that is being typed are a conflict, in another field they are not", () => {
  const typing = [opened, arrived, { type: "draft-typed", field: "outcome", value: "mine" }];
  const newer = (values) => ({
    ...arrived,
    view: { ...view, activity: { id: "1", version: 2, outcome: "old", ...values } },
  });

  const contested = happen(...typing, newer({ outcome: "theirs" }));
  const apart = happen(...typing, newer({ nextStep: "theirs" }));

  assert.equal(contested.edit.status, "conflict");
  assert.equal(contested.edit.newer.outcome, "theirs");
  assert.equal(reduce(contested, { type: "draft-typed", field: "outcome", value: "mine too" }).edit.status, "conflict");
  assert.equal(apart.edit.status, "dirty");
});

test("an answer to an older search is dropped", () => {
  const state = happen(
    opened,
    { type: "search-typed", query: "re" },
    { type: "search-typed", query: "ren" },
    { type: "search-arrived", query: "re", items: [{}] },
  );

  assert.deepEqual(state.search.items, []);
  assert.equal(state.search.status, "busy");
});

test("signing in that is needed in the middle keeps the meeting", () => {
  const state = happen(
    opened,
    arrived,
    { type: "sign-in-needed", sentence: "Sign in", claims: "{}" },
    { type: "signed-in", me: {} },
  );

  assert.equal(state.phase, "ready");
  assert.equal(state.view, view);
});

const showing = (changes) => happen(opened, { ...arrived, view: { ...view, ...changes } });
const occurrence = { meeting: { kind: "occurrence" } };

test("only of an occurrence it is asked what is meant", () => {
  assert.equal(plainScope(showing({})), "single");
  assert.equal(plainScope(showing({ meeting: { kind: "series-master" } })), "series");
  assert.equal(plainScope(showing(occurrence)), null);
  assert.equal(plainScope(showing({ meeting: { kind: "exception" } })), null);
});

test("an activity whose series goes on is linked with the whole one, others are asked about", () => {
  const suggestions = [
    { activity: { id: "old" }, why: "continues this series" },
    { activity: { id: "other" }, why: "same people" },
  ];
  const state = showing({ ...occurrence, suggestions });

  assert.equal(plainScope(state, "old"), "series");
  assert.equal(plainScope(state, "other"), null);
});

test("an ended link is revived as what it was", () => {
  const link = { state: "ended", activityId: "1", originalStart: null };

  assert.equal(plainScope(showing({ ...occurrence, link }), "1"), "series");
  assert.equal(plainScope(showing({ ...occurrence, link: { ...link, originalStart: "then" } }), "1"), "occurrence");
  assert.equal(plainScope(showing({ ...occurrence, link }), "2"), null);
});

test("an occurrence that is taken out of its linked series is meant alone", () => {
  const state = reduce(showing({ ...occurrence, link: { state: "live", activityId: "1" } }), { type: "apart-asked" });

  assert.equal(plainScope(state, "2"), "occurrence");
  assert.equal(reduce(state, { type: "doing-done", notice: "Linked." }).apart, false);
});

test("the answer to what is meant is forgotten with the deed, and with the meeting", () => {
  const asked = reduce(showing(occurrence), { type: "scope-asked", name: "create" });

  assert.deepEqual(asked.asking, { name: "create", activity: null });
  assert.equal(reduce(asked, { type: "doing-done", notice: "" }).asking, null);
  assert.equal(reduce(asked, { type: "doing-failed", name: "create", problem: {} }).asking, null);
  assert.equal(reduce(asked, { type: "item-opened", item: { ...item, itemId: "B" } }).asking, null);
});

test("of a series the same id with another start is another meeting", () => {
  const typed = reduce(showing(occurrence), { type: "draft-typed", field: "outcome", value: "x" });
  const next = reduce(typed, { type: "item-opened", item: { ...item, start: "a week later" } });

  assert.equal(next.stage, "reading");
  assert.equal(next.edit.status, "clean");
});

test("a happening that nobody knows is a mistake and is told", () => {
  assert.throws(() => reduce(initial, { type: "surprise" }), /no happening "surprise"/);
});

test("a meeting that the next run links by itself is looked at again, any other is not", () => {
  const shown = (members, capture = "all") =>
    isAwaited({ stage: "shown", me: { policy: { capture } }, view: { link: null, decisions: [], ...members } });

  assert.equal(shown({}), true);
  assert.equal(shown({}, "linked"), false);
  assert.equal(shown({ link: { id: "l" } }), false);
  assert.equal(shown({ decisions: [{ reason: "private" }] }), false);
  assert.equal(isAwaited({ stage: "gone", me: null, view: null }), false);
});
