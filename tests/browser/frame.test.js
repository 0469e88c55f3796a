import assert from "node:assert/strict";
import { test } from "node:test";
import { connectFrame } from "../../addin/static/host/frame.js";

const HOST = "https://host.example";
const person = { name: "Anna", address: "anna@n.example", timeZone: "Europe/Berlin" };

/** A window with a partner, and timers that only run when told to. */
function aWindow() {
  const listeners = [];
  const timers = [];
  const sent = [];
  const partner = { postMessage: (message, origin) => sent.push({ message, origin }) };
  const own = {
    parent: partner,
    location: { origin: "https://liaison.example" },
    addEventListener: (_, listener) => listeners.push(listener),
    removeEventListener: (_, listener) => listeners.splice(listeners.indexOf(listener), 1),
    setInterval: (run) => timers.push(run),
    setTimeout: (run, after) => timers.push(Object.assign(run, { after })),
    clearInterval: () => {},
    clearTimeout: () => {},
  };
  const receive = (data, { origin = HOST, source = partner } = {}) =>
    listeners.forEach((tell) => tell({ data, origin, source }));
  return { own, partner, receive, sent, timers, listeners };
}

async function connected() {
  const page = aWindow();
  const connecting = connectFrame({ origins: [HOST], window: page.own });
  page.receive({ liaison: "context", person, item: { itemId: "A" }, theme: null });
  return { ...page, host: await connecting };
}

test("hello goes to anybody because it carries nothing, everything else to the one origin", async () => {
  const { host, sent, receive } = await connected();

  const token = host.getToken({ claims: "{c}" });
  const { message, origin } = sent.at(-1);
  receive({ liaison: "token", id: message.id, token: "t" });

  assert.deepEqual(sent[0], { message: { liaison: "hello" }, origin: "*" });
  assert.equal(origin, HOST);
  assert.deepEqual([message.liaison, message.claims, await token], ["token-request", "{c}", "t"]);
});

test("messages of other origins and of other windows are not heard", async () => {
  const page = aWindow();
  let host = null;
  connectFrame({ origins: [HOST], window: page.own }).then((connectedHost) => (host = connectedHost));

  page.receive({ liaison: "context", person, item: null }, { origin: "https://evil.example" });
  page.receive({ liaison: "context", person, item: null }, { source: {} });
  page.receive("no message of ours");
  await new Promise(setImmediate);

  assert.equal(host, null);
});

test("the meeting is told at first, and another one when it is opened", async () => {
  const { host, receive } = await connected();
  const told = [];
  host.onItem((item) => told.push(item));

  receive({ liaison: "item", item: { itemId: "B" } });

  assert.deepEqual(told, [{ itemId: "A" }, { itemId: "B" }]);
});

test("a refused token asks for a sign-in with the host's words", async () => {
  const { host, sent, receive } = await connected();

  const token = host.getToken({});
  receive({ liaison: "token-failed", id: sent.at(-1).message.id, message: "Nobody is signed in." });

  await assert.rejects(token, { name: "SignInNeeded", message: "Nobody is signed in." });
});

test("a window that the page opened is told who is there and gets tokens, others get nothing", async () => {
  const { sent, receive } = await connected();
  const heard = [];
  const opened = { postMessage: (message, origin) => heard.push({ message, origin }) };
  const foreign = { postMessage: () => assert.fail("nothing goes to a foreign window") };

  receive({ liaison: "hello" }, { origin: "https://evil.example", source: foreign });
  receive({ liaison: "hello" }, { origin: "https://liaison.example", source: opened });
  receive({ liaison: "token-request", id: "7", claims: null }, { origin: "https://liaison.example", source: opened });
  receive({ liaison: "token", id: sent.at(-1).message.id, token: "t" });
  await new Promise(setImmediate);

  assert.deepEqual(heard[0], {
    message: { liaison: "context", person, item: null, theme: null },
    origin: "https://liaison.example",
  });
  assert.deepEqual(heard[1].message, { liaison: "token", id: "7", token: "t" });
});

test("inserting text reports what the host says", async () => {
  const { host, sent, receive } = await connected();

  const insert = host.insertText({ text: "Renewal", href: "https://x.example" });
  receive({ liaison: "failed", id: sent.at(-1).message.id, message: "Read only." });

  await assert.rejects(insert, { message: "Read only." });
});

test("a host that never answers is given up with a clear sentence", async () => {
  const page = aWindow();
  const connecting = connectFrame({ origins: [HOST], window: page.own });

  page.timers.find((timer) => timer.after).call();

  await assert.rejects(connecting, { name: "HostFailure" });
});

test("a host that was given up is listened to no more, so that starting over listens once", async () => {
  const page = aWindow();
  const connecting = connectFrame({ origins: [HOST], window: page.own });
  page.timers.find((timer) => timer.after).call();
  await assert.rejects(connecting);

  const again = connectFrame({ origins: [HOST], window: page.own });
  page.receive({ liaison: "context", person, item: { itemId: "A" }, theme: null });
  await again;

  // What the host says, and what windows of our own ask.
  assert.equal(page.listeners.length, 2);
});

function tokenThatEndsIn(seconds) {
  const payload = { exp: Math.floor(Date.now() / 1000) + seconds };
  return `e30.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.s`;
}

async function askOnce({ host, sent, receive }, token) {
  const asked = host.getToken({});
  receive({ liaison: "token", id: sent.at(-1).message.id, token });
  return asked;
}

test("a token that is good is not asked for again, so that a page outlives who opened it", async () => {
  const page = await connected();
  const token = await askOnce(page, tokenThatEndsIn(3600));
  const asked = page.sent.length;

  assert.equal(await page.host.getToken({}), token);
  assert.equal(page.sent.length, asked);
});

test("a token that ends soon, or is another person's, is asked for again", async () => {
  const page = await connected();
  await askOnce(page, tokenThatEndsIn(60));
  const fresh = tokenThatEndsIn(3600);
  assert.equal(await askOnce(page, fresh), fresh);

  page.receive({ liaison: "context", person: { ...person, address: "ben@n.example" }, item: null });
  const bens = tokenThatEndsIn(3601);

  assert.equal(await askOnce(page, bens), bens);
});
