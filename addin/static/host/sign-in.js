// @ts-check
// Tokens by msal-browser. In Outlook: nested app authentication, then its pop-up, then Office's dialog.
// In a browser: silently, then a pop-up, and a redirect where pop-ups are blocked.
import { ROOT } from "../api/client.js";
import { HostFailure, SignInNeeded } from "./errors.js";
import { loadScript } from "./load-script.js";

const REDIRECT = `${ROOT}/panel/redirect`;
const UNCONFIGURED =
  "This server knows no sign-in yet: its administrator has to name the tenant and the client id first.";
const BROKEN =
  "The sign-in of Microsoft could not be loaded from this server. Reload the page; if it stays so, tell your administrator.";

/** @param {any} settings @param {{nested?: boolean}} [options] */
export async function loadMsal(settings, { nested = false } = {}) {
  const global = /** @type {any} */ (globalThis);
  if (!settings.clientId) throw new HostFailure(UNCONFIGURED);
  if (!global.msal) {
    await loadScript(new URL("../vendor/msal.js", import.meta.url).href, { sentence: BROKEN });
  }
  const configuration = {
    auth: {
      clientId: settings.clientId,
      authority: settings.authority,
      redirectUri: REDIRECT,
      knownAuthorities: foreignHost(settings.authority),
    },
    cache: { cacheLocation: nested ? "localStorage" : "sessionStorage" },
  };
  if (nested) return global.msal.createNestablePublicClientApplication(configuration);
  const application = new global.msal.PublicClientApplication(configuration);
  await application.initialize();
  return application;
}

/** Another cloud's sign-in is not looked up at the public one; our own server named it. @param {string} authority */
function foreignHost(authority) {
  const { host } = new URL(authority);
  return host === "login.microsoftonline.com" ? [] : [host];
}

/** @param {any} settings @param {string|null|undefined} claims @param {any} [account] */
export function tokenRequest(settings, claims, account) {
  return { scopes: [settings.scope], ...(claims ? { claims } : {}), ...(account ? { account } : {}) };
}

/**
 * @param {{settings: any, nested: () => Promise<any>, dialog: (claims: string|null) => Promise<string>}} options
 */
export function outlookSignIn({ settings, nested, dialog }) {
  /** @type {Promise<any>|null} */
  let application = null;
  // What a click brought: some brokers give it once and then refuse the silent way again.
  let kept = /** @type {{token: string, until: number}|null} */ (null);
  const keep = (/** @type {string} */ token) => {
    kept = { token, until: expiryOf(token) };
    return token;
  };

  return async ({ claims = null, renew = false, interactive = false } = {}) => {
    if (kept && !renew && !claims && kept.until > Date.now()) return kept.token;
    const request = tokenRequest(settings, claims);
    application ??= nested().catch(() => null);
    const broker = await application;
    const silent = await broker?.acquireTokenSilent(request).catch(() => null);
    if (silent) return silent.accessToken;
    if (!interactive) throw new SignInNeeded();
    const popup = await broker?.acquireTokenPopup(request).catch(() => null);
    if (popup) return keep(popup.accessToken);
    // Brokers are known to say "supported" and fail: Office's own dialog always works, at the price of a click.
    return keep(await dialog(claims));
  };
}

/** When a token ends, a minute early, to ask for a new one in time; the server judges it, not we. @param {string} token */
function expiryOf(token) {
  try {
    const body = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(body)).exp * 1000 - 60_000;
  } catch {
    return Date.now() + 300_000;
  }
}

/** @param {{settings: any, application: any}} options */
export function browserSignIn({ settings, application }) {
  return async ({ claims = null, interactive = false } = {}) => {
    const [account] = application.getAllAccounts();
    const request = tokenRequest(settings, claims, account);
    const silent = account && (await application.acquireTokenSilent(request).catch(() => null));
    if (silent) return silent.accessToken;
    if (!interactive) throw new SignInNeeded();
    try {
      return (await application.acquireTokenPopup(request)).accessToken;
    } catch (error) {
      const code = /** @type {any} */ (error)?.errorCode;
      if (code === "popup_window_error" || code === "empty_window_error") {
        await application.acquireTokenRedirect(request);
      }
      throw new HostFailure("The sign-in was not finished. Try again.", /** @type {any} */ (error));
    }
  };
}
