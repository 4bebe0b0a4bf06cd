// Saves what is typed by itself, and adds rows in place. Without it the buttons of the form do both.
const form = document.querySelector("[data-autosave]");
const beside = document.querySelector("[data-effects]"); // what the draft does, made anew at each save
let told = document.querySelector("[data-told]");
const AFTER = 2000; // milliseconds after the last change
const SETTLE = 300; // milliseconds after leaving a field: whoever pressed a button sends the form itself
const AGAIN = 5000; // milliseconds until the next try, where there is no connection
const NO_CONNECTION = "Not saved: no connection. We try again.";
const SIGNED_OUT = "You are signed out. Copy your text, sign in again in another tab, and press Save.";
const FAILED = "Not saved: something went wrong on our side. We try again.";
let saved = ""; // what the directory has, as it was sent
let saving = false;
let stopped = false; // another version stands in the way: only the reader can decide
let leaving = false;
let timer;
let asking; // stops the request under way

const typed = () => {
  const fields = new URLSearchParams(new FormData(form));
  for (const name of ["csrf_token", "seen", "form"]) fields.delete(name);
  return fields.toString();
};
const isUnsaved = () => typed() !== saved;

function tell(text) {
  if (told.textContent !== text) told.textContent = text;
  told.toggleAttribute("data-trouble", Boolean(text) && !text.startsWith("Saved"));
}

function soon(after = AFTER) {
  clearTimeout(timer);
  if (!stopped) timer = setTimeout(save, after);
}

// One at a time: what is typed meanwhile is saved next.
async function save() {
  clearTimeout(timer);
  if (saving || stopped || leaving || !isUnsaved()) return;
  saving = true;
  const sent = typed();
  const failed = await post().then((answer) => heard(answer, sent), () => NO_CONNECTION);
  saving = false;
  if (!failed) showEffects();
  if (failed && !leaving) tell(failed);
  if (isUnsaved()) soon(failed ? AGAIN : document.hidden ? 0 : AFTER);
}

function post() {
  const body = new URLSearchParams(new FormData(form));
  const headers = { "X-Autosave": "1" };
  asking = new AbortController();
  return fetch(form.action, { method: "POST", body, headers, redirect: "manual", keepalive: true, signal: asking.signal });
}

// Gives what went wrong, in a sentence; nothing where all is well.
async function heard(answer, sent) {
  const said = await answer.json().catch(() => ({}));
  if (answer.ok && said.seen) {
    form.elements.seen.value = said.seen;
    saved = sent;
    tell(`Saved at ${said.saved}`);
    return "";
  }
  if (answer.status >= 500 || answer.status === 429) return FAILED;
  stopped = true;
  return said.sentence ?? SIGNED_OUT;
}

function addRow(field) {
  const rows = form.querySelector(`[data-rows="${field}"]`);
  const empty = Array.from(rows.children).find(isEmpty);
  const row = empty ?? newRow(field, rows);
  row.querySelector("select, textarea, input:not([type=checkbox])").focus();
}

function isEmpty(row) {
  return Array.from(row.querySelectorAll("select, textarea, input:not([type=checkbox])")).every((one) => !one.value.trim());
}

function newRow(field, rows) {
  const place = Number(rows.lastElementChild?.id.split("-").at(-1) ?? -1) + 1;
  const html = form.querySelector(`template[data-row="${field}"]`).innerHTML;
  rows.insertAdjacentHTML("beforeend", html.replaceAll("NUMBER", place).replaceAll("ORDER", rows.children.length + 1));
  return rows.lastElementChild;
}

// What stands beside the form, and the sentences that make themselves.
async function showEffects() {
  const answer = beside && (await fetch(beside.dataset.effects).catch(() => null));
  if (!answer?.ok || answer.redirected || leaving) return;
  beside.innerHTML = await answer.text();
  const sentences = beside.querySelector("[data-sentences]");
  for (const one of sentences.children) {
    const line = form.querySelector(`[data-sentence="${one.dataset.for}"]`);
    if (line) line.textContent = one.textContent;
  }
  form.querySelector("[data-undo]").hidden = !sentences.dataset.canUndo;
}

// A button that adds lines or takes them out does not leave the page: the same page comes back, and its form is put in.
async function pressInPlace(button) {
  const body = new URLSearchParams(new FormData(form, button));
  leaving = true;
  clearTimeout(timer);
  asking?.abort();
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  if (!answer) {
    leaving = false;
    tell("Not done: no connection. Press it again when you are connected.");
    return;
  }
  const page = answer.ok && answer.redirected && new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page && page.querySelector("[data-effects]")) {
    putIn(page);
    goOnAt(new URL(answer.url).searchParams.get("at"));
  } else {
    // Somebody else wrote meanwhile, or the reader is signed out: the whole page says so.
    button.removeAttribute("data-in-place");
    form.requestSubmit(button);
  }
}

function putIn(page) {
  for (const id of ["edit", "beside", "page-says"]) {
    document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
  }
  document.title = page.title;
  told = document.querySelector("[data-told]");
  saved = typed();
  leaving = false;
  tell(page.querySelector(".govuk-inset-text[role=status]")?.textContent.trim() ?? "");
}

function goOnAt(place) {
  const there = document.getElementById(place);
  const field = there?.matches("li") ? there.querySelector("input:not([type=hidden]), textarea") : null;
  (field ?? there)?.focus();
}

if (form && told) {
  saved = typed();
  form.addEventListener("input", () => {
    if (told.textContent.startsWith("Saved")) tell("");
    soon();
  });
  form.addEventListener("change", () => soon(SETTLE));
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add]");
    if (!button) return;
    event.preventDefault();
    addRow(button.dataset.add);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-in-place")) {
      event.preventDefault();
      if (!leaving) pressInPlace(event.submitter);
      return;
    }
    leaving = true;
    asking?.abort();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
  window.addEventListener("online", save);
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && isUnsaved()) event.preventDefault();
  });
}
