// Check my build: the text and the parts to pick say the same; the server checks; links, paper
// and Markdown.

const KEPT = "rw-build";
const PAUSE = 700; // ms after the last key
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

const view = () => document.getElementById("build-check");
const box = () => document.getElementById("rw-build-text");
const sheet = () => document.getElementById("build-report");

let timer = 0;
let asked = 0;

// ---- the text and the parts picked

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const lineOf = (label) => new RegExp(`^[ \\t]*${escaped(label)}[ \\t]*[:=][ \\t]*(.*)$`, "im");
const pick = (line) => view().querySelector(`.rw-picker [data-line="${line}"] :is(input, select)`);

function writeLine(label, value) {
  const pattern = lineOf(label);
  const text = box().value;
  const line = value ? `${label}: ${value}` : "";
  if (pattern.test(text)) box().value = text.replace(pattern, () => line).replace(/\n{2,}/g, "\n").replace(/^\n+/, "");
  else if (line) box().value = text.trim() ? `${text.trimEnd()}\n${line}` : line;
}

function writePicks(changed) {
  const cards = ["GPU", "count", "fans"];
  const label = cards.includes(changed) ? "GPU" : changed;
  const value = pick(label).value.trim();
  const unit = pick(label).closest("[data-line]").dataset.unit;
  if (label !== "GPU") {
    writeLine(label, value && unit && /^[\d.,\s]+$/.test(value) && label !== "Slots" ? `${value} ${unit}` : value);
    return;
  }
  const count = Number(pick("count").value) || 1;
  const fans = pick("fans").value;
  writeLine("GPU", value ? `${count > 1 ? `${count}x ` : ""}${value}${fans ? ` (${fans})` : ""}` : "");
}

// The boxes show what the text says, where it says it in a line with their label.
function readPicks() {
  for (const field of view().querySelectorAll(".rw-picker [data-line]")) {
    const { line, unit } = field.dataset;
    if (line === "count" || line === "fans") continue;
    const found = box().value.match(lineOf(line))?.[1].trim() ?? "";
    const bare = unit ? found.replace(new RegExp(`\\s*${unit}$`, "i"), "") : found;
    if (line === "GPU") readCards(found);
    else setPick(line, bare);
  }
}

function readCards(text) {
  const [, count, name, fans] = text.match(/^(?:(\d+)\s*x\s*)?(.*?)(?:\s*\(([^)]*)\))?$/i);
  setPick("GPU", name);
  setPick("count", name ? count || "1" : "");
  setPick("fans", fans || "");
}

function setPick(line, value) {
  const control = pick(line);
  if (control === document.activeElement) return;
  control.value = value;
  if (control.tagName === "SELECT" && control.value !== value) control.value = "";
}

// ---- checking

function keep() {
  try {
    sessionStorage.setItem(KEPT, box().value);
  } catch {
    // Storage may be off: the page works without it.
  }
}

// Somebody who is still typing is told gently; who asks for the check is told outright.
async function check(outright) {
  clearTimeout(timer);
  if (!window.rwBuild) return;
  const mine = ++asked;
  const text = box().value;
  if (!outright && !text.trim()) {
    sheet().replaceChildren();
    return;
  }
  let html;
  try {
    html = await window.rwBuild.check({ text });
  } catch {
    html = null;
  }
  if (typeof html !== "string") { // Gradio swallows what the network refuses
    html = '<p class="rw-problem problem" role="alert">The server does not answer. Your list is kept: try again in a moment.</p>';
  }
  if (mine !== asked) return;
  const open = new Set([...sheet().querySelectorAll("details[open]")].map((one) => one.querySelector("summary").textContent));
  sheet().innerHTML = html;
  for (const one of sheet().querySelectorAll("details")) one.open = open.has(one.querySelector("summary").textContent);
  const problem = sheet().querySelector(".problem");
  if (problem && !outright) {
    problem.className = "rw-hint";
    problem.removeAttribute("role");
  }
  const summary = sheet().querySelector(".rw-summary");
  document.getElementById("build-said").textContent = summary ? summary.textContent : "";
  if (outright && sheet().getBoundingClientRect().top > innerHeight * 0.7) {
    sheet().scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  }
}

function load(text, outright = true) {
  box().value = text;
  readPicks();
  keep();
  check(outright);
}

function openLink() {
  if (!location.hash.startsWith("#build=") || !view()) return false;
  let text = location.hash.slice("#build=".length);
  try {
    text = decodeURIComponent(text);
  } catch {
    // A link that was cut off in the middle of a sign is shown as it came.
  }
  if (text !== box().value || !sheet().hasChildNodes()) load(text);
  return true;
}

// ---- a link, Markdown, paper

const link = () => `${location.origin}${location.pathname}#build=${encodeURIComponent(box().value)}`;

function save(text) {
  const file = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  const anchor = Object.assign(document.createElement("a"), { href: file, download: "build-check.md" });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(file), 10_000);
}

function layOut() {
  if (!view()?.offsetParent || document.getElementById("rw-print")) return;
  const report = sheet().querySelector(".rw-report");
  if (!report) return;
  const paper = document.createElement("div");
  paper.id = "rw-print";
  const title = document.createElement("h1");
  title.textContent = "Build check";
  const copy = report.cloneNode(true);
  for (const one of copy.querySelectorAll(".rw-tools, .rw-recalculate, .rw-plot-numbers, .rw-markdown, .rw-quotes, .rw-not-known button")) one.remove();
  copy.querySelector(".rw-paper").hidden = false;
  // What would else be pushed to the next page in one piece comes first.
  copy.querySelector("header").after(copy.querySelector(".rw-parts"), ...copy.querySelectorAll(".rw-all-plots"));
  const from = document.createElement("p");
  from.className = "rw-hint rw-from";
  from.textContent = `Rigwise, by A Full Hardware Guide to Deep Learning (Tim Dettmers). ${link()}`;
  paper.append(title, copy, from);
  document.body.append(paper);
  document.body.classList.add("rw-printing");
}

window.addEventListener("beforeprint", layOut);
window.addEventListener("afterprint", () => {
  document.getElementById("rw-print")?.remove();
  document.body.classList.remove("rw-printing");
});

// ---- what people do

document.addEventListener("input", (event) => {
  if (!event.target.closest?.("#build-check")) return;
  const part = event.target.closest("[data-line]");
  if (part) writePicks(part.dataset.line);
  else if (event.target === box()) readPicks();
  keep();
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches?.("#build-check form")) return;
  event.preventDefault();
  check(true);
});

document.addEventListener("keydown", (event) => {
  if (event.target === box() && event.key === "Enter" && (event.ctrlKey || event.metaKey)) check(true);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#build-check button");
  if (!button) return;
  if (button.dataset.example) load(button.dataset.example);
  else if (button.dataset.do === "clear") {
    load("", false);
    box().focus();
  } else if (button.dataset.do === "copy-link") window.rwForms.copy(button, link());
  else if (button.dataset.do === "print") window.print();
  else if (button.dataset.do === "markdown") save(sheet().querySelector(".rw-markdown").textContent);
  else if (button.dataset.do === "replace") load(box().value.replace(button.dataset.old, () => button.dataset.new));
});

window.addEventListener("rw:build", () => {
  // On a phone the parts to pick would push the report far down: they unfold.
  view().querySelector(".rw-picker").open = view().offsetWidth === 0 ? innerWidth > 700 : view().offsetWidth > 640;
  if (openLink()) return;
  let text = "";
  try {
    text = sessionStorage.getItem(KEPT) || "";
  } catch {
    return;
  }
  if (text) load(text, false);
});
window.addEventListener("rw:hash", openLink);
