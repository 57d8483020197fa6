// The guide: fetched once when its tab opens; every line an anchor (#line-256, #line-256-258), every
// subject with a history too (#change=external_gpu). guide_search.js finds words in it.
(() => {
  const guide = (window.rigwiseGuide ||= {});
  const TAB = "The guide";
  const NARROW = 860; // px of the view, from which the contents stand beside the text
  const PATIENCE = 20000; // ms
  const UNREACHABLE = "The server did not answer. Choose the subject again in a moment.";
  const histories = new Map();
  let root = null; // the view, once it is there
  let server = null;
  let origin = null; // where a link was followed from: { tab, hash, scroll, focus }

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
  const isOpen = () => root !== null && root.getClientRects().length > 0;

  function route() {
    const target = targetOf(location.hash);
    if (!target) return;
    if (isOpen()) show(target);
    else if (root) requestAnimationFrame(() => requestAnimationFrame(() => show(target)));
  }

  function show(target) {
    showBack();
    say("");
    if (target.change) showChange(target.change);
    else guide.showLines(target.first, target.last);
  }

  // The shell follows the link; what it leads away from is kept before.
  document.addEventListener(
    "click",
    (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const link = event.target.closest?.('a[href^="#"]:not(.cite)');
      if (!link || !targetOf(link.getAttribute("href"))) return;
      if (!isOpen()) remember(link);
      if (root?.contains(link)) guide.picked(link);
    },
    true,
  );

  // Before the shell opens another view.
  addEventListener(
    "popstate",
    () => {
      if (origin && isOpen() && location.hash === origin.hash) comeBack();
    },
    true,
  );
  addEventListener("rw:hash", route);

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
    history.pushState(null, "", location.pathname + location.search + origin.hash);
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
    if (!(await listSubjects())) return;
    const side = root.querySelector(".timeline-side");
    const chosen = side.querySelector("[aria-current]");
    if (!chosen) await fill(side.querySelector("a").hash.slice("#change=".length));
  }

  async function listSubjects() {
    const side = root.querySelector(".timeline-side");
    try {
      if (!side.children.length) side.innerHTML = await fetched(server.list_subjects(null));
    } catch {
      say(UNREACHABLE);
      return false;
    }
    arrange();
    return true;
  }

  async function showChange(id) {
    showView("changes");
    if (!(await listSubjects()) || !(await fill(id))) return;
    if (guide.isNarrow()) root.querySelector(".timeline-choose").open = false;
    const heading = root.querySelector(".timeline-history h2");
    heading.focus({ preventScroll: true });
    scrollThere(heading);
  }

  async function fill(id) {
    try {
      if (!histories.has(id)) histories.set(id, await readHistory(id));
    } catch (problem) {
      say(problem.message);
      return false;
    }
    root.querySelector(".timeline-history").innerHTML = histories.get(id);
    for (const link of root.querySelectorAll(".timeline-subjects a")) {
      if (link.hash === `#change=${id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    return true;
  }

  async function readHistory(id) {
    const found = await server.read_history(id).catch(() => null);
    if (!found?.html) throw new Error(found?.problem ?? UNREACHABLE);
    return found.html;
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
