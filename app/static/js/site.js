// Improves pages that work without it. Loaded as a module, so old browsers never run it.
const components = document.querySelector("meta[name=govuk-frontend]");
if (components) import(components.content).then((govuk) => govuk.initAll());

const ANNOUNCE_AFTER = 1400; // milliseconds: fast typing is announced once
const box = document.getElementById("q");
const results = document.getElementById("results");
const status = document.getElementById("search-status");
const failure = document.getElementById("search-failure");
let announcing;
let standing; // waits until results that came while somebody typed stand still
let shown = box?.value; // the words that the results on the page are for
let intoResults = false;

const heading = () => document.getElementById("results-heading");
const hits = () => Array.from(document.querySelectorAll("[data-hit]"));

function announce() {
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    const said = document.querySelectorAll("#urgent-title, #results-heading");
    status.textContent = Array.from(said, (one) => one.textContent.trim()).join(". ");
  }, ANNOUNCE_AFTER);
}

// Counted, so that providers know how often they were found. Nothing says who searched. Words that found little go with
// it: somebody adds what was missing.
function count() {
  if (!standing) return;
  standing = clearTimeout(standing);
  const said = new URLSearchParams(hits().map((hit) => ["id", hit.pathname.split("/").pop()]));
  if (results.querySelector("[data-in-vain]")) {
    for (const asked of results.querySelectorAll("input[form=person]")) said.append(asked.name, asked.value);
  }
  navigator.sendBeacon(`${box.form.action}/found`, said);
}

// The swap takes the focus away with what it replaces.
function swapping(event) {
  intoResults ||= results.contains(document.activeElement);
  shown = event.detail.requestConfig.formData.get("q") ?? shown;
}

function swapped(event) {
  failure.replaceChildren();
  if (event.detail.requestConfig.elt.matches("[data-paging]")) heading().focus();
  else announce();
  if (intoResults && [document.body, box].includes(document.activeElement)) hits()[0]?.focus();
  intoResults = false;
  clearTimeout(standing);
  standing = setTimeout(count, ANNOUNCE_AFTER);
}

function fail(text) {
  const line = document.createElement("p");
  line.className = "app-failure";
  line.textContent = text;
  failure.replaceChildren(line);
}

if (results && status && failure) {
  document.body.addEventListener("htmx:beforeSwap", swapping);
  document.body.addEventListener("htmx:afterSwap", swapped);
  // What was typed and not searched for yet goes with the form of the person.
  document.getElementById("person").addEventListener("submit", (event) => {
    event.target.elements.q.value = box.value;
  });
  window.addEventListener("pagehide", count);
  document.body.addEventListener("htmx:responseError", () => fail("The search failed on our side. Try again in a minute."));
  document.body.addEventListener("htmx:sendError", () => fail("There is no connection. Check it, and search again."));
  document.body.addEventListener("htmx:timeout", () => fail("The search took too long. Try again."));
}

// A form that was refused: without this, the browser's Back would offer to send it again instead of showing it.
if (document.querySelector(".govuk-error-summary")) {
  const search = document.querySelector("[data-search]");
  history.replaceState(null, "", search ? search.dataset.search : location.href);
}

// On paper nothing can be unfolded.
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll(".app-result details:not(.app-words), .app-urgent details, [data-fold]")) fold.open = true;
});

// Long lists stand open without this script, so that a link into them always leads somewhere.
for (const fold of document.querySelectorAll("[data-fold]")) {
  const inside = (hash) => hash && fold.contains(document.getElementById(hash.slice(1)));
  fold.open = inside(location.hash);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && inside(link.hash)) fold.open = true;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  const told = document.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      told.textContent = "Copied. You can paste it now.";
      if (told.dataset.copied) navigator.sendBeacon(told.dataset.copied);
    } catch {
      told.textContent = "The text is marked. Copy it as you copy any other text.";
    }
  });
}

function step(by) {
  const all = hits();
  const from = all.indexOf(document.activeElement);
  if (from + by < 0) box.focus();
  else all[from + by]?.focus();
}

// Results of earlier words are not stepped into: those of the words in the box are waited for.
function intoHits() {
  if (box.value === shown) return step(1);
  intoResults = true;
  box.form.requestSubmit();
}

// The text stands on a page of its own. Without a clipboard, or where the page has to be read first, it is opened.
async function copyReferral(hit) {
  if (box.value !== shown) return;
  const address = new URL(hit.href);
  address.pathname += "/referral";
  try {
    const answer = await fetch(address);
    const text = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("textarea");
    if (!answer.ok || !text || "openMe" in text.dataset) throw new Error("to be read");
    await navigator.clipboard.writeText(text.textContent);
    navigator.sendBeacon(new URL("copied", address));
    status.textContent = `Copied the referral text for ${hit.textContent}.`;
    for (const one of hits()) one.dataset.hit = one === hit ? "Copied" : "";
  } catch {
    location.assign(address);
  }
}

// Last: where browser storage is turned off, this throws.
const shortcut = document.querySelector("[data-shortcut]");
if (shortcut) {
  const OFF = "shortcut-off";
  shortcut.hidden = sessionStorage.getItem(OFF) !== null;
  shortcut.querySelector("button").addEventListener("click", () => {
    sessionStorage.setItem(OFF, "1");
    shortcut.hidden = true;
    box.focus();
  });
  const keys = {
    "/": () => box.focus(),
    c: (at) => at.matches("[data-hit]") && copyReferral(at),
    n: () => document.querySelector("[data-new-person]")?.click(),
    ArrowDown: (at) => (at === box ? intoHits() : at.matches("[data-hit]") && step(1)),
    ArrowUp: (at) => at.matches("[data-hit]") && step(-1),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const free = !typing || (typing === box && event.key === "ArrowDown");
    // Where the keys are not told of, as on phones, they cannot be turned off either.
    const told = shortcut.getClientRects().length > 0;
    if (!free || !told || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    if (keys[event.key](event.target) !== false) event.preventDefault();
  });
}
