// Small things that every part of the page needs.

const app = document.getElementById("app");
export const options = JSON.parse(app.dataset.options);

/** A text in the interface's language, its {names} filled in. */
export function t(key, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), options.texts[key]);
}

/** An element with attributes and children; text is always text. */
export function make(tag, attributes = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...[children].flat());
  return element;
}

let silence = 0;

/** Says something briefly, to eyes and screen readers alike. */
export function say(text, button = []) {
  const status = document.getElementById("status");
  status.replaceChildren(text, ...[button].flat());
  status.classList.add("shown");
  clearTimeout(silence);
  silence = setTimeout(() => status.classList.remove("shown"), button.tagName ? 8000 : 2500);
}

export async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without HTTPS browsers offer only the old way.
    const field = make("textarea", { class: "sr-only" }, text);
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  say(done);
}

export function download(name, content, type) {
  const link = make("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Runs `work` once what is on the screen now has been painted. */
export function afterPaint(work) {
  let done = false;
  const once = () => {
    if (!done) work();
    done = true;
  };
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(once)));
  setTimeout(once, 300); // a page in the background is not painted
}

/** Wraps `[start, end)` of the element's text in marks of a class and returns them. */
export function wrap(element, start, end, name) {
  const texts = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let at = 0; walker.nextNode(); at += walker.currentNode.length) texts.push([walker.currentNode, at]);
  const marks = [];
  for (const [node, at] of texts) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, node.length);
    if (from >= to) continue;
    const part = node.splitText(from);
    part.splitText(to - from);
    const mark = make("mark", { class: name });
    part.replaceWith(mark);
    mark.append(part);
    marks.push(mark);
  }
  return marks;
}

/** Takes all marks of a class out again. */
export function unwrap(root, name) {
  for (const mark of root.querySelectorAll(`mark.${name}`)) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
}
