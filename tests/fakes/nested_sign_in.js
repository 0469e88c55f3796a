// The bridge that Outlook offers for nested app authentication, as msal-browser speaks with it.
(() => {
  const listeners = [];
  const account = {
    homeAccountId: "o1.tenant",
    environment: "login.example",
    tenantId: "tenant",
    username: "anna@nordwind.example",
    localAccountId: "o1",
    name: "Anna Vogt",
    idTokenClaims: { oid: "o1", tid: "tenant" },
  };
  const text = (value) => btoa(JSON.stringify(value)).replace(/=+$/, "");
  const idToken = `${text({ alg: "RS256" })}.${text({ oid: "o1", tid: "tenant", aud: "11111111-2222-3333-4444-555555555555", exp: 4e9, preferred_username: "anna@nordwind.example" })}.x`;
  window.bridgeCalls = [];
  window.nestedAppAuthBridge = {
    addEventListener: (_, listener) => listeners.push(listener),
    postMessage: (message) => {
      const request = JSON.parse(message);
      window.bridgeCalls.push(request.method);
      const answer = { messageType: "NestedAppAuthResponse", requestId: request.requestId, success: true };
      if (request.method === "GetInitContext") {
        answer.initContext = {
          sdkName: "fake",
          sdkVersion: "1",
          capabilities: { queryAccount: true },
          accountContext: {
            homeAccountId: account.homeAccountId,
            environment: account.environment,
            tenantId: account.tenantId,
          },
        };
      } else if (window.bridgeRefuses === request.method || window.bridgeRefuses === "all") {
        answer.success = false;
        answer.error = {
          status: "USER_INTERACTION_REQUIRED",
          code: "interaction_required",
          description: "A click is needed.",
        };
      } else {
        answer.token = {
          access_token: "token-of-the-bridge",
          id_token: idToken,
          expires_in: 3600,
          scope: "api://11111111-2222-3333-4444-555555555555/access_as_user",
          authority: "https://login.example/tenant",
          account,
        };
        answer.account = account;
      }
      setTimeout(() => listeners.forEach((listener) => listener(JSON.stringify(answer))), 0);
    },
  };
})();
