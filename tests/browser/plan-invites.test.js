import assert from "node:assert/strict";
import { test } from "node:test";
import { goesOutAtOnce, plannedGuests, plannedParticipants } from "../../addin/static/crm/plan-invites.js";

const POLICY = { transfer: "all", transferTypes: ["appointment", "call"] };
const KNOWN = {
  representatives: [{ id: "r1", name: "Anna Vogt", address: "anna@nordwind.example" }, { id: "r2", name: "Bo Lind", address: "bo@nordwind.example" }],
  contacts: [{ id: "c1", givenName: "Ines", surname: "Moreau", addresses: ["ines@contoso.example", "im@contoso.example"] }],
};
const TEXT = "Bo Lind\nim@contoso.example\nmia@unknown.example";

test("what goes out by being planned is said by the policy", () => {
  assert.ok(goesOutAtOnce("call", POLICY));
  assert.ok(!goesOutAtOnce("visit", POLICY));
  assert.ok(!goesOutAtOnce("call", { ...POLICY, transfer: "flagged" }));
  assert.ok(!goesOutAtOnce("call", undefined));
});

test("colleagues are invited unless somebody says no, others when somebody says so", () => {
  const asked = (invites) => plannedGuests({ text: TEXT, known: KNOWN, invites }).map(({ address, invite }) => [address, invite]);

  assert.deepEqual(asked({}), [["bo@nordwind.example", undefined], ["im@contoso.example", undefined], ["mia@unknown.example", undefined]]);
  assert.deepEqual(
    asked({ "bo@nordwind.example": false, "mia@unknown.example": true }).map(([, invite]) => invite),
    [false, undefined, true],
  );
});

test("people are named as the CRM knows them, a contact by the address that was written", () => {
  const [bo, ines] = plannedGuests({ text: TEXT, known: KNOWN, invites: {} });

  assert.deepEqual([bo.id, bo.name], ["r2", "Bo Lind"]);
  assert.deepEqual([ines.id, ines.name, ines.address], ["c1", "Ines Moreau", "im@contoso.example"]);
});

test("what was chosen is sent, and nothing of what was not", () => {
  const sent = plannedParticipants({ text: TEXT, known: KNOWN, invites: { "mia@unknown.example": true } });

  assert.deepEqual(sent.map(({ kind, invite }) => [kind, invite]), [["representative", undefined], ["contact", undefined], ["other", true]]);
  assert.ok(!("name" in sent[0]));
});
