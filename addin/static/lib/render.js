// @ts-check
// render(root, html`…`) changes only what differs, so that focus, selection and scrolling stay where they were.
// An element with an id or a data-key is recognised wherever it moved to. Attributes and values are touched only
// when the view asks for something else than last time: what a component or the user set meanwhile is kept.

/** @type {WeakMap<Node, Map<string, string>>} what the last rendering asked for */
const asked = new WeakMap();

/** @param {Element} root @param {{toString(): string}} content */
export function render(root, content) {
  const template = document.createElement("template");
  template.innerHTML = String(content);
  alignChildren(root, template.content);
}

/** @param {Node} node */
function keyOf(node) {
  if (!(node instanceof Element)) return null;
  return node.id || node.getAttribute("data-key");
}

/** @param {Node} a @param {Node} b */
function alike(a, b) {
  return a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);
}

/** @param {Node} from @param {Node} to */
function alignChildren(from, to) {
  let cursor = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const present = firstAlike(cursor, wanted);
    if (!present) {
      from.insertBefore(adopt(wanted), cursor);
    } else {
      if (present === cursor) cursor = cursor.nextSibling;
      else from.insertBefore(present, cursor);
      alignNode(present, wanted);
    }
  }
  while (cursor) {
    const next = cursor.nextSibling;
    cursor.remove();
    cursor = next;
  }
}

/** @param {ChildNode|null} cursor @param {Node} wanted */
function firstAlike(cursor, wanted) {
  for (let node = cursor; node; node = node.nextSibling) {
    if (alike(node, wanted)) return node;
  }
  return null;
}

/** @param {Node} wanted */
function adopt(wanted) {
  const node = document.importNode(wanted, true);
  remember(node);
  return node;
}

/** @param {Node} node */
function remember(node) {
  if (node instanceof Element) asked.set(node, attributesOf(node));
  node.childNodes.forEach(remember);
}

/** @param {Element} element */
function attributesOf(element) {
  return new Map([...element.attributes].map((a) => [a.name, a.value]));
}

/** @param {Node} present @param {Node} wanted */
function alignNode(present, wanted) {
  if (!(present instanceof Element) || !(wanted instanceof Element)) {
    if (present.nodeValue !== wanted.nodeValue) present.nodeValue = wanted.nodeValue;
    return;
  }
  alignAttributes(present, wanted);
  if (present instanceof HTMLTextAreaElement) alignText(present, wanted);
  else if (!present.hasAttribute("data-own-content")) alignChildren(present, wanted);
}

/** @param {Element} present @param {Element} wanted */
function alignAttributes(present, wanted) {
  const before = asked.get(present) ?? new Map();
  const now = attributesOf(wanted);
  for (const [name, value] of now) {
    if (before.get(name) === value) continue;
    present.setAttribute(name, value);
    if (name === "value" && "value" in present) present.value = value;
    if (name === "selected" || name === "checked") Object.assign(present, { [name]: true });
  }
  for (const name of before.keys()) {
    if (now.has(name)) continue;
    present.removeAttribute(name);
    if (name === "selected" || name === "checked") Object.assign(present, { [name]: false });
  }
  asked.set(present, now);
}

/** @param {HTMLTextAreaElement} present @param {Element} wanted */
function alignText(present, wanted) {
  const text = wanted.textContent ?? "";
  if (present.defaultValue === text) return;
  present.defaultValue = text;
  present.value = text;
}
