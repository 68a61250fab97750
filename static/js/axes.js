// Settings to compare: chips where a setting has only so many values, else numbers with commas between. The named fields
// hold what is sent, so that drafts, presets and Remix work with them as with any other.

const form = document.getElementById("create");
const fold = form.querySelector(".axes");
const slots = [...(fold?.querySelectorAll(".axis") ?? [])];
const choices = JSON.parse(document.getElementById("axis-choices")?.textContent ?? "{}");
const HINTS = { steps: "10, 20, 30", guidance: "3, 7, 12", strength: "0.3, 0.6, 0.9", seed: "1, 2, 3" };

const setting = (slot) => slot.querySelector("select");
const field = (slot) => slot.querySelector(".input");
const values = (slot) => field(slot).value.split(/[,，、;；]/).map((value) => value.trim()).filter(Boolean);

// How many columns and rows a press would make; nothing where nothing is compared.
export function grid() {
  const counts = slots.filter((slot) => setting(slot).value).map((slot) => values(slot).length || 1);
  return counts.length ? [counts[0], counts[1] ?? 1] : undefined;
}

function chip({ value, label, locked_by: locked }, chosen) {
  const element = Object.assign(document.createElement("label"), { className: "axis-chip", title: locked });
  const box = Object.assign(document.createElement("input"), { type: "checkbox", className: "sr-only", value, checked: chosen, disabled: Boolean(locked) });
  element.append(box, Object.assign(document.createElement("span"), { textContent: label }));
  return element;
}

function show() {
  for (const slot of slots) {
    const chips = slot.querySelector(".axis-chips");
    const { value: name } = setting(slot);
    const offered = choices[name];
    const chosen = values(slot);
    field(slot).hidden = Boolean(offered);
    field(slot).placeholder = HINTS[name] ?? "";
    chips.hidden = !offered;
    if (chips.dataset.of !== name) chips.replaceChildren(...(offered ?? []).map((each) => chip(each, chosen.includes(each.value))));
    else for (const box of chips.querySelectorAll("input")) box.checked = chosen.includes(box.value);
    chips.dataset.of = name;
  }
  const size = grid();
  if (fold) fold.querySelector("[data-grid]").textContent = size && Math.max(...size) > 1 ? size.join(" × ") : "";
  form.toggleAttribute("data-comparing", Boolean(size));
}

// A setting is compared once, and only where the chosen engine has it.
function offer() {
  const engine = form.elements.engine?.value;
  for (const slot of slots) {
    const others = slots.filter((other) => other !== slot).map((other) => setting(other).value);
    for (const option of setting(slot).options) {
      const lacks = engine && option.dataset.for && !option.dataset.for.split(" ").includes(engine);
      option.disabled = "locked" in option.dataset || Boolean(option.value && (lacks || others.includes(option.value)));
    }
  }
}

form.addEventListener("input", ({ target }) => {
  const slot = target.closest(".axis");
  if (slot && target === setting(slot)) field(slot).value = "";
  if (target.matches(".axis-chip input")) {
    const boxes = [...slot.querySelectorAll(".axis-chip :checked")];
    field(slot).value = boxes.map((box) => box.value).join(", ");
  }
  show();
  offer();
});
form.addEventListener("filled", () => {
  if (grid()) for (const each of [fold, fold.closest(".advanced")]) each.open = true;
  show();
  offer();
});
show();
offer();
