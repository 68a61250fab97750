// The small form of a step: what it holds as JSON, filled from JSON, and what is wrong with it at its place.

const settings = (step) => [...step.querySelectorAll("[data-setting]")];
const settingOf = (step, name) => step.querySelector(`[data-setting="${name}"]`);
const inputs = (setting) => [...setting.querySelectorAll("[data-input]")];

function valueOf(setting) {
  const [input] = inputs(setting);
  const none = setting.querySelector("[data-none]");
  switch (setting.dataset.control) {
    case "flag":
      return input.checked;
    case "range":
    case "number":
      return input.value === "" ? null : Number(input.value);
    case "options":
    case "places":
    case "styles":
      return inputs(setting).find((each) => each.checked)?.value || null;
    default:
      return none?.checked ? null : input.value || null;
  }
}

// The operation as the server takes it; what does not count is left out.
export function read(step) {
  const operation = { op: step.dataset.op };
  for (const setting of settings(step)) if (!setting.hidden) operation[setting.dataset.setting] = valueOf(setting);
  return operation;
}

export function fill(step, operation) {
  for (const setting of settings(step)) {
    const { setting: name, control, start } = setting.dataset;
    if (!(name in operation)) continue;
    const value = operation[name];
    const text = value === null ? "" : String(value);
    const [input] = inputs(setting);
    if (control === "flag") input.checked = Boolean(value);
    else if (["options", "places", "styles"].includes(control)) for (const each of inputs(setting)) each.checked = each.value === text;
    else if (control === "picture") showPicture(setting, text);
    else input.value = text || (control === "colour" ? "#ffffff" : text);
    const none = setting.querySelector("[data-none]");
    if (none) none.checked = value === null;
    const twin = setting.querySelector("[data-twin]");
    if (twin) twin.value = text || start;
  }
  arrange(step);
}

// Settings that only count where another one has a certain value are shown only then; sliders show how far they are.
export function arrange(step) {
  for (const setting of settings(step)) {
    const { when, values } = setting.dataset;
    if (when) setting.hidden = !values.split(" ").includes(String(valueOf(settingOf(step, when))));
    const range = setting.querySelector("[type=range]");
    if (range) range.style.setProperty("--slider-value", `${((range.value - range.min) / (range.max - range.min)) * 100}%`);
  }
}

export function showPicture(setting, id) {
  const image = setting.querySelector("img");
  setting.querySelector("[data-input]").value = id;
  image.hidden = !id;
  if (id) image.src = `/references/${id}/`;
  setting.querySelector("[data-no-picture]")?.toggleAttribute("hidden", !id);
}

// A slider and the number beside it say the same; choosing a colour chooses that there is one.
export function follow(target) {
  const setting = target.closest("[data-setting]");
  const twin = setting?.querySelector("[data-twin]");
  if (target.matches("[type=range]")) twin.value = target.value;
  if (target === twin && twin.value !== "" && twin.validity.valid) inputs(setting)[0].value = twin.value;
  const none = setting?.querySelector("[data-none]");
  if (target.matches("[type=color]") && none) none.checked = false;
}

// Says whether the place was found.
export function complain(step, name, words) {
  const setting = name && settingOf(step, name);
  const place = setting ? setting.querySelector(".field-error") : step.querySelector("[data-step-wrong]");
  place.textContent = words;
  place.hidden = false;
  setting?.closest("details")?.setAttribute("open", "");
  for (const input of setting ? inputs(setting) : []) input.setAttribute("aria-invalid", "true");
}

export function forgive(step) {
  for (const place of step.querySelectorAll(".field-error")) place.hidden = true;
  for (const input of step.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}
