// Search in the guide: exact words are found here, in the text that is shown; nearness in meaning is
// asked of the server. Words of the source are only ever set as text, never as HTML.
(() => {
  const guide = (window.rigwiseGuide ||= {});
  const FIRST_SHOWN = 60; // results
  const AROUND = 70; // characters of a snippet on each side of what was found
  const PAUSE = 350; // ms without a key before the server is asked
  const ALIKE = { "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " " };
  let root;
  let form;
  let units = null;
  let results = []; // { line, said, matches: [{ node, start, end }] }
  let at = -1;
  let asked = 0; // the number of the last question to the server: older replies are dropped
  let timer;

  const one = (selector) => root.querySelector(selector);

  guide.startSearch = (view) => {
    root = view;
    form = one(".guide-search");
    units = null;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", search);
    form.addEventListener("keydown", useKey);
    root.addEventListener("click", press);
  };

  // ---- what is wanted ------------------------------------------------------------------------

  function wanted() {
    const checked = [...form.querySelectorAll('[name="guide-role"]:checked')];
    const years = [Number(one("#guide-from").value), Number(one("#guide-to").value)].sort();
    return {
      words: one("#guide-words").value.trim(),
      way: form.querySelector('[name="guide-way"]:checked').value,
      roles: checked.map((box) => box.value),
      from: years[0],
      to: years[1],
      topic: one("#guide-topic").value,
    };
  }

  function countFilters(want) {
    return (want.roles.length < 3) + (want.from > 2015 || want.to < 2019) + (want.topic !== "");
  }

  function search() {
    const want = wanted();
    const filters = countFilters(want);
    one(".guide-active").textContent = filters ? ` (${filters})` : "";
    clearTimeout(timer);
    asked += 1;
    if (want.words.length < 2 && !(filters && !want.words)) return close(want.words.length === 1);
    if (want.way === "words" || !want.words) return list(findWords(want), want);
    tell("Searching …");
    timer = setTimeout(() => askServer(want, asked), PAUSE);
  }

  async function askServer(want, number) {
    const found = await guide.server().find_near(want).catch(() => null);
    const reply = found ?? { problem: "The server did not answer. Exact words are found without it." };
    if (number !== asked) return;
    guide.say(reply.problem || "");
    if (reply.problem) return close(false);
    list(reply.places.map(fromPlace), want);
  }

  function fromPlace(place) {
    const node = one(`#line-${place.line} .guide-words`)?.firstChild;
    const start = node ? node.data.indexOf(place.sentence) : -1;
    const end = start + place.sentence.length;
    const matches = start < 0 ? [] : [{ node, start, end }];
    return { line: place.line, said: place.said, where: place.section, matches, whole: true };
  }

  // ---- exact words -----------------------------------------------------------------------------

  // Letter by letter, so that a place in the folded text is the same place in the text.
  const fold = (text) =>
    Array.from({ length: text.length }, (_, n) => {
      const letter = ALIKE[text[n]] || text[n];
      const small = letter.toLowerCase();
      return small.length === 1 ? small : letter;
    }).join("");

  function index() {
    return [...root.querySelectorAll(".guide-text .guide-unit")].map((element) => ({
      ...element.dataset,
      topics: (element.dataset.topics || "").split(" "),
      heading: element.querySelector(".guide-number") === null,
      rows: [...element.querySelectorAll(".guide-words")].map((words) => ({
        line: Number(words.parentElement.id.slice("line-".length)),
        node: words.firstChild,
        text: fold(words.textContent),
      })),
    }));
  }

  function termsOf(words) {
    const terms = [];
    for (const [, closed, open, word] of fold(words).matchAll(/"([^"]+)"|"([^"]+)$|([^\s"]+)/g)) {
      const text = (closed || open || word).trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      if (!text) continue;
      const before = /^[\p{L}\p{N}]/u.test(text) ? "(?<![\\p{L}\\p{N}])" : "";
      const after = closed && /[\p{L}\p{N}]$/u.test(text) ? "(?![\\p{L}\\p{N}])" : "";
      terms.push(new RegExp(before + text.replace(/\s+/g, "\\s+") + after, "gu"));
    }
    return terms;
  }

  function findWords(want) {
    units ||= index();
    const terms = termsOf(want.words);
    const found = [];
    for (const unit of units) {
      if (!want.roles.includes(unit.role)) continue;
      if (Number(unit.to) < want.from || Number(unit.from) > want.to) continue;
      if (want.topic && !unit.topics.includes(want.topic)) continue;
      const matches = matchesIn(unit, terms);
      if (!matches || (!terms.length && unit.heading)) continue;
      const line = matches.length ? matches[0].line : unit.rows[0].line;
      found.push({ line, said: unit.said, where: unit.where, matches, text: unit.rows[0].node });
    }
    return found;
  }

  // Every term must stand somewhere in what one speaker said in one go.
  function matchesIn(unit, terms) {
    const matches = [];
    for (const term of terms) {
      const before = matches.length;
      for (const { text, node, line } of unit.rows)
        for (const hit of text.matchAll(term))
          matches.push({ node, line, start: hit.index, end: hit.index + hit[0].length });
      if (matches.length === before) return null;
    }
    return matches.sort((a, b) => a.line - b.line || a.start - b.start);
  }

  // ---- the list --------------------------------------------------------------------------------

  function list(found, want) {
    results = found;
    at = -1;
    root.dataset.list = "open";
    one(".guide-results").hidden = false;
    one(".guide-nav").hidden = true;
    for (const button of form.querySelectorAll("[data-step], .guide-list"))
      button.hidden = !found.length;
    const matches = found.reduce((sum, result) => sum + result.matches.length, 0);
    tell(found.length ? counted(found.length, matches, want) : "Nothing found");
    paint();
    if (found.length) fill(FIRST_SHOWN);
    else one(".guide-results").replaceChildren(...offers(want));
    one(".guide-results").scrollTop = 0;
  }

  function counted(places, matches, want) {
    const where = `${places.toLocaleString("en")} place${places === 1 ? "" : "s"}`;
    if (want.way === "meaning" || !want.words) return where;
    return `${matches.toLocaleString("en")} match${matches === 1 ? "" : "es"} in ${where}`;
  }

  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...children);
    return element;
  };

  function fill(shown) {
    const items = results.slice(0, shown).map((result, number) => {
      const who = result.said[0].toUpperCase() + result.said.slice(1);
      const where = result.where ? `${result.where} · ` : "";
      const link = make("a", "", make("span", "guide-said", `${where}${who} · line ${result.line}`),
        make("span", "guide-snippet", ...snippet(result)));
      link.href = `#line-${result.line}`;
      link.dataset.result = number;
      return make("li", "", link);
    });
    const parts = [make("ol", "", ...items)];
    if (results.length > shown) {
      const more = make("button", "rw-button guide-more", `Show all ${results.length} places`);
      more.type = "button";
      parts.push(more);
    }
    one(".guide-results").replaceChildren(make("h2", "rw-unseen", "Results"), ...parts);
  }

  function snippet(result) {
    if (!result.matches.length) return [cut(result.text.data, 0, 2 * AROUND)];
    const { node, start, end } = result.matches[0];
    if (result.whole) return [node.data.slice(start, end)];
    const from = Math.max(0, start - AROUND);
    const to = Math.min(node.data.length, end + AROUND);
    const parts = [from > 0 ? "…" : ""];
    let reached = from;
    for (const match of result.matches) {
      if (match.node !== node || match.start < reached || match.end > to) continue;
      parts.push(node.data.slice(reached, match.start));
      parts.push(make("mark", "", node.data.slice(match.start, match.end)));
      reached = match.end;
    }
    parts.push(node.data.slice(reached, to), to < node.data.length ? "…" : "");
    return parts;
  }

  const cut = (text, from, to) => text.slice(from, to) + (text.length > to ? "…" : "");

  function offers(want) {
    const filtered = countFilters(want) ? " with these filters" : "";
    const what = want.way === "words" ? "has" : "comes near";
    const parts = [make("p", "", `Nothing in the guide ${what} “${want.words}”${filtered}.`)];
    if (!want.words) parts[0].textContent = "Nothing in the guide passes these filters.";
    const offer = (className, text) => {
      const button = make("button", `rw-button ${className}`, text);
      button.type = "button";
      parts.push(button);
    };
    if (filtered) offer("guide-clear", "Clear filters");
    if (want.words && want.way === "words") offer("guide-by-meaning", "Search by meaning");
    if (want.words) offer("guide-ask primary", "Ask the chat");
    return parts;
  }

  function close(short) {
    results = [];
    at = -1;
    delete root.dataset.list;
    one(".guide-results").hidden = true;
    one(".guide-nav").hidden = false;
    for (const button of form.querySelectorAll("[data-step], .guide-list")) button.hidden = true;
    tell(short ? "Type two letters or more" : "");
    paint();
  }

  const tell = (text) => {
    one(".guide-found").textContent = text;
  };

  // ---- from place to place -----------------------------------------------------------------------

  function press(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.step) step(Number(button.dataset.step));
    else if (button.matches(".guide-more")) fill(results.length);
    else if (button.matches(".guide-list")) root.dataset.list = "open";
    else if (button.matches(".guide-clear")) clearFilters();
    else if (button.matches(".guide-by-meaning")) searchByMeaning();
    else if (button.matches(".guide-ask")) askChat(wanted().words);
  }

  function useKey(event) {
    if (event.target.id !== "guide-words") return;
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1, true);
    if (event.key !== "Escape") return;
    event.preventDefault();
    one("#guide-words").value = "";
    search();
  }

  // A step leaves the address as it is in the history: Back leads out of the search at once.
  function step(by, fromKey = false) {
    if (!results.length) return;
    const next = at < 0 && by < 0 ? results.length - 1 : (at + by + results.length) % results.length;
    const focused = document.activeElement;
    const hash = `#line-${results[next].line}`;
    history.replaceState(null, "", location.pathname + location.search + hash);
    guide.showLines(results[next].line, results[next].line);
    reach(next);
    if (fromKey || focused.dataset.step) focused.focus({ preventScroll: true });
  }

  guide.picked = (link) => {
    if (link.dataset.result) reach(Number(link.dataset.result));
  };

  function reach(number) {
    at = number;
    tell(`${at + 1} of ${results.length.toLocaleString("en")} places`);
    for (const link of root.querySelectorAll(".guide-results a")) {
      if (Number(link.dataset.result) === at) {
        link.setAttribute("aria-current", "true");
        if (!guide.isNarrow()) link.scrollIntoView({ block: "nearest" });
      } else link.removeAttribute("aria-current");
    }
    paint();
  }

  // The words found are painted over the text, which stays as it is.
  function paint() {
    if (!CSS.highlights) return;
    const ranges = (found) =>
      found.flatMap((result) =>
        result.matches.map(({ node, start, end }) => {
          const range = new Range();
          range.setStart(node, start);
          range.setEnd(node, end);
          return range;
        }),
      );
    CSS.highlights.set("guide-found", new Highlight(...ranges(results.filter((_, n) => n !== at))));
    CSS.highlights.set("guide-current", new Highlight(...ranges(results.slice(at, at + 1 || 0))));
  }

  function clearFilters() {
    for (const box of form.querySelectorAll('[name="guide-role"]')) box.checked = true;
    one("#guide-from").value = "2015";
    one("#guide-to").value = "2019";
    one("#guide-topic").value = "";
    search();
    one("#guide-words").focus();
  }

  function searchByMeaning() {
    form.querySelector('[value="meaning"]').checked = true;
    search();
    one("#guide-words").focus();
  }

  function askChat(words) {
    window.rw.goTo("");
    const field = document.querySelector("#rw-question");
    if (!field) return;
    const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
    setter.call(field, words);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => requestAnimationFrame(() => field.focus()));
  }
})();
