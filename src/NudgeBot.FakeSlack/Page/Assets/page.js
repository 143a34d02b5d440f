// The page is a plain one: every click is a link or a form, and the server answers with the whole page. This script fetches that page in the
// background and takes from it the parts that have changed, so that focus, scrolling and what is being typed stay where they are.
"use strict";

let latest = 0;
let busy = 0;
let shown = document.body.dataset.change;
let heard = shown;
/** The server's own words for each part, before anybody touched it. */
const asServed = new Map();

const parts = root => [...root.querySelectorAll("[data-live]")];

/** Children of lists that are merged one by one, as the server sent them. */
const remember = root => {
  for (const child of root.querySelectorAll("[data-keyed] > *, .compose > *")) child.served = child.outerHTML;
};

async function show(url, options = {}, { push = false } = {}) {
  const ticket = ++latest;
  busy++;
  document.body.dataset.busy = options.method === "POST" ? "acting" : "looking";
  try {
    const answer = await fetch(url, options);
    const text = await answer.text();
    if (!answer.ok) throw new Error(text.startsWith("<") || !text ? `It went wrong (${answer.status}).` : text);
    if (ticket !== latest) return true;
    if (push && answer.url !== location.href) history.pushState(null, "", answer.url);
    else if (answer.redirected) history.replaceState(null, "", answer.url);
    take(new DOMParser().parseFromString(text, "text/html"), { isOwn: options.method === "POST" || push });
    return true;
  } catch (error) {
    tell(error instanceof TypeError ? "This Slack does not answer any more. Is it still running?" : error.message);
    return false;
  } finally {
    if (--busy === 0) {
      delete document.body.dataset.busy;
      look();
    }
  }
}

function take(page, { isOwn }) {
  const scroll = document.querySelector("#place .scroll");
  const wasAtEnd = !scroll || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const from = document.querySelector("#place").dataset.place;
  const to = page.querySelector("#place").dataset.place;
  const typed = document.querySelector("#text")?.value;
  const focused = document.activeElement?.id;
  const hadModal = !!document.querySelector("dialog");

  document.title = page.title;
  document.body.dataset.pane = page.body.dataset.pane;
  shown = page.body.dataset.change;
  for (const fresh of parts(page)) {
    const old = document.getElementById(fresh.id);
    if (!old) continue;
    if (old.tagName === "FORM") old.action = fresh.getAttribute("action");
    if (fresh.title) old.title = fresh.title;
    if (fresh.dataset.place) old.dataset.place = fresh.dataset.place;
    if (asServed.get(fresh.id) === fresh.innerHTML) continue;
    asServed.set(fresh.id, fresh.innerHTML);
    remember(fresh);
    const keyed = from === to && old.querySelector("[data-keyed]");
    if (keyed && fresh.querySelector("[data-keyed]")) {
      merge(keyed, fresh.querySelector("[data-keyed]"));
      const [before, after] = [old.querySelector(".compose"), fresh.querySelector(".compose")];
      if (before && after) merge(before, after, child => child.className || child.tagName);
      old.querySelector(".title").replaceWith(fresh.querySelector(".title"));
    } else {
      const top = old.scrollTop;
      old.replaceChildren(...fresh.childNodes);
      old.scrollTop = top;
    }
  }
  const box = document.querySelector("#text");
  if (box && typed && from === to && !isOwn) box.value = typed;
  if (box && from === to && isOwn) { box.value = ""; fit(box); }
  filter();
  raise();
  const now = document.querySelector("#place .scroll");
  if (now && now.id === "messages" && (from !== to || wasAtEnd)) now.scrollTop = now.scrollHeight;
  const again = focused && document.getElementById(focused);
  if (again && again !== document.activeElement && (!document.querySelector("dialog") || again.closest("dialog"))) again.focus({ preventScroll: true });
  if (hadModal && !document.querySelector("dialog")) document.querySelector("#text")?.focus({ preventScroll: true });
}

/** Brings what is new or different into a list, and leaves the rest untouched. */
function merge(old, fresh, name = child => child.id) {
  const known = new Map([...old.children].map(child => [name(child), child]));
  let at = old.firstElementChild;
  for (const child of [...fresh.children]) {
    const same = known.get(name(child));
    known.delete(name(child));
    if (!same) {
      old.insertBefore(child, at);
    } else {
      if (at === same) at = at.nextElementSibling;
      if (same.served === child.outerHTML) continue;
      const next = same.nextElementSibling;
      same.replaceWith(child);
      at = next;
    }
  }
  for (const gone of known.values()) gone.remove();
}

/** A modal takes the keyboard as Slack's does. */
function raise() {
  const dialog = document.querySelector("dialog");
  if (!dialog || dialog.matches(":modal")) return;
  dialog.close();
  dialog.showModal();
  (dialog.querySelector("[aria-invalid]") ?? dialog.querySelector("textarea, .field input:not([type=hidden]), .field select") ?? dialog).focus();
  dialog.addEventListener("cancel", event => { event.preventDefault(); dialog.querySelector("[data-close]").click(); });
}

function tell(words) {
  const line = document.querySelector("#host-line") ?? document.querySelector("#heard-title");
  line.textContent = words;
}

function filter() {
  const words = document.querySelector("#find").value.trim().toLowerCase();
  for (const person of document.querySelectorAll("#people > li")) person.hidden = !person.dataset.name.includes(words);
}

/** What has changed since is fetched, once nothing else is under way. */
let waiting;
function look() {
  clearTimeout(waiting);
  waiting = setTimeout(() => { if (!busy && heard !== shown) show(location.href); }, 60);
}

const fit = box => { box.style.height = "auto"; box.style.height = `${Math.min(box.scrollHeight + 2, 180)}px`; };

document.addEventListener("submit", event => {
  event.preventDefault();
  const form = event.target;
  const button = event.submitter;
  if (document.body.dataset.busy === "acting") return;
  const url = button?.hasAttribute("formaction") ? button.formAction : form.action;
  form.closest("details")?.removeAttribute("open");
  show(url, { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
});
document.addEventListener("change", event => {
  if (event.target.matches("[data-send]") && event.target.value) event.target.form.requestSubmit();
  const ask = event.target.dataset.ask;
  if (!ask) return;
  const fields = new URLSearchParams(new FormData(event.target.form));
  fields.set("element", event.target.name);
  show(ask, { method: "POST", body: fields });
});
document.addEventListener("click", event => {
  const link = event.target.closest("a[href^='/']");
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  if (!link || link.target || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  show(link.href, {}, { push: true });
});
document.addEventListener("input", event => {
  if (event.target.id === "find") filter();
  if (event.target.id === "text") fit(event.target);
});
document.addEventListener("keydown", event => {
  if (event.target.id === "text" && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (event.target.value.trim()) event.target.form.requestSubmit();
  }
  if (event.key === "Escape") for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
});
addEventListener("popstate", () => show(location.href));

for (const part of parts(document)) asServed.set(part.id, part.innerHTML);
remember(document);
raise();
const messages = document.querySelector("#messages");
if (messages) messages.scrollTop = messages.scrollHeight;
new EventSource("/page/changes").onmessage = event => { heard = event.data; look(); };
