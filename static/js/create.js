// The create bar: one idempotency key a press, a ghost card at once, everything typed is kept.

import { grid } from "./axes.js";
import { show, stop, stoppable } from "./feed.js";
import { remember } from "./prompt_history.js";
import * as reference from "./reference.js";

export const form = document.getElementById("create");
const feed = document.getElementById("feed");
const prompt = form.elements.prompt;
const generate = form.querySelector(".generate");
const sizes = JSON.parse(document.getElementById("sizes").textContent);
const TRIES = 4;

// crypto.randomUUID needs a secure context; a studio in a home network has none.
function newKey() {
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
  );
}

// --- Generate ------------------------------------------------------------------------------------------------

form.addEventListener("submit", (event) => {
  if (event.submitter?.matches("[data-preset-action]")) return;
  event.preventDefault();
  press();
});

// With Alt the new task takes the place of the newest one that still runs or waits.
generate.addEventListener("click", (event) => {
  if (!event.altKey) return;
  event.preventDefault();
  press({ replaced: stoppable() });
});

// `first`: before all other tasks of the member; `replaced`: the card of a task to stop once this one is taken.
async function press({ first = false, replaced } = {}) {
  form.toggleAttribute("data-pressed", true);
  if (!prompt.value.trim()) return prompt.focus();
  if (reference.refused()) return;
  const ghost = appear();
  await reference.ready();
  if (reference.refused()) return withdraw(ghost);
  const body = new FormData(form);
  body.delete("picture");
  body.set("idempotency_key", newKey());
  if (first) body.set("first", "1");
  remember(prompt.value);
  send(body, ghost, replaced);
}

// The same key goes with every try, so that an answer that got lost costs nothing.
async function send(body, ghost, replaced) {
  for (let tried = 0; tried < TRIES; tried += 1) {
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { "HX-Request": "true" }, body });
      if (answer.redirected) return location.reload(); // logged out meanwhile
      if (answer.ok && replaced) stop(replaced);
      if (answer.status < 500) return settle(answer.ok, await answer.text(), ghost);
    } catch {
      // No network: the pause below, then the same request again.
    }
    await new Promise((resume) => setTimeout(resume, 500 * 2 ** tried));
  }
  stall(ghost, () => send(body, ghost, replaced));
}

function settle(accepted, html, ghost) {
  if (accepted) {
    form.removeAttribute("data-pressed");
    for (const control of form.querySelectorAll("[aria-invalid]")) forgive(control);
    for (const error of form.querySelectorAll(".field-error")) error.hidden = true;
    show(html, ghost);
  } else {
    withdraw(ghost);
    refuse(html);
  }
  htmx.trigger(document.body, "estimate");
}

function stall(ghost, again) {
  const words = ghost.querySelector(".job-error");
  words.hidden = false;
  ghost.querySelector(".state").hidden = true;
  words.querySelector("button").onclick = () => {
    words.hidden = true;
    ghost.querySelector(".state").hidden = false;
    again();
  };
}

// Copy what is wrong from the server's rendering of the bar, and nothing else: the member may have typed on.
function refuse(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const error of fresh.querySelectorAll(".field-error, #reasons")) {
    document.getElementById(error.id)?.replaceWith(error);
  }
  for (const control of form.querySelectorAll("[aria-describedby^='error-']")) {
    const wrong = fresh.getElementById(control.id)?.getAttribute("aria-invalid");
    control.toggleAttribute("aria-invalid", Boolean(wrong));
    if (wrong) control.setAttribute("aria-invalid", wrong);
  }
  document.documentElement.dataset.tab = "create";
  form.querySelector(".field-error:not([hidden])")?.scrollIntoView({ block: "nearest" });
}

function forgive(control) {
  control.removeAttribute("aria-invalid");
  const error = document.getElementById(control.getAttribute("aria-describedby"));
  if (error) error.hidden = true;
}

form.addEventListener("input", (event) => event.target.matches("[aria-invalid]") && forgive(event.target));

// The ghost has the requested shape, so that the card that replaces it moves nothing.
function appear() {
  const ghost = document.getElementById("ghost").content.firstElementChild.cloneNode(true);
  const { width, height } = pixels();
  const [columns, rows] = grid() ?? [];
  const count = columns * rows || Number(new FormData(form).get("count")) || 1;
  const list = ghost.querySelector(".tiles");
  if (columns) {
    list.dataset.grid = rows > 1 ? "rows" : "columns";
    list.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 14rem))`;
  }
  list.dataset.count = count;
  list.dataset.shape = width > height * 1.2 ? "wide" : height > width * 1.2 ? "tall" : "square";
  if (!columns) Object.assign(ghost.dataset, { count, shape: list.dataset.shape });
  for (let index = 0; index < count; index += 1) {
    list.insertAdjacentHTML("beforeend", `<li class="tile"><svg class="ratio" viewBox="0 0 ${width} ${height}"></svg></li>`);
  }
  ghost.querySelector(".job-prompt").textContent = prompt.value;
  const first = feed.querySelector(".job");
  if (first) first.before(ghost); // under the heading of the day
  else feed.prepend(ghost);
  feed.dispatchEvent(new CustomEvent("changed"));
  showTasks();
  return ghost;
}

function withdraw(ghost) {
  ghost.remove();
  feed.dispatchEvent(new CustomEvent("changed")); // the heading of the day goes with it
}

// On phones the feed is the other tab.
function showTasks() {
  if (matchMedia("(width < 700px)").matches) document.querySelector('.bottom-tabs [data-tab="tasks"]').click();
}

// --- Sizes -----------------------------------------------------------------------------------------------------

function pixels() {
  const { aspect, size } = Object.fromEntries(new FormData(form));
  return sizes[aspect]?.[size] ?? { width: Number(form.elements.width.value) || 1, height: Number(form.elements.height.value) || 1 };
}

function showSizes() {
  const aspect = form.elements.aspect.value;
  for (const input of form.elements.size) {
    const choice = sizes[aspect]?.[input.value];
    if (!choice) continue;
    input.disabled = Boolean(choice.locked_by);
    if (input.checked && input.disabled) form.elements.size.value = "m";
  }
  const { width, height } = pixels();
  form.querySelector("[data-pixels]").textContent = `${width} × ${height}`;
}

form.addEventListener("change", (event) => {
  if (["aspect", "size"].includes(event.target.name)) showSizes();
});

// --- The folded part ---------------------------------------------------------------------------------------------

const advanced = form.querySelector(".advanced");
const folded = advanced?.querySelectorAll(":is(input, select, textarea):not(.axes *)") ?? []; // the axes count themselves

function showAdvanced() {
  const engine = form.elements.engine?.value;
  for (const field of form.querySelectorAll("[data-engines]")) {
    field.hidden = Boolean(engine) && field.dataset.engines && !field.dataset.engines.split(" ").includes(engine);
  }
  if (advanced) advanced.querySelector("[data-changed]").textContent = [...folded].filter((field) => field.value).length || "";
}

advanced?.addEventListener("input", showAdvanced);
advanced?.addEventListener("toggle", () => localStorage.setItem("advanced", advanced.open));
if (advanced && localStorage.getItem("advanced") === "true") advanced.open = true;

// --- Filling the bar -----------------------------------------------------------------------------------------------

export function fill(settings, { quietly = false } = {}) {
  for (const [name, value] of Object.entries({ ...settings, ...shapeOf(settings) })) {
    if (!["reference", "mask"].includes(name)) put(form.elements[name], value ?? "");
  }
  if ("reference" in settings) reference.set(settings.reference, settings.mask);
  showSizes();
  showAdvanced();
  form.dispatchEvent(new CustomEvent("filled"));
  if (!quietly) {
    document.documentElement.dataset.tab = "create";
    prompt.focus();
  }
  htmx.trigger(document.body, "estimate");
}

// What the plan locks stays as it is. Of radio buttons only the one with this value counts.
function put(field, value) {
  const locked = field instanceof RadioNodeList ? [...field].find((each) => each.value === `${value}`)?.disabled : field?.disabled;
  if (field && !locked) field.value = value;
}

form.addEventListener("recalled", (event) => fill(event.detail));

function setting({ use, value, width, height }) {
  return use === "size" ? { width: Number(width), height: Number(height) } : { [use]: value };
}

function shapeOf({ width, height, aspect }) {
  if (!width || aspect) return {};
  for (const [aspect, choices] of Object.entries(sizes)) {
    for (const [size, choice] of Object.entries(choices)) {
      if (choice.width === width && choice.height === height) return { aspect, size };
    }
  }
  return { aspect: "custom" };
}

document.getElementById("tasks").addEventListener("click", (event) => {
  const example = event.target.closest("[data-example]");
  if (example) fill({ prompt: example.dataset.example });
  const use = event.target.closest("[data-use]");
  if (use) fill(setting(use.dataset));
  const reuse = event.target.closest("[data-reuse]");
  if (!reuse) return;
  event.preventDefault();
  const settings = JSON.parse(reuse.closest(".job").dataset.settings);
  fill(reuse.dataset.prompt ? { ...settings, prompt: reuse.dataset.prompt } : settings);
});

// --- Keys, and the button that stays focusable ----------------------------------------------------------------------

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  press({ first: event.shiftKey, replaced: event.altKey && stoppable() });
});

// A new price is shown as opened as the one before.
let opened = false;
addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "estimate") opened = event.detail.target.querySelector(".price-lines")?.open ?? opened;
});

addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "estimate") return;
  const lines = event.detail.target.querySelector(".price-lines");
  if (lines) lines.open = opened;
  const blocked = event.detail.target.querySelector("#reasons").dataset.blocked === "true";
  if (blocked) generate.setAttribute("aria-disabled", "true");
  else generate.removeAttribute("aria-disabled");
});

showAdvanced();
