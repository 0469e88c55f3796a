import assert from "node:assert/strict";
import { test } from "node:test";
import { browserSignIn, outlookSignIn } from "../../addin/static/host/sign-in.js";

const settings = { scope: "api://x/access_as_user" };
const never = () => Promise.reject(new Error("not available"));
const token = (accessToken) => async () => ({ accessToken });
const unexpired = `h.${btoa(JSON.stringify({ exp: 4_000_000_000 }))}.s`;

test("in Outlook the silent way is enough where it works", async () => {
  const signIn = outlookSignIn({
    settings,
    nested: async () => ({ acquireTokenSilent: token("quiet") }),
    dialog: never,
  });

  assert.equal(await signIn({}), "quiet");
});

test("without a click nothing opens, with one the pop-up does", async () => {
  const broker = { acquireTokenSilent: never, acquireTokenPopup: token("popup") };
  const signIn = outlookSignIn({ settings, nested: async () => broker, dialog: never });

  await assert.rejects(signIn({}), { name: "SignInNeeded" });
  assert.equal(await signIn({ interactive: true }), "popup");
});

test("a broker that says supported and fails is passed by, and the dialog's token is kept", async () => {
  let opened = 0;
  const dialog = async () => (opened++, unexpired);
  const signIn = outlookSignIn({ settings, nested: never, dialog });

  assert.equal(await signIn({ interactive: true }), unexpired);
  assert.equal(await signIn({}), unexpired);
  assert.equal(opened, 1);
  await assert.rejects(signIn({ renew: true }), { name: "SignInNeeded" });
});

test("claims that the server asks for go to the sign-in", async () => {
  const asked = [];
  const broker = { acquireTokenSilent: async (request) => (asked.push(request), { accessToken: "t" }) };

  await outlookSignIn({ settings, nested: async () => broker, dialog: never })({ claims: "{c}" });

  assert.deepEqual(asked, [{ scopes: [settings.scope], claims: "{c}" }]);
});

test("in a browser a blocked pop-up becomes a redirect", async () => {
  let redirected = false;
  const application = {
    getAllAccounts: () => [],
    acquireTokenPopup: () => Promise.reject(Object.assign(new Error("x"), { errorCode: "popup_window_error" })),
    acquireTokenRedirect: async () => (redirected = true),
  };

  await assert.rejects(browserSignIn({ settings, application })({}), { name: "SignInNeeded" });
  await assert.rejects(browserSignIn({ settings, application })({ interactive: true }), { name: "HostFailure" });
  assert.equal(redirected, true);
});
