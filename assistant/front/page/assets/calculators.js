// The calculators: choose one, fill it in, see the result at once. The server calculates; this
// hands it what the form holds, keeps it over a reload, and reads and writes links to it.

const KEPT = "rw-calculators";
const PAUSE = 150; // ms after the last key

const root = () => document.getElementById("calculators");
const formOf = (name) => root()?.querySelector(`.rw-form[data-calculator="${CSS.escape(name)}"]`);
const shownForm = () => root()?.querySelector(".rw-form:not([hidden])");
const holds = (names, name) => !names || names.split(" ").includes(name);

let timer = 0;
let asked = 0;

// ---- what a form holds

function switchOf(form, kind) {
  const set = form.querySelector(`.rw-switch[data-switch="${kind}"]`);
  return set && !set.hidden ? set.querySelector("input:checked").value : "";
}

function arrange(form) {
  const ask = switchOf(form, "ask");
  const ways = form.querySelector('.rw-switch[data-switch="way"]');
  if (ways) ways.hidden = !holds(ways.dataset.asks, ask);
  const way = switchOf(form, "way");
  for (const field of form.querySelectorAll(".rw-field")) {
    field.hidden = !(holds(field.dataset.asks, ask) && holds(field.dataset.ways, way));
  }
  const more = form.querySelector(".rw-more");
  if (more) more.hidden = !more.querySelector(".rw-field:not([hidden])");
}

function valueOf(field) {
  const ticked = field.querySelector('input[type="radio"]:checked');
  if (ticked) return ticked.value;
  const box = field.querySelector('input[type="checkbox"]');
  if (box) return box.checked ? "true" : "";
  const text = field.querySelector(".rw-control > input, .rw-control > select:not(.rw-units)").value.trim();
  const unit = field.querySelector(".rw-units")?.value || "";
  // A unit that somebody wrote counts before the one chosen.
  return text && unit && /^[+-]?[\d.,\s]+$/.test(text) ? `${text} ${unit}` : text;
}

function setValue(field, value) {
  const radios = [...field.querySelectorAll('input[type="radio"]')];
  if (radios.length) {
    const chosen = radios.find((radio) => radio.value === value) || radios.find((radio) => !radio.value);
    for (const radio of radios) radio.checked = radio === chosen;
    return;
  }
  const box = field.querySelector('input[type="checkbox"]');
  if (box) {
    box.checked = value === "true";
    return;
  }
  const control = field.querySelector(".rw-control > input, .rw-control > select:not(.rw-units)");
  const units = field.querySelector(".rw-units");
  if (units) {
    const [, number, unit] = value.match(/^\s*([+-]?[\d.,]+)\s*(.*)$/) || [null, value, ""];
    const known = [...units.options].some((option) => option.value === unit);
    if (known && value) units.value = unit;
    control.value = known ? number : value;
  } else if (control.tagName === "SELECT") {
    const options = [...control.options];
    const same = (option) => option.value === value || (value && Number(option.value) === Number(value));
    if (value && !options.some(same)) control.add(new Option(value, value));
    control.value = ([...control.options].find(same) || options.find((o) => !o.value) || options[0]).value;
  } else {
    control.value = value;
  }
}

function inputsOf(form) {
  const inputs = {};
  for (const field of form.querySelectorAll(".rw-field:not([hidden])")) {
    const value = valueOf(field);
    if (value) inputs[field.dataset.field] = value;
  }
  return inputs;
}

function fill(form, ask, way, values) {
  for (const [kind, value] of [["ask", ask], ["way", way]]) {
    const radio = [...form.querySelectorAll(`.rw-switch[data-switch="${kind}"] input`)].find((input) => input.value === value);
    if (radio) radio.checked = true;
  }
  arrange(form);
  for (const field of form.querySelectorAll(".rw-field:not([hidden])")) {
    const given = Object.hasOwn(values, field.dataset.field);
    setValue(field, given ? values[field.dataset.field] : "");
    if (given && field.closest(".rw-more")) field.closest(".rw-more").open = true;
  }
}

function reset(form) {
  for (const set of form.querySelectorAll(".rw-switch")) set.querySelector("input").checked = true;
  for (const field of form.querySelectorAll(".rw-field")) {
    setValue(field, field.dataset.value);
    const units = field.querySelector(".rw-units");
    if (units) units.selectedIndex = 0;
  }
  arrange(form);
}

// ---- links, and what is kept over a reload

function linkOf(form) {
  const inputs = inputsOf(form);
  const pairs = [["calc", form.dataset.calculator], ["ask", switchOf(form, "ask")],
    ["way", switchOf(form, "way")], ...Object.entries(inputs)];
  const hash = pairs.filter(([, value]) => value).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${location.origin}${location.pathname}#${hash.join("&")}`;
}

function readLink(hash) {
  const values = {};
  for (const pair of hash.replace(/^#/, "").split("&")) {
    const [name, ...rest] = pair.split("=");
    try {
      values[name] = decodeURIComponent(rest.join("=").replace(/\+/g, " "));
    } catch {
      values[name] = rest.join("=");
    }
  }
  const { calc, ask = "", way = "", ...inputs } = values;
  return { calc, ask, way, inputs };
}

function keep() {
  const forms = {};
  for (const form of root().querySelectorAll(".rw-form[data-touched]")) {
    forms[form.dataset.calculator] = { ask: switchOf(form, "ask"), way: switchOf(form, "way"), inputs: inputsOf(form) };
  }
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ shown: shownForm().dataset.calculator, forms }));
  } catch {
    // Storage may be off: the page works without it.
  }
}

function restore() {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT));
  } catch {
    return;
  }
  for (const [name, state] of Object.entries(kept?.forms || {})) {
    const form = formOf(name);
    if (!form) continue;
    fill(form, state.ask, state.way, state.inputs);
    form.dataset.touched = "yes";
  }
  if (kept?.shown && formOf(kept.shown)) choose(kept.shown);
}

// ---- the result

function tellFault(form, result) {
  for (const told of form.querySelectorAll(".rw-field-problem:not([hidden])")) {
    told.hidden = true;
    told.closest(".rw-field").querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
  }
  const problem = result.querySelector(".problem[data-field]");
  const name = problem?.dataset.field;
  const field = name && form.querySelector(`.rw-field[data-field="${CSS.escape(name)}"]:not([hidden])`);
  if (!field) return;
  const told = field.querySelector(".rw-field-problem");
  told.textContent = problem.textContent;
  told.hidden = false;
  field.querySelector("input, select")?.setAttribute("aria-invalid", "true");
}

async function calculate() {
  const form = shownForm();
  const result = document.getElementById("calc-result");
  if (!form || !window.rwCalculators) return;
  const mine = ++asked;
  let html;
  try {
    html = await window.rwCalculators.calculate({ calculator: form.dataset.calculator, inputs: inputsOf(form) });
  } catch {
    html = null;
  }
  if (typeof html !== "string") { // Gradio swallows what the network refuses
    html = '<p class="rw-problem problem" role="alert">The server does not answer. What you typed is kept; it is worked out when you change something and the server is back.</p>';
  }
  if (mine !== asked) return; // something was changed meanwhile: its own result follows
  const unfolded = [...result.querySelectorAll("details")].map((details) => details.open);
  result.innerHTML = html;
  result.querySelectorAll("details").forEach((details, index) => {
    if (unfolded[index] !== undefined) details.open = unfolded[index];
  });
  tellFault(form, result);
  const main = result.querySelector(".rw-main");
  document.getElementById("calc-said").textContent = main ? main.textContent : "";
}

function choose(name) {
  for (const form of root().querySelectorAll(".rw-form")) form.hidden = form.dataset.calculator !== name;
  for (const button of root().querySelectorAll("nav button[data-calculator]")) {
    if (button.dataset.calculator === name) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  document.getElementById("rw-pick").value = name;
  document.getElementById("calc-result").innerHTML = "";
  calculate();
}

function openLink() {
  if (!location.hash.startsWith("#calc=") || !root()) return false;
  const { calc, ask, way, inputs } = readLink(location.hash);
  const form = formOf(calc || "");
  if (!form) return false;
  if (Object.keys(inputs).length) {
    fill(form, ask, way, inputs);
    form.dataset.touched = "yes";
  }
  choose(calc);
  keep();
  return true;
}

async function copy(button, text) {
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages that are not served by https or from this machine may not write the clipboard.
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    done = document.execCommand("copy");
    area.remove();
  }
  const before = button.dataset.label || button.textContent;
  button.dataset.label = before;
  button.textContent = done ? "Link copied" : "Copying is not allowed here";
  setTimeout(() => { button.textContent = before; }, 2000);
}

window.rwForms = { copy };

// ---- what people do

function changed(form, pause) {
  form.dataset.touched = "yes";
  keep();
  clearTimeout(timer);
  timer = setTimeout(calculate, pause);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("#calculators .rw-form");
  if (!form) return;
  if (event.target.closest(".rw-switch")) arrange(form);
  changed(form, event.target.matches('input[type="text"]') ? PAUSE : 0);
});

document.addEventListener("change", (event) => {
  if (event.target.id === "rw-pick") {
    choose(event.target.value);
    keep();
  }
});

document.addEventListener("submit", (event) => {
  if (!event.target.closest?.("#calculators .rw-form")) return;
  event.preventDefault();
  calculate();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#calculators button");
  if (!button) return;
  const form = button.closest(".rw-form");
  if (button.closest("nav")) {
    choose(button.dataset.calculator);
    keep();
  } else if (button.dataset.do === "copy-link") {
    copy(button, linkOf(form));
  } else if (button.dataset.do === "reset") {
    reset(form);
    delete form.dataset.touched;
    keep();
    calculate();
  }
});

// Typing replaces a suggested name: the list offers only what fits the text that stands there.
document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("input[list]")) event.target.select();
});

// The server's function is there when the tab has been mounted; the shell tells of addresses.
window.addEventListener("rw:calculators", () => {
  restore();
  openLink();
});
window.addEventListener("rw:hash", openLink);
