import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, queryString } from "../../addin/static/api/client.js";

function answering(...answers) {
  const asked = [];
  const fetch = async (url, options) => {
    asked.push({ url, ...options });
    const answer = answers.shift();
    if (answer === "lost") throw new TypeError("Failed to fetch");
    const { status = 200, body = {}, headers = {} } = answer ?? {};
    const type = status >= 400 ? "application/problem+json" : "application/json";
    const text = status === 304 || status === 204 ? null : JSON.stringify(body);
    return new Response(text, { status, headers: { "Content-Type": type, ...headers } });
  };
  return { asked, fetch };
}

function clientOf({ fetch }, getToken = async () => "token-1") {
  return createClient({ getToken, fetch, root: "https://liaison.example" });
}

test("every request carries the token, a change the version, a POST a key", async () => {
  const server = answering();
  const client = clientOf(server);

  await client.patch("/api/activities/1", { outcome: "x" }, 4);
  await client.post("/api/links", { a: 1 });

  assert.equal(server.asked[0].headers.Authorization, "Bearer token-1");
  assert.equal(server.asked[0].headers["If-Match"], '"4"');
  assert.match(server.asked[1].headers["Idempotency-Key"], /^[0-9a-f-]{36}$/);
});

test("a POST whose answer was lost is repeated with the same key, a new one gets another", async () => {
  const server = answering("lost", {}, {});
  const client = clientOf(server);

  await assert.rejects(client.post("/api/links", { a: 1 }), { code: "no-answer" });
  await client.post("/api/links", { a: 1 });
  await client.post("/api/links", { a: 1 });

  const keys = server.asked.map((one) => one.headers["Idempotency-Key"]);
  assert.equal(keys[0], keys[1]);
  assert.notEqual(keys[1], keys[2]);
});

test("a 401 is answered once with the claims that the server asks for", async () => {
  const refusal = { status: 401, body: { code: "interaction-required", claims: "{c}" } };
  const server = answering(refusal, { body: { name: "Anna" } });
  const wished = [];
  const client = clientOf(server, async (options) => `token-${wished.push(options)}`);

  const me = await client.get("/api/me");

  assert.equal(me.name, "Anna");
  assert.deepEqual(wished[1], { claims: "{c}", renew: true });
  assert.equal(server.asked[1].headers.Authorization, "Bearer token-2");
});

test("a second 401 is a problem and no loop", async () => {
  const refusal = { status: 401, body: { code: "not-signed-in" } };
  const server = answering(refusal, refusal);

  await assert.rejects(clientOf(server).get("/api/me"), { code: "not-signed-in" });
  assert.equal(server.asked.length, 2);
});

test("a sign-in that needs a click carries the claims to that click", async () => {
  const server = answering({ status: 401, body: { claims: "{c}" } });
  const client = clientOf(server, async ({ renew }) => {
    if (renew) throw new Error("click");
    return "t";
  });

  await assert.rejects(client.get("/api/me"), { message: "click", claims: "{c}" });
});

test("problems keep the server's sentence and trace id, also where the answer is no problem document", async () => {
  const server = answering({
    status: 409,
    body: { code: "private", detail: "Not this one." },
    headers: { "X-Trace-Id": "t1" },
  });

  const error = await clientOf(server)
    .get("/x")
    .catch((caught) => caught);

  assert.equal(error.message, "Not this one.");
  assert.equal(error.problem.traceId, "t1");
});

test("asking for changes costs nothing while there are none", async () => {
  const server = answering({ body: { version: 1 }, headers: { ETag: '"1"' } }, { status: 304 });
  const client = clientOf(server);

  const first = await client.poll("/api/activities/1", null);
  const second = await client.poll("/api/activities/1", first.etag);

  assert.deepEqual([first.changed, second.changed], [true, false]);
  assert.equal(server.asked[1].headers["If-None-Match"], '"1"');
});

test("ids go into addresses unharmed", () => {
  assert.equal(queryString({ itemId: "AAMk/1+2=", mailbox: null, query: "" }), "?itemId=AAMk%2F1%2B2%3D");
});
