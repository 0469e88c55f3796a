// A hand-made Office object with the manners of the real one: callbacks are asynchronous, an item looks different
// while it is read and while it is composed, an unsaved one has no id, and the history functions are taken away.
(() => {
  // A second script finds the mailbox with all that listens to it.
  if (window.Office) return;
  const wish = window.officeWish;
  const handlers = {};
  const later = (done, result) => setTimeout(() => done(result), 0);
  const good =
    (value) =>
    (...rest) =>
      later(rest.at(-1), { status: "succeeded", value });
  const bad =
    (code, message) =>
    (...rest) =>
      later(rest.at(-1), { status: "failed", error: { code, name: "Error", message } });
  // Answered when a test lets it.
  const slowly = (value) => (done) => {
    document.documentElement.dataset.outlook = "asked";
    window.letOutlookAnswer = () => good(value)(done);
  };
  const organizer = { displayName: "Anna Vogt", emailAddress: "anna@nordwind.example" };

  const reading = ({ subject, start, end, itemId }) => ({
    itemType: "appointment",
    subject,
    start: new Date(start),
    end: new Date(end),
    organizer,
    itemId,
    body: { getAsync: good("") },
  });

  const composing = (item) => ({
    itemType: "appointment",
    subject: { getAsync: item.slow ? slowly(item.subject) : good(item.subject) },
    start: { getAsync: good(new Date(item.start)) },
    end: { getAsync: good(new Date(item.end)) },
    organizer: { getAsync: good(organizer) },
    body: {
      setSelectedDataAsync: (text, options, done) => {
        window.insertedTexts.push({ text, options });
        later(done, { status: "succeeded" });
      },
    },
    getItemIdAsync: (done) => {
      (item.saved ? good(item.itemId) : bad(9046, "The item is not saved."))(done);
      if (item.slow) later(() => (document.documentElement.dataset.outlook = "answered"));
    },
  });

  const itemOf = (item) => item && (item.mode === "read" ? reading(item) : composing(item));
  window.insertedTexts = [];
  window.Office = {
    EventType: {
      ItemChanged: "olkItemSelectedChanged",
      OfficeThemeChanged: "officeThemeChanged",
      DialogMessageReceived: "dialogMessageReceived",
      DialogEventReceived: "dialogEventReceived",
    },
    onReady: () =>
      wish.silent ? new Promise(() => {}) : Promise.resolve({ host: wish.host ?? "Outlook", platform: "OfficeOnline" }),
    context: {
      platform: "OfficeOnline",
      officeTheme: wish.theme ?? null,
      requirements: {
        isSetSupported: (set, version) =>
          set === "Mailbox" ? Number(version.split(".")[1]) <= (wish.mailboxSet ?? 16) : wish.nested !== false,
      },
      mailbox: {
        item: itemOf(wish.item),
        userProfile: {
          displayName: "Anna Vogt",
          emailAddress: "anna@nordwind.example",
          timeZone: "W. Europe Standard Time",
        },
        diagnostics: { hostName: "OutlookWebApp", hostVersion: "16.0.1" },
        addHandlerAsync: (type, handler) => ((handlers[type] ??= []).push(handler), undefined),
      },
      ui: {
        messageParent: (text) => (document.documentElement.dataset.told = text),
        displayDialogAsync: (address, options, done) => {
          const listeners = {};
          const dialog = { close: () => {}, addEventHandler: (type, listener) => (listeners[type] = listener) };
          window.openedDialogs = [...(window.openedDialogs ?? []), address];
          later(done, { status: "succeeded", value: dialog });
          setTimeout(
            () => listeners.dialogMessageReceived({ message: JSON.stringify({ token: "token-of-the-dialog" }) }),
            20,
          );
        },
      },
    },
  };
  // What a test does to Outlook.
  window.outlook = {
    open: (item) => {
      window.Office.context.mailbox.item = itemOf(item);
      (handlers.olkItemSelectedChanged ?? []).forEach((handler) => handler({ type: "olkItemSelectedChanged" }));
    },
    listeners: () => (handlers.olkItemSelectedChanged ?? []).length,
    save: (itemId) => (window.Office.context.mailbox.item = composing({ ...wish.item, itemId, saved: true })),
  };
  history.pushState = null;
  history.replaceState = null;
})();
