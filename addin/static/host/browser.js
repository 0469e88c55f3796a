// @ts-check
// An ordinary browser tab: /crm and /admin, opened from a bookmark or a link.
import { browserSignIn, loadMsal } from "./sign-in.js";

/** @param {{settings: any}} options */
export async function connectBrowser({ settings }) {
  const application = await loadMsal(settings);
  // After a redirect the answer waits in the session; it also tells msal who is signed in.
  const answer = await application.handleRedirectPromise().catch(() => null);
  if (answer?.account) application.setActiveAccount(answer.account);
  const [account] = application.getAllAccounts();
  return {
    kind: "browser",
    person: account ? { name: account.name, address: account.username, timeZone: null } : null,
    onItem: () => {},
    onTheme: () => {},
    getToken: browserSignIn({ settings, application }),
    insertText: async () => {},
    facts: async () => ({ host: "browser", agent: navigator.userAgent }),
  };
}
