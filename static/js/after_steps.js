// The steps that a picture goes through once it is made: small chips in their order; the builder changes them.

import { form } from "./create.js";
import { chooseSteps } from "./process.js";

const row = form.querySelector("[data-after-steps]");
const field = form.elements.recipe;
const chips = row.querySelector("[data-after-chips]");
const change = row.querySelector("[data-after-change]");
const names = JSON.parse(document.getElementById("operation-names").textContent);

function steps() {
  try {
    const kept = JSON.parse(field.value || "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function keep(operations) {
  field.value = operations.length ? JSON.stringify(operations) : "";
  show();
  form.dispatchEvent(new Event("change")); // what is typed is kept
  htmx.trigger(document.body, "estimate");
}

function show() {
  chips.replaceChildren(...steps().map(chip));
}

function chip({ op }) {
  const item = document.createElement("li");
  const name = names[op] ?? op;
  const open = button(name, row.dataset.changeWords.replace("{name}", name), "change");
  const remove = button("×", row.dataset.removeWords.replace("{name}", name), "remove");
  item.append(open, remove);
  return item;
}

function button(words, label, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: words });
  made.setAttribute("aria-label", label);
  made.dataset[act] = "";
  return made;
}

async function choose() {
  if (change.getAttribute("aria-disabled") === "true") return; // locked, as it says
  const chosen = await chooseSteps(row.dataset.url, steps());
  if (chosen) keep(chosen);
  change.focus();
}

change.addEventListener("click", choose);
chips.addEventListener("click", ({ target }) => {
  if (target.closest("[data-change]")) return choose();
  if (!target.closest("[data-remove]")) return undefined;
  const at = [...chips.children].indexOf(target.closest("li"));
  keep(steps().toSpliced(at, 1));
  return (chips.children[at] ?? chips.lastElementChild)?.querySelector("[data-remove]").focus() ?? change.focus();
});
form.addEventListener("filled", show);
show();
