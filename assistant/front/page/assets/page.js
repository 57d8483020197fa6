// The shell: theme, views and their addresses, citations with their card, the sources panel.
// What other files use stands in window.rw.

const rw = (window.rw = {});
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const first = (selector, root = document) => root.querySelector(selector);
const wide = window.matchMedia("(min-width: 1200px)");

rw.whenThere = (selector, root = document) =>
  new Promise((resolve) => {
    const look = () => {
      const found = first(selector, root);
      if (found) resolve(found);
      return found;
    };
    if (look()) return;
    const watcher = new MutationObserver(() => look() && watcher.disconnect());
    watcher.observe(document.documentElement, { childList: true, subtree: true });
  });

// ---- What the browser keeps. It may refuse to keep anything: then for this visit only.

const memory = {};
rw.kept = {
  get(name) {
    try { return localStorage.getItem(`rigwise.${name}`); } catch { return memory[name] ?? null; }
  },
  set(name, value) {
    memory[name] = value;
    try {
      if (value === null) localStorage.removeItem(`rigwise.${name}`);
      else localStorage.setItem(`rigwise.${name}`, value);
    } catch { /* for this visit only */ }
  },
};

rw.newId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

rw.owner = () => {
  if (!/^[0-9a-f]{32}$/.test(rw.kept.get("owner") ?? "")) rw.kept.set("owner", rw.newId());
  return rw.kept.get("owner");
};

// ---- The server: two functions that Gradio hands over when the page has mounted.

const server = new Promise((resolve) => {
  if (window.rwServer) resolve(window.rwServer);
  window.addEventListener("rw:server", () => resolve(window.rwServer));
});

async function send(name, sent) {
  const answer = await (await server)[name]({ ...sent, owner: rw.owner() });
  if (answer === undefined || answer === null) throw new Error("no answer");
  return answer;
}

rw.call = (action, sent = {}) => send("call", { action, ...sent });
rw.follow = (run, seen) => send("follow", { run, seen });

// ---- Theme: follows the system until somebody chooses.

const THEMES = { system: "System", light: "Light", dark: "Dark" };
const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
const asked = new URLSearchParams(location.search).get("__theme");
let theme = asked in THEMES ? asked : rw.kept.get("theme") ?? "system";

function applyTheme() {
  const dark = theme === "dark" || (theme === "system" && systemDark.matches);
  for (const element of [document.documentElement, document.body]) {
    if (element.classList.contains("dark") !== dark) element.classList.toggle("dark", dark);
  }
  const button = first(".rw-theme");
  if (!button) return;
  first("span", button).textContent = THEMES[theme];
  button.setAttribute("aria-label", `Colours: ${THEMES[theme]}. Change`);
}

applyTheme();
systemDark.addEventListener("change", applyTheme);
new MutationObserver(applyTheme).observe(document.body, { attributeFilter: ["class"] });
rw.whenThere(".rw-theme").then(applyTheme);

document.addEventListener("click", (event) => {
  if (!event.target.closest(".rw-theme")) return;
  const names = Object.keys(THEMES);
  theme = names[(names.indexOf(theme) + 1) % names.length];
  rw.kept.set("theme", theme);
  applyTheme();
});

// ---- Views: the hash picks one; a view hears of it through rw:hash.

const VIEWS = {
  chat: { tab: "Chat", panel: "rw-chat", hash: "" },
  calc: { tab: "Calculators", panel: "rw-calculators", hash: "#calculators" },
  build: { tab: "Check my build", panel: "rw-build", hash: "#build" },
  guide: { tab: "The guide", panel: "rw-guide", hash: "#guide" },
};

const tabs = () => all('#rw-views [role="tab"]');
const viewOfHash = (hash) => {
  if (/^#(line-|change=)/.test(hash)) return "guide"; // lines of the guide, histories of its subjects
  return hash.match(/^#(chat|calc|build|guide)/)?.[1] ?? "chat";
};

function noteView(view) {
  if (document.body.dataset.view !== view) document.body.dataset.view = view;
}

async function route() {
  const hash = location.hash.replace(/^(#guide-\d+-\d+)-\d+$/, "$1");
  const view = viewOfHash(hash);
  await rw.whenThere('#rw-views [role="tab"]');
  const tab = tabs().find((one) => one.textContent.trim() === VIEWS[view].tab);
  if (!tab) return;
  if (tab.getAttribute("aria-selected") !== "true") tab.click();
  noteView(view);
  await rw.whenThere(`#${VIEWS[view].panel} > *`);
  requestAnimationFrame(() =>
    window.dispatchEvent(new CustomEvent("rw:hash", { detail: hash })));
}

// The page's base address would drop the query from a link to a hash: go there ourselves.
rw.goTo = (hash) => {
  const address = location.pathname + location.search + hash;
  if (address !== location.pathname + location.search + location.hash) {
    history.pushState(null, "", address);
  }
  route();
};

window.addEventListener("popstate", route);
window.addEventListener("hashchange", route);
rw.whenThere('#rw-views [role="tab"]').then(route);

document.addEventListener("click", (event) => {
  const tab = event.target.closest('#rw-views [role="tab"]');
  const view = tab && Object.keys(VIEWS).find((one) => VIEWS[one].tab === tab.textContent.trim());
  if (!view) return;
  noteView(view);
  if (event.isTrusted && viewOfHash(location.hash) !== view) {
    history.pushState(null, "", location.pathname + location.search + VIEWS[view].hash);
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link.matches(".cite")) {
    openSource(link);
    return;
  }
  if (link.closest("#source") && !wide.matches) closeSource();
  rw.goTo(link.getAttribute("href"));
});

// ---- The card beside a citation: the quote, who said it, about when.

const card = () => first("#rw-card");
let cardOf = null;
let cardTimer = 0;

function showCard(link) {
  clearTimeout(cardTimer);
  if (!link.dataset.quote || cardOf === link) return;
  hideCard();
  const shown = card();
  const quote = document.createElement("p");
  quote.className = "rw-quote";
  const long = link.dataset.quote.length > 320;
  quote.textContent = `“${long ? `${link.dataset.quote.slice(0, 300).trimEnd()} …` : link.dataset.quote}”`;
  const who = document.createElement("p");
  who.className = "by";
  who.textContent = `— ${link.dataset.who}`;
  shown.replaceChildren(quote, who);
  shown.hidden = false;
  link.setAttribute("aria-describedby", shown.id);
  cardOf = link;
  const at = link.getBoundingClientRect();
  const left = Math.min(at.left - 12, innerWidth - shown.offsetWidth - 12);
  const above = at.top - shown.offsetHeight - 8;
  shown.style.left = `${Math.max(12, left)}px`;
  shown.style.top = `${above > 64 ? above : at.bottom + 8}px`;
}

function hideCard() {
  clearTimeout(cardTimer);
  cardOf?.removeAttribute("aria-describedby");
  cardOf = null;
  if (card()) card().hidden = true;
}

const hideCardSoon = () => {
  clearTimeout(cardTimer);
  cardTimer = setTimeout(hideCard, 150);
};

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = event.target.closest?.("a.cite");
  if (link) showCard(link);
  else if (event.target.closest?.("#rw-card")) clearTimeout(cardTimer);
  else if (cardOf && cardOf !== document.activeElement) hideCardSoon();
});
document.addEventListener("focusin", (event) => {
  const link = event.target.closest?.("a.cite");
  if (link?.matches(":focus-visible")) showCard(link);
  else hideCard();
});
document.addEventListener("scroll", hideCard, { passive: true, capture: true });

// ---- The sources panel.

let openLink = null;

function siblingsOf(link) {
  const scope = link.closest(".exchange, [role=tabpanel]");
  const seen = new Set();
  return (scope ? all("a.cite", scope) : [link]).filter((one) => {
    const key = one.getAttribute("href") + (one.dataset.quote ?? "");
    const hidden = !one.offsetParent && !one.closest("details:not([open])");
    if (hidden || seen.has(key)) return one === link && !seen.has(key);
    return seen.add(key);
  });
}

async function openSource(link, andFocus = true) {
  hideCard();
  const [, from, to] = link.getAttribute("href").match(/^#guide-(\d+)-(\d+)/) ?? [];
  if (!from) return;
  const panel = first("#source .rw-panel");
  openLink?.removeAttribute("aria-expanded");
  openLink = link;
  link.setAttribute("aria-expanded", "true");
  const siblings = siblingsOf(link);
  const same = (one) => one.getAttribute("href") === link.getAttribute("href");
  const place = Math.max(0, siblings.findIndex((one) => one === link || same(one)));
  panel.hidden = false;
  document.body.classList.add("rw-panel-open");
  first(".rw-panel-scrim").hidden = wide.matches;
  first(".at", panel).textContent = siblings.length > 1 ? `${place + 1} of ${siblings.length}` : "";
  for (const [name, step] of [["previous", -1], ["following", 1]]) {
    const button = first(`[data-do=${name}]`, panel);
    const there = siblings[place + step];
    button.disabled = !there;
    button.onclick = () => there && openSource(there, false);
  }
  const body = first(".body", panel);
  body.setAttribute("aria-busy", "true");
  let shown;
  try {
    shown = await rw.call("source", {
      first: Number(from), last: Number(to), quote: link.dataset.quote ?? "",
    });
  } catch {
    shown = { problem: "The server cannot be reached. Try again in a moment." };
  }
  if (openLink !== link) return;
  body.removeAttribute("aria-busy");
  if (shown.problem) {
    const told = document.createElement("p");
    told.className = "rw-problem";
    told.textContent = shown.problem;
    body.replaceChildren(told);
  } else {
    body.innerHTML = shown.html;
    showMark(body, first("mark", body) ?? first("[aria-current]", body));
  }
  if (andFocus) (first("h3", body) ?? body).focus({ preventScroll: true });
}

// Scrolls only where the quoted words would else be out of sight: the heading says whose they are.
function showMark(body, mark) {
  body.scrollTop = 0;
  if (!mark) return;
  const place = mark.getBoundingClientRect();
  const [top, bottom] = [place.top, place.bottom].map((y) => y - body.getBoundingClientRect().top);
  if (bottom > 0.9 * body.clientHeight) body.scrollTop = Math.max(0, top - body.clientHeight / 3);
}

function closeSource() {
  const panel = first("#source .rw-panel");
  if (!panel || panel.hidden) return false;
  panel.hidden = true;
  first(".rw-panel-scrim").hidden = true;
  document.body.classList.remove("rw-panel-open");
  openLink?.removeAttribute("aria-expanded");
  if (openLink?.isConnected) openLink.focus({ preventScroll: true });
  openLink = null;
  hideCard();
  return true;
}
rw.closeSource = closeSource;

document.addEventListener("click", (event) => {
  if (event.target.closest("#source [data-do=close], .rw-panel-scrim")) closeSource();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  if (cardOf) hideCard();
  else if (closeSource() || rw.closeHistory?.()) event.preventDefault();
});

// Over the page the panel holds the focus; beside it, it does not.
document.addEventListener("keydown", (event) => {
  const panel = first("#source .rw-panel");
  if (event.key !== "Tab" || wide.matches || !panel || panel.hidden) return;
  const stops = all("a[href], button:not([disabled])", panel);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (panel.contains(document.activeElement) && document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0]).focus();
});
