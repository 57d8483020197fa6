// The chat: asking, following an answer in the making, history, and what can be done with answers.

const { call, follow, kept, newId, whenThere } = window.rw;
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const first = (selector, root = document) => root.querySelector(selector);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const BLOCK_MS = 60; // between two blocks of an answer
const PATIENCE_MS = 90_000; // without a connection
const UNREACHABLE = "The server cannot be reached. Nothing is lost: try again in a moment.";

const now = { conversation: null, run: null, replaces: null, opening: 0 };
const channel = "BroadcastChannel" in window ? new BroadcastChannel("rigwise") : null;

const exchanges = () => first("#chat .rw-exchanges");
const box = () => first("#rw-question");
const linked = () => new URLSearchParams(location.search).get("conversation");

// ---- One line about what happened.

function say(text, kind = "problem") {
  const line = first(".rw-composer .rw-problem");
  line.textContent = text;
  line.hidden = !text;
  line.classList.toggle("calm", kind === "notice");
}

function sayTrouble(text) {
  const line = first(".rw-composer .rw-trouble");
  line.textContent = text ?? "";
  line.hidden = !text;
}

// ---- The box: grows with its text; what is typed is kept until it is asked.

const draftName = () => `draft.${now.conversation ?? "new"}`;

function fit() {
  const field = box();
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, innerHeight * 0.4)}px`;
  const longest = Number(field.dataset.longest);
  const count = first(".rw-composer .count");
  count.hidden = field.value.length < 0.8 * longest;
  count.textContent = `${field.value.length.toLocaleString("en")} of ${longest.toLocaleString("en")} characters`;
  count.classList.toggle("over", field.value.length > longest);
  const over = field.value.length > longest;
  field.setAttribute("aria-invalid", String(over));
  if (over) sayTooLong();
  else if (first(".rw-composer .rw-problem").dataset.about === "length") say("");
  first(".rw-composer .rw-problem").dataset.about = over ? "length" : "";
}

function sayTooLong() {
  const field = box();
  const [has, longest] = [field.value.length, Number(field.dataset.longest)]
    .map((n) => n.toLocaleString("en"));
  say(`The question has ${has} characters; at most ${longest} can be read. `
    + "Shorten it here; a long part list fits under Check my build.");
}

function write(text) {
  box().value = text;
  kept.set(draftName(), text || null);
  fit();
}

function showDraft(name = draftName()) {
  box().value = kept.get(name) ?? "";
  fit();
}

// Puts a question back that was not answered, above what was typed meanwhile.
function putBack(question) {
  const typed = box().value.trim();
  write(typed && typed !== question ? `${question}\n${typed}` : question);
  box().focus();
}

function showBusy(busy) {
  first(".rw-send").hidden = busy;
  first(".rw-stop").hidden = !busy;
  exchanges().setAttribute("aria-busy", String(busy));
  document.body.classList.toggle("rw-busy", busy);
}

// ---- Exchanges.

function addExchange(id, question) {
  const article = first("#chat template.rw-exchange").content.firstElementChild.cloneNode(true);
  article.dataset.exchange = id;
  first(".words", article).textContent = question;
  const step = document.createElement("p");
  step.className = "step";
  step.textContent = "Asking";
  first(".answer", article).append(step);
  exchanges().append(article);
  showHead();
  article.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  return article;
}

const articleOf = (id) => first(`#chat .exchange[data-exchange="${CSS.escape(id)}"]`);

function showHead(title) {
  const some = exchanges().childElementCount > 0;
  first("#chat .rw-welcome").hidden = some;
  first("#chat .rw-head").hidden = !some || !now.conversation;
  if (title !== undefined) first("#chat .rw-head h1").textContent = title;
}

async function ask(question, replaces = null) {
  question = question.trim();
  if (now.run || !question) return;
  if (question.length > Number(box().dataset.longest)) {
    sayTooLong();
    return;
  }
  say("");
  endEditing();
  const run = newId();
  now.run = run;
  showBusy(true);
  if (replaces) {
    for (const article of all("#chat .exchange").reverse()) {
      article.remove();
      if (article.dataset.exchange === replaces) break;
    }
  }
  const article = addExchange(run, question);
  let started;
  try {
    started = await insist(() => call("ask", {
      run, question, replaces, conversation: now.conversation ?? "",
    }), article, run);
  } catch {
    started = { problem: UNREACHABLE };
  }
  if (now.run !== run) return;
  if (started.problem) {
    await fail(article, question, started.problem, replaces);
    return;
  }
  kept.set(draftName(), null);
  if (box().value.trim() === question) write("");
  if (now.conversation !== started.conversation) {
    now.conversation = started.conversation;
    history.pushState(null, "", `${location.pathname}?conversation=${now.conversation}`);
  }
  if (box().value) kept.set(draftName(), box().value);
  await watch(run, article, question);
}

// Tries again while the connection is lost: every call can be repeated without harm.
async function insist(attempt, article, run) {
  const end = Date.now() + (article ? 12_000 : 4_000);
  for (let wait = 400; ; wait *= 2) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() + wait > end || (run && now.run !== run)) throw error;
      if (article) showStep(article, "The connection was lost. Trying again");
      await pause(wait);
    }
  }
}

function showStep(article, text) {
  const step = first(".step", article);
  if (!step) return;
  if (step.textContent !== text) step.textContent = text;
}

async function watch(run, article, question) {
  let seen = 0;
  let lostAt = 0;
  while (now.run === run) {
    let heard;
    try {
      heard = await follow(run, seen);
      if (now.run !== run) return;
      if (lostAt) say("");
      lostAt = 0;
    } catch {
      if (now.run !== run) return;
      lostAt ||= Date.now();
      if (Date.now() - lostAt > PATIENCE_MS) {
        await fail(article, question, "The connection is lost. Your question is back in the box.");
        return;
      }
      say("The connection was lost. Trying again; the answer goes on meanwhile.", "notice");
      await pause(1_000);
      continue;
    }
    if (heard.gone) {
      await recover(run, article, question);
      return;
    }
    for (const event of heard.events) {
      if (now.run !== run) return;
      seen += 1;
      if (event.step) showStep(article, event.step);
      if (event.block) await addBlock(article, event.block);
      if (event.stopped) {
        await fail(article, question, "Stopped. Your question is back in the box.", "", "notice");
      }
      if (event.problem) await fail(article, question, event.problem);
      if (event.end) finish(event.trouble);
    }
    if (heard.over && now.run === run) await recover(run, article, question);
  }
}

async function addBlock(article, html) {
  first(".step", article)?.remove();
  const place = first(".answer", article);
  const count = place.childElementCount;
  place.insertAdjacentHTML("beforeend", html);
  for (const added of [...place.children].slice(count)) added.classList.add("arriving");
  if (!calm.matches) await pause(BLOCK_MS);
}

function finish(trouble) {
  now.run = null;
  showBusy(false);
  sayTrouble(trouble);
  showHead(first("#chat .rw-head h1").textContent || first("#chat .words").textContent);
  listHistory();
  channel?.postMessage({ conversation: now.conversation });
}

async function fail(article, question, problem, replaced = "", kind = "problem") {
  now.run = null;
  showBusy(false);
  article.remove();
  putBack(question);
  if (now.conversation) await open(now.conversation, { quiet: true });
  showHead();
  say(problem, kind);
}

// The server does not know this run any more: it was restarted, or forgot it after a long time.
async function recover(run, article, question) {
  now.run = null;
  showBusy(false);
  article.remove();
  await open(now.conversation, { quiet: true });
  if (articleOf(run)) return;
  putBack(question);
  showHead();
  say("The server was restarted before the answer was complete. Your question is back in the box.");
}

// ---- Opening and beginning conversations.

async function open(id, { quiet = false } = {}) {
  const turn = ++now.opening;
  let found;
  try {
    found = await insist(() => call("open", { conversation: id }));
  } catch {
    if (turn === now.opening && !quiet) say(UNREACHABLE);
    return;
  }
  if (turn !== now.opening || (quiet && now.run)) return;
  if (found.problem) {
    if (quiet && !found.missing) return;
    if (quiet) leave(); // what is on the screen stays; the next question begins anew
    else begin({ push: false });
    say(found.problem);
    return;
  }
  if (!quiet) {
    window.rw.closeSource();
    now.run = null;
    showBusy(false);
    say("");
    endEditing();
  }
  const unfolded = new Set(all("#chat details[open]").map(keyOf));
  now.conversation = found.conversation;
  exchanges().innerHTML = found.html;
  for (const details of all("#chat details")) details.open = unfolded.has(keyOf(details));
  sayTrouble(found.trouble);
  showHead(found.title);
  markCurrent();
  if (!quiet) {
    showDraft();
    all("#chat .exchange").at(-1)?.scrollIntoView({ block: "start" });
  }
  if (found.run && !now.run) {
    now.run = found.run.id;
    showBusy(true);
    showHead(found.title || found.run.question);
    watch(found.run.id, addExchange(found.run.id, found.run.question), found.run.question);
  }
}

function leave() {
  now.conversation = null;
  history.replaceState(null, "", location.pathname);
  markCurrent();
}

const keyOf = (details) =>
  `${details.closest(".exchange")?.dataset.exchange} ${first("summary", details)?.textContent}`;

function begin({ push = true } = {}) {
  now.opening += 1;
  now.conversation = null;
  now.run = null;
  window.rw.closeSource();
  showBusy(false);
  endEditing();
  exchanges().replaceChildren();
  say("");
  sayTrouble("");
  showHead("");
  markCurrent();
  showDraft();
  if (push) history.pushState(null, "", location.pathname);
  window.rw.goTo("");
}

function followAddress() {
  const id = linked();
  if (id === now.conversation) return;
  if (id) open(id);
  else if (now.conversation) begin({ push: false });
}

// ---- History.

const side = () => first("#rw-side .rw-history");

async function listHistory() {
  let found;
  try {
    found = await insist(() => call("history"));
  } catch {
    return; // the box says it where it matters
  }
  const line = first(".rw-problem", side());
  line.hidden = !found.problem;
  line.textContent = found.problem ? `Your conversations cannot be listed. ${found.problem}` : "";
  if (!found.titles) return;
  first("ul", side()).replaceChildren(...found.titles.map(asItem));
  first(".rw-hint", side()).hidden = found.titles.length > 0;
  markCurrent();
}

function asItem({ id, title, when }) {
  const item = document.createElement("li");
  item.dataset.id = id;
  const link = document.createElement("a");
  link.href = `?conversation=${id}`;
  link.textContent = title;
  const time = document.createElement("time");
  time.dateTime = when;
  time.textContent = asDay(new Date(when));
  link.append(time);
  item.append(link, tool("rename", "edit", `Rename “${title}”`), tool("delete", "delete", `Delete “${title}”`));
  return item;
}

function tool(action, icon, label) {
  const button = document.createElement("button");
  button.className = "tool";
  button.dataset.do = action;
  button.setAttribute("aria-label", label);
  button.append(first(`#rw-side template[data-icon=${icon}]`).content.cloneNode(true));
  return button;
}

function asDay(date) {
  const today = new Date().toDateString() === date.toDateString();
  return today
    ? date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
    : date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

function markCurrent() {
  for (const item of all("li", side())) {
    const link = first("a", item);
    if (item.dataset.id === now.conversation) link?.setAttribute("aria-current", "page");
    else link?.removeAttribute("aria-current");
  }
}

function rename(item) {
  const link = first("a", item);
  const old = link.firstChild.textContent;
  const field = document.createElement("input");
  field.value = old;
  field.maxLength = 200;
  field.setAttribute("aria-label", "Title");
  let over = false;
  const end = async (save) => {
    if (over) return;
    over = true;
    const title = field.value.trim();
    field.replaceWith(link);
    link.focus();
    if (!save || !title || title === old) return;
    if (await act("rename", { conversation: item.dataset.id, title })) {
      if (item.dataset.id === now.conversation) first("#chat .rw-head h1").textContent = title;
      await listHistory();
    }
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") end(true);
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      end(false);
    }
  });
  field.addEventListener("blur", () => end(true));
  link.replaceWith(field);
  field.select();
}

async function remove(item, button) {
  if (!button.classList.contains("sure")) {
    button.classList.add("sure");
    button.textContent = "Delete?";
    setTimeout(() => {
      if (button.isConnected) listHistory();
    }, 5_000);
    return;
  }
  if (!(await act("delete", { conversation: item.dataset.id }))) return;
  if (item.dataset.id === now.conversation) begin();
  await listHistory();
  first("[data-do=new]", side()).focus();
  channel?.postMessage({ deleted: item.dataset.id });
}

function showHistory(shown) {
  const button = first(".rw-history-open");
  document.body.classList.toggle("rw-history-shown", shown);
  button.setAttribute("aria-expanded", String(shown));
  first("#rw-side .rw-scrim").hidden = !shown;
  if (shown) first("[data-do=new]", side()).focus();
  else button.focus();
}

window.rw.closeHistory = () => {
  if (!document.body.classList.contains("rw-history-shown")) return false;
  showHistory(false);
  return true;
};

// ---- What can be done with an answer.

async function act(action, sent) {
  try {
    const done = await insist(() => call(action, sent));
    if (done.problem) say(done.problem);
    return done.problem ? null : done;
  } catch {
    say(UNREACHABLE);
    return null;
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea"); // without https there is no clipboard
    field.value = text;
    field.style.cssText = "position: fixed; opacity: 0";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

function flash(button, text) {
  const label = first("span", button);
  button.dataset.label ??= label.textContent;
  label.textContent = text;
  setTimeout(() => (label.textContent = button.dataset.label), 2_000);
}

async function download(form) {
  const file = await act("export", { conversation: now.conversation, form });
  if (!file) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file.text], { type: file.type }));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function judge(article, verdict, reason = "") {
  const done = await act("judge", {
    conversation: now.conversation, exchange: article.dataset.exchange, verdict, reason,
  });
  if (!done) return;
  for (const name of ["up", "down"]) {
    first(`[data-do=${name}]`, article).setAttribute("aria-pressed", String(name === verdict));
  }
  first(".said", article).textContent = done.said;
  const form = first("form.reason", article);
  form.hidden = Boolean(reason);
  if (!reason) first("input", form).focus();
}

function startEditing(article) {
  now.replaces = article.dataset.exchange;
  write(first(".words", article).textContent);
  first(".rw-editing").hidden = false;
  box().focus();
}

function endEditing() {
  now.replaces = null;
  first(".rw-editing").hidden = true;
}

const DOES = {
  new: () => { begin(); showHistoryIfOver(); box().focus(); },
  stop: () => call("stop", { run: now.run }).catch(() => say(UNREACHABLE)),
  cancel: () => { endEditing(); write(""); box().focus(); },
  edit: (button) => startEditing(button.closest(".exchange")),
  again: (button) => {
    const article = button.closest(".exchange");
    ask(first(".words", article).textContent, article.dataset.exchange);
  },
  copy: async (button) => { await copy(button.dataset.copy); flash(button, "Copied"); },
  up: (button) => judge(button.closest(".exchange"), "up"),
  down: (button) => judge(button.closest(".exchange"), "down"),
  link: async (button) => {
    await copy(`${location.origin}${location.pathname}?conversation=${now.conversation}`);
    flash(button, "Copied: opens for you only");
  },
  markdown: () => download("markdown"),
  json: () => download("json"),
  rename: (button) => rename(button.closest("li")),
  delete: (button) => remove(button.closest("li"), button),
};

function showHistoryIfOver() {
  if (document.body.classList.contains("rw-history-shown")) showHistory(false);
}

function listen() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#chat [data-do], #rw-side [data-do], #rw-foot [data-do]");
    if (button) {
      DOES[button.dataset.do]?.(button);
      return;
    }
    const example = event.target.closest("#chat [data-ask]");
    if (example) ask(example.dataset.ask);
    const chip = event.target.closest("#chat .chip");
    if (chip) {
      for (const other of all("#chat .chip")) other.setAttribute("aria-pressed", String(other === chip));
      for (const list of all("#chat .rw-welcome ul")) list.hidden = list.dataset.subject !== chip.dataset.subject;
    }
    const title = event.target.closest("#rw-side li a");
    if (title && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const id = title.closest("li").dataset.id;
      showHistoryIfOver();
      if (id === now.conversation) return;
      history.pushState(null, "", `${location.pathname}?conversation=${id}`);
      open(id);
    }
    if (event.target.closest(".rw-history-open")) {
      if (document.body.dataset.view !== "chat") window.rw.goTo("");
      showHistory(!document.body.classList.contains("rw-history-shown"));
    }
    if (event.target.closest(".rw-history-close, #rw-side .rw-scrim")) showHistory(false);
  });

  document.addEventListener("submit", (event) => {
    const reason = event.target.closest("#chat form.reason");
    const composer = event.target.closest(".rw-composer");
    if (reason || composer) event.preventDefault();
    if (composer) ask(box().value, now.replaces);
    if (!reason) return;
    const article = reason.closest(".exchange");
    const verdict = first("[data-do=down]", article).getAttribute("aria-pressed") === "true" ? "down" : "up";
    judge(article, verdict, first("input", reason).value.trim());
  });

  document.addEventListener("input", (event) => {
    if (event.target !== box()) return;
    kept.set(draftName(), box().value || null);
    fit();
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable=true]");
    if (event.target === box() && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      ask(box().value, now.replaces);
    } else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      if (document.body.dataset.view !== "chat") window.rw.goTo("");
      requestAnimationFrame(() => box().focus());
    } else if (event.key === "Escape" && event.target === box() && now.replaces) {
      event.preventDefault();
      DOES.cancel();
    }
  }, true);

  window.addEventListener("popstate", followAddress);
  window.addEventListener("offline", () => say("There is no connection. What you type is kept.", "notice"));
  window.addEventListener("online", () => say(""));

  channel?.addEventListener("message", ({ data }) => {
    listHistory();
    if (data.deleted && data.deleted === now.conversation) begin({ push: false });
    else if (data.conversation && data.conversation === now.conversation && !now.run) {
      open(now.conversation, { quiet: true });
    }
  });
}

Promise.all([whenThere("#rw-question"), whenThere("#chat .rw-exchanges"), whenThere("#rw-side ul"), whenThere("#source .rw-panel")]).then(() => {
  listen();
  showDraft(`draft.${linked() ?? "new"}`);
  if (linked()) open(linked());
  listHistory();
});
