// The guide: fetched once when its tab opens; every line an anchor (#line-256, #line-256-258), every
// subject with a history too (#change=external_gpu). guide_search.js finds words in it.
(() => {
  const guide = (window.rigwiseGuide ||= {});
  const TAB = "The guide";
  const NARROW = 860; // px of the view, from which the contents stand beside the text
  const PATIENCE = 20000; // ms
  const histories = new Map();
  let root = null; // the view, once it is there
  let server = null;
  let origin = null; // where a link was followed from: { tab, hash, scroll, focus }

  guide.tab = (name) =>
    [...document.querySelectorAll('[role="tab"]')].find((tab) => tab.textContent.trim() === name);
  guide.root = () => root;
  guide.server = () => server;
  guide.isNarrow = () => root.clientWidth < NARROW;

  guide.start = async (element, functions) => {
    server = functions;
    try {
      element.innerHTML = await fetched(server.read_guide(null));
    } catch {
      return offerAgain(element);
    }
    root = element.querySelector(".guide");
    root.addEventListener("click", choose);
    root.addEventListener("input", filterSubjects);
    new ResizeObserver(arrange).observe(root);
    new ResizeObserver(arrange).observe(root.querySelector(".guide-bar"));
    if (guide.isNarrow()) root.querySelector(".guide-nav details").open = false;
    guide.startSearch(root);
    arrange();
    if (opened && location.hash.startsWith("#guide-"))
      history.replaceState(null, "", addressOf(opened));
    route();
  };

  // Gradio may neither answer nor fail when the connection is lost: then time decides.
  async function fetched(answer) {
    const late = new Promise((_, fail) => setTimeout(fail, PATIENCE));
    const html = await Promise.race([answer, late]);
    if (typeof html !== "string") throw new Error("no answer");
    return html;
  }

  function offerAgain(element) {
    element.innerHTML =
      '<p class="rw-problem" role="alert">The guide could not be fetched: the server did not ' +
      'answer.</p><button type="button" class="rw-button">Try again</button>';
    element.querySelector("button").onclick = () => guide.start(element, server);
  }

  // What sticks must know how high the bar is; a list that is folded on a phone is not on a desk.
  function arrange() {
    root.style.setProperty("--guide-bar", `${root.querySelector(".guide-bar").offsetHeight}px`);
    const wide = !guide.isNarrow();
    root.classList.toggle("wide", wide);
    if (!wide) return;
    for (const list of root.querySelectorAll(".guide-nav > details:first-child, .timeline-choose"))
      list.open = true;
  }

  function choose(event) {
    const view = event.target.closest("[data-view]:is(button)");
    if (view) {
      showView(view.dataset.view);
      if (view.dataset.view === "changes") showSubjects();
    }
    if (event.target.closest(".guide-back")) goBack();
  }

  // ---- links -------------------------------------------------------------------------------

  // #line-256, #line-256-258 and #change=ram_size are ours; #guide-256-258 is what the shell writes.
  function targetOf(hash) {
    const line = /^#(?:line|guide)-(\d+)(?:-(\d+))?/.exec(hash);
    if (line) return { first: Number(line[1]), last: Number(line[2] || line[1]) };
    const change = /^#(?:guide-)?change=([\w-]+)$/.exec(hash);
    return change ? { change: change[1] } : null;
  }
  const isOurs = (hash) => /^#(line-|change=)/.test(hash) && targetOf(hash) !== null;
  const isOpen = () => root !== null && root.getClientRects().length > 0;
  // Relative to the address of the page and not to its base.
  const addressOf = (hash) => location.pathname + location.search + hash;

  function route() {
    const target = targetOf(location.hash);
    if (!target) return;
    if (isOpen()) return show(target);
    const tab = guide.tab(TAB);
    if (tab && tab.getAttribute("aria-selected") !== "true") tab.click();
    if (root) requestAnimationFrame(() => requestAnimationFrame(() => show(target)));
  }

  function show(target) {
    showBack();
    say("");
    if (target.change) showChange(target.change);
    else guide.showLines(target.first, target.last);
  }

  // A link is followed here, before the shell and the browser see it: the same link works twice.
  document.addEventListener(
    "click",
    (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const link = event.target.closest?.('a[href^="#"]:not(.cite)');
      const hash = link ? link.getAttribute("href") : "";
      if (!targetOf(hash)) return;
      if (!isOpen()) remember(link);
      if (!isOurs(hash)) return; // the shell opens the tab
      event.preventDefault();
      event.stopImmediatePropagation();
      history.pushState(null, "", addressOf(hash));
      route();
      if (root?.contains(link)) guide.picked(link);
    },
    true,
  );

  // The shell knows only its own hashes and would open the chat for ours.
  for (const name of ["hashchange", "popstate"])
    addEventListener(
      name,
      (event) => {
        if (isOurs(location.hash)) {
          event.stopImmediatePropagation();
          if (name === "hashchange") route();
        } else if (origin && isOpen() && location.hash === origin.hash) comeBack();
      },
      true,
    );
  addEventListener("rw:hash", (event) => {
    if (targetOf(event.detail)) route();
  });

  // A page opened by a link to a line: until the shell has opened the tab, the hash is one of its.
  const opened = isOurs(location.hash) ? location.hash : "";
  if (opened)
    history.replaceState(null, "", addressOf(opened.replace(/^#(line-|)/, "#guide-")));

  // ---- the way back to where a link was followed --------------------------------------------

  function remember(link) {
    const tab = document.querySelector('[role="tab"][aria-selected="true"]');
    if (!tab || tab.textContent.trim() === TAB) return;
    origin = { tab, hash: location.hash, scroll: scrollY, focus: link };
  }

  function showBack() {
    const button = root.querySelector(".guide-back");
    button.hidden = !origin;
    if (!origin) return;
    const from = origin.tab.textContent.trim();
    root.querySelector(".guide-back-to").textContent =
      from === "Chat" ? "Back to the answer" : `Back to ${from}`;
  }

  function goBack() {
    history.pushState(null, "", addressOf(origin.hash));
    comeBack();
  }

  function comeBack() {
    const { tab, scroll, focus } = origin;
    origin = null;
    tab.click();
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        scrollTo(0, scroll);
        if (focus.isConnected) focus.focus({ preventScroll: true });
      }),
    );
  }

  // ---- lines -------------------------------------------------------------------------------

  guide.showLines = (first, last) => {
    showView("read");
    for (const row of root.querySelectorAll(".is-target")) row.classList.remove("is-target");
    const row = root.querySelector(`#line-${first}`);
    if (!row) return say(`The guide has no line ${first}.`);
    delete root.dataset.list;
    for (let line = first; line <= Math.min(last, first + 200); line += 1)
      root.querySelector(`#line-${line}`)?.classList.add("is-target");
    row.focus({ preventScroll: true });
    const comment = row.closest(".guide-comment");
    const begins = comment?.querySelector(".guide-row") === row; // then show who speaks, too
    scrollThere(begins ? comment : row);
  };

  // What was off screen has an estimated height until it is near: look again until it stands still.
  function scrollThere(element) {
    let left = 12;
    let before = null;
    const step = () => {
      element.scrollIntoView({ block: "start" });
      const top = Math.round(element.getBoundingClientRect().top);
      left -= 1;
      if (left > 0 && top !== before) requestAnimationFrame(step);
      before = top;
    };
    step();
  }

  function say(problem) {
    const box = root.querySelector(".guide-problem");
    box.textContent = problem;
    box.hidden = !problem;
  }
  guide.say = say;

  // ---- views, and the histories of subjects --------------------------------------------------

  function showView(view) {
    if (root.dataset.view === view) return;
    root.dataset.view = view;
    for (const button of root.querySelectorAll("button[data-view]"))
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    root.querySelector(".guide-read").hidden = view !== "read";
    root.querySelector(".guide-search").hidden = view !== "read";
    root.querySelector(".guide-changes").hidden = view !== "changes";
    scrollThere(root);
  }

  async function showSubjects() {
    const side = root.querySelector(".timeline-side");
    if (!side.children.length) side.innerHTML = await server.list_subjects(null);
    arrange();
    const chosen = side.querySelector("[aria-current]");
    if (!chosen) await fill(side.querySelector("a").hash.slice("#change=".length));
  }

  async function showChange(id) {
    showView("changes");
    const side = root.querySelector(".timeline-side");
    if (!side.children.length) side.innerHTML = await server.list_subjects(null);
    arrange();
    if (!(await fill(id))) return;
    if (guide.isNarrow()) side.querySelector(".timeline-choose").open = false;
    const heading = root.querySelector(".timeline-history h2");
    heading.focus({ preventScroll: true });
    scrollThere(heading);
  }

  async function fill(id) {
    if (!histories.has(id)) histories.set(id, await server.read_history(id));
    const history = histories.get(id);
    if (history.problem) {
      histories.delete(id);
      say(history.problem);
      return false;
    }
    root.querySelector(".timeline-history").innerHTML = history.html;
    for (const link of root.querySelectorAll(".timeline-subjects a")) {
      if (link.hash === `#change=${id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    return true;
  }

  function filterSubjects(event) {
    if (event.target.id !== "timeline-filter") return;
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const item of root.querySelectorAll(".timeline-subjects li")) {
      item.hidden = !words.every((word) => item.dataset.words.includes(word));
      if (!item.hidden) count += 1;
    }
    root.querySelector(".timeline-side .guide-found").textContent =
      count === 0 ? "No subject has these words" : `${count} subject${count === 1 ? "" : "s"}`;
  }
})();
