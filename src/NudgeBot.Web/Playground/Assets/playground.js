// The page is a plain one: every click is a link or a form, and the server answers with the whole page. This script fetches that page in
// the background and morphs the old one into it, so that focus, scrolling and what is being typed stay where they are.
"use strict";

let latest = 0;
let busy = 0;
/** A change that was told while an answer was under way, which may be from before it. */
let told;

/**
 * Fetches a page and shows it, unless a later one was asked for meanwhile.
 * Says whether the server did what it was asked for.
 * Aside: nobody pressed anything, so that the focus stays wherever it is by then.
 */
async function show(url, options = {}, { push = false, aside = false } = {}) {
  const ticket = ++latest;
  busy++;
  document.body.dataset.busy = "";
  try {
    const answer = await fetch(url, { ...options, headers: { Accept: "text/html" } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text || answer.statusText);
    if (ticket !== latest) return true;
    if (push && answer.url !== location.href) history.pushState(null, "", answer.url);
    else if (answer.redirected) history.replaceState(null, "", answer.url);
    morph(new DOMParser().parseFromString(text, "text/html"), options.method === "POST" && !aside);
    return true;
  } catch (error) {
    if (ticket === latest) tell(error instanceof TypeError ? "NudgeBot does not answer. Is `./nudgebot demo` still running?" : error.message);
    return false;
  } finally {
    if (--busy === 0) {
      delete document.body.dataset.busy;
      hear(told);
    }
  }
}

/** Shows what has changed since the page was made, once nothing else is under way. */
function hear(change) {
  told = busy ? change : undefined;
  if (!busy && change && change !== document.querySelector("main").dataset.change) show(location.href);
}

function morph(page, isAnswer) {
  const place = document.querySelector(".tabs a[aria-current]")?.href;
  const wasAtEnd = isAtEnd();
  const known = new Set([...document.querySelectorAll(".message")].map(message => message.id));
  const focused = document.activeElement;
  const around = [...ancestors(focused)].filter(node => node.matches("[id][tabindex]")).map(node => node.id);
  const kept = keptForms(page);
  const dialog = document.querySelector("dialog");
  const isOther = dialog && !kept.includes(dialog.querySelector("form"));
  // Closed, it gives the focus back to where it came from.
  if (isOther) dialog.close();

  document.title = page.title;
  document.documentElement.dataset.theme = page.documentElement.dataset.theme ?? "";
  Idiomorph.morph(document.body, [...page.body.childNodes], {
    morphStyle: "innerHTML",
    callbacks: {
      // While somebody chooses from them, they are the script's.
      beforeNodeMorphed: node => !(node === list() && !list().hidden || node === attached().name),
      beforeAttributeUpdated: (name, node) => !(
        // What the visitor has folded open stays so.
        name === "open" && node.matches?.("details")
        || name.startsWith("aria-") && node === box()
        || ["value", "selected", "checked"].includes(name) && kept.includes(node.closest("form"))),
    },
  });
  settle(isAnswer);
  if (place !== document.querySelector(".tabs a[aria-current]")?.href) scrollToEnd();
  // A long answer is read from its beginning.
  else if (wasAtEnd || isAnswer) [...document.querySelectorAll(".message")].find(message => !known.has(message.id))?.scrollIntoView();
  if (focused !== document.body && isLost(document.activeElement)) {
    [...around, "middle"].map(id => document.getElementById(id)).find(node => node && !isLost(node))?.focus({ preventScroll: true });
  }
}

/** The forms that stay what they are: what was typed into them stays too. */
function keptForms(page) {
  const coming = new Set([...page.querySelectorAll("[data-keep]")].map(form => form.dataset.keep));
  return [...document.querySelectorAll("[data-keep]")].filter(form => coming.has(form.dataset.keep));
}

function* ancestors(node) {
  for (; node; node = node.parentElement) yield node;
}

const isLost = node => node === document.body || !node.checkVisibility();

/** What markup alone cannot say. */
function settle(isAnswer) {
  const dialog = document.querySelector("dialog");
  if (dialog && !dialog.matches(":modal")) {
    dialog.close();
    dialog.showModal();
  }
  if (isAnswer) dialog?.querySelector("[aria-invalid]")?.focus();
}

/** With files, where a form has any. */
const bodyOf = (form, fields) => form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);

function tell(problem) {
  const line = document.createElement("p");
  line.className = "error";
  line.textContent = problem;
  document.querySelector(".happened").replaceChildren(line);
}

const messages = () => document.getElementById("messages");
const isAtEnd = () => !messages() || messages().scrollHeight - messages().scrollTop - messages().clientHeight < 60;

function scrollToEnd() {
  const list = messages();
  if (list) list.scrollTop = list.scrollHeight;
}

document.addEventListener("click", event => {
  const link = event.target.closest("a");
  if (!link || link.target || link.origin !== location.origin || link.hash || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  show(link.href, {}, { push: true }).then(() => {
    const draft = new URL(link.href).searchParams.get("draft");
    if (!draft || !box()) return;
    box().value = draft;
    box().focus();
  });
});

document.addEventListener("submit", event => {
  const { target: form, submitter } = event;
  event.preventDefault();
  const fields = new FormData(form, submitter);
  if (form.matches(".theme")) fields.set("theme", isDark() ? "light" : "dark");
  const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const post = () => show(action, { method: "POST", body: bodyOf(form, fields) });
  // A browser sends no file that was changed since it was chosen: after an error, it is chosen again.
  if (!form.matches(".write")) return post().then(() => form.querySelectorAll("[type=file]").forEach(file => { file.value = ""; }));

  if (!fields.get("text").trim()) return;
  box().value = "";
  closeSuggestions();
  scrollToEnd();
  // What could not be said is there to be said again.
  post().then(done => {
    if (!done && !box().value) box().value = fields.get("text");
    if (done) attached().input.value = "";
    nameAttached();
  });
});

const attached = () => ({ input: document.querySelector(".attach input"), name: document.querySelector(".attach output") });

function nameAttached() {
  const { input, name } = attached();
  if (name) name.textContent = input.files[0]?.name ?? "";
}

document.addEventListener("change", event => { if (event.target === attached().input) nameAttached(); });

// What is said of a form follows what is chosen in it.
document.addEventListener("change", event => {
  const look = event.target.closest("[data-look]")?.dataset.look;
  if (!look) return;
  const { form } = event.target;
  show(look, { method: "POST", body: bodyOf(form, new FormData(form)) }, { aside: true });
});

// Escape is a cancelled form: the server has to know.
document.addEventListener("cancel", event => {
  event.preventDefault();
  event.target.querySelector("[data-cancel]").click();
}, true);

document.addEventListener("click", async event => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.parentElement.querySelector("pre").textContent);
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy"; }, 1500);
});

window.addEventListener("popstate", () => show(location.href));

const isDark = () => document.documentElement.dataset.theme
  ? document.documentElement.dataset.theme === "dark"
  : matchMedia("(prefers-color-scheme: dark)").matches;

// Others change things too: another window, or the same one a moment ago. A browser keeps few connections to one place, so a page that
// nobody looks at listens to nothing; the first thing that it hears again is what it has missed.
let changes;

function listen() {
  changes?.close();
  if (document.hidden) return;
  changes = new EventSource("/changes");
  changes.onmessage = event => hear(event.data);
}

document.addEventListener("visibilitychange", listen);
listen();

// Completion of commands: a combobox as the ARIA practices describe it.
const box = () => document.getElementById("text");
const list = () => document.getElementById("suggestions");
const options = () => [...list().children];
const chosen = () => options().findIndex(option => option.ariaSelected === "true");
/** Settled when the list is of what stands in the box. */
let suggested = Promise.resolve();

function closeSuggestions() {
  list().hidden = true;
  box().setAttribute("aria-expanded", "false");
  box().removeAttribute("aria-activedescendant");
}

function choose(index) {
  const all = options();
  all.forEach((option, at) => { option.ariaSelected = String(at === index); });
  all[index].scrollIntoView({ block: "nearest" });
  box().setAttribute("aria-activedescendant", all[index].id);
}

function take(option) {
  box().value = option.dataset.line;
  box().focus();
  suggested = suggest();
}

/** What was typed a moment ago may not be in the list yet: it is waited for. */
async function takeFirst() {
  await suggested;
  if (!list().hidden) take(options()[0]);
}

async function suggest() {
  const line = box().value;
  if (!line.startsWith("/")) return closeSuggestions();
  const url = new URL(box().form.dataset.complete, location.href);
  url.searchParams.set("line", line);
  const answer = await fetch(url);
  if (!answer.ok || box() !== document.activeElement || box().value !== line) return;
  const found = (await answer.json()).filter(one => one.word.trimEnd() !== line.trimEnd() || one.word.endsWith(" ") && !line.endsWith(" "));
  list().replaceChildren(...found.map(({ word, description }, index) => {
    const option = document.createElement("div");
    option.role = "option";
    option.ariaSelected = "false";
    option.id = `suggestion-${index}`;
    option.dataset.line = word.endsWith(" ") ? word : `${word} `;
    const name = document.createElement("b");
    name.textContent = word;
    const about = document.createElement("span");
    about.textContent = description.replaceAll("`", "");
    option.append(name, about);
    return option;
  }));
  list().hidden = found.length === 0;
  box().setAttribute("aria-expanded", String(found.length > 0));
  box().removeAttribute("aria-activedescendant");
}

document.addEventListener("input", event => {
  if (event.target === box()) suggested = suggest();
});
document.addEventListener("focusout", event => event.target === box() && closeSuggestions());
document.addEventListener("pointerdown", event => {
  const option = event.target.closest(".suggestions [role=option]");
  if (!option) return;
  event.preventDefault();
  take(option);
});
document.addEventListener("keydown", event => {
  if (event.target !== box() || list().hidden || event.isComposing) return;
  const count = options().length;
  if (event.key === "ArrowDown") choose((chosen() + 1) % count);
  else if (event.key === "ArrowUp") choose(chosen() > 0 ? chosen() - 1 : count - 1);
  else if (["Tab", "Enter"].includes(event.key) && !event.shiftKey && chosen() >= 0) take(options()[chosen()]);
  else if (event.key === "Tab" && !event.shiftKey) takeFirst();
  else if (event.key === "Escape") closeSuggestions();
  else return;
  event.preventDefault();
});

settle(true);
scrollToEnd();
if (box()?.value) box().focus();
