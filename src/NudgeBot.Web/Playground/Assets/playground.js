// The page is a plain one: every click is a link or a form, and the server answers with the whole page. This script fetches that page in
// the background and morphs the old one into it, so that focus, scrolling and what is being typed stay where they are.
"use strict";

let latest = 0;
let busy = 0;

/** Fetches a page and shows it, unless a later one was asked for meanwhile. */
async function show(url, options = {}, { push = false } = {}) {
  const ticket = ++latest;
  busy++;
  document.body.dataset.busy = "";
  try {
    const answer = await fetch(url, { ...options, headers: { Accept: "text/html" } });
    const text = await answer.text();
    if (ticket !== latest) return;
    if (!answer.ok) throw new Error(text || answer.statusText);
    if (push && answer.url !== location.href) history.pushState(null, "", answer.url);
    else if (answer.redirected) history.replaceState(null, "", answer.url);
    morph(new DOMParser().parseFromString(text, "text/html"));
  } catch (error) {
    if (ticket === latest) tell(error instanceof TypeError ? "NudgeBot does not answer. Is `./nudgebot demo` still running?" : error.message);
  } finally {
    if (--busy === 0) delete document.body.dataset.busy;
  }
}

function morph(page) {
  const place = document.querySelector(".tabs a[aria-current]")?.href;
  const wasAtEnd = isAtEnd();
  const known = new Set([...document.querySelectorAll(".message")].map(message => message.id));
  document.title = page.title;
  document.documentElement.dataset.theme = page.documentElement.dataset.theme ?? "";
  Idiomorph.morph(document.body, page.body, {
    morphStyle: "innerHTML",
    ignoreActiveValue: true,
    // What the visitor has folded open stays so.
    callbacks: { beforeAttributeUpdated: (name, node) => !(name === "open" && node.matches("details")) },
  });
  settle();
  if (place !== document.querySelector(".tabs a[aria-current]")?.href) scrollToEnd();
  // A long answer is read from its beginning.
  else if (wasAtEnd) [...document.querySelectorAll(".message")].find(message => !known.has(message.id))?.scrollIntoView();
}

/** What markup alone cannot say. */
function settle() {
  const dialog = document.querySelector("dialog");
  if (dialog && !dialog.matches(":modal")) {
    dialog.close();
    dialog.showModal();
  }
  dialog?.querySelector("[aria-invalid]")?.focus();
}

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
    if (!draft) return;
    box().value = draft;
    box().focus();
  });
});

document.addEventListener("submit", event => {
  const { target: form, submitter } = event;
  event.preventDefault();
  const fields = new FormData(form, submitter);
  if (form.matches(".theme")) fields.set("theme", isDark() ? "light" : "dark");
  if (form.matches(".write")) {
    if (!fields.get("text").trim()) return;
    box().value = "";
    closeSuggestions();
    scrollToEnd();
  }
  const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  show(action, { method: "POST", body: new URLSearchParams(fields) });
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

// Others change things too: another window, or the same one a moment ago.
new EventSource("/changes").onmessage = () => busy || show(location.href);

// Completion of commands: a combobox as the ARIA practices describe it.
const box = () => document.getElementById("text");
const list = () => document.getElementById("suggestions");
const options = () => [...list().children];
const chosen = () => options().findIndex(option => option.ariaSelected === "true");

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
  suggest();
}

async function suggest() {
  const line = box().value;
  if (!line.startsWith("/")) return closeSuggestions();
  const url = new URL(box().form.dataset.complete, location.href);
  url.searchParams.set("line", line);
  const answer = await fetch(url);
  if (!answer.ok || box().value !== line) return;
  const found = (await answer.json()).filter(one => one.word.trimEnd() !== line.trimEnd() || one.word.endsWith(" ") && !line.endsWith(" "));
  list().replaceChildren(...found.map(({ word, description }, index) => {
    const option = document.createElement("div");
    option.role = "option";
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

document.addEventListener("input", event => event.target === box() && suggest());
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
  else if (event.key === "Tab" && !event.shiftKey) take(options()[Math.max(chosen(), 0)]);
  else if (event.key === "Enter" && chosen() >= 0) take(options()[chosen()]);
  else if (event.key === "Escape") closeSuggestions();
  else return;
  event.preventDefault();
});

settle();
scrollToEnd();
if (box()?.value) box().focus();
