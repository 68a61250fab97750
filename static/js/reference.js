// A picture to start from: dropped on the bar, pasted, or chosen; it is uploaded at once and named by its id.

import { crop } from "./crop.js";
import { paintMask } from "./mask.js";
import { process } from "./process.js";
import { promises, recall } from "./recall.js";
import { toast } from "./toasts.js";

const form = document.getElementById("create");
const picker = document.getElementById("picture");
const chip = form.querySelector(".reference-chip");
const input = form.elements.reference;
const thumbnail = chip?.querySelector("img");
const state = chip?.querySelector("[data-reference-state]");
const reveal = chip?.querySelector("[data-reference-reveal]");
const strength = form.elements.strength;
const recallButton = chip?.querySelector("[data-recall]");
const tools = chip?.querySelectorAll("[data-tool]") ?? [];
const maskLine = chip?.querySelector(".mask-line");
let chosen; // the file, as long as it is the one that is shown
let uploading = Promise.resolve();
let latest = 0;

// Resolves when no upload is under way.
export const ready = () => uploading;

// Whether the picture that is shown was refused: a press without it would make, and charge, something else.
export function refused() {
  const failed = chip?.dataset.state === "failed";
  if (failed) chip.querySelector("[data-reference-remove]").focus();
  return failed;
}

// Start from a picture the server has, or from none; perhaps with a mask over it.
export function set(id, mask) {
  if (!chip) return;
  latest += 1;
  chosen = undefined;
  input.value = id ?? "";
  show(id ? `/references/${id}/` : "", "");
  if (id) veil();
  setMask(id && mask);
}

function setMask(id) {
  if (!maskLine) return;
  form.elements.mask.value = id ?? "";
  maskLine.hidden = !id;
  if (id) maskLine.querySelector("img").src = `/references/${id}/`;
}

function show(url, words) {
  URL.revokeObjectURL(thumbnail.src);
  if (url) thumbnail.src = url;
  else thumbnail.removeAttribute("src");
  chip.hidden = !url;
  recallButton.hidden = true;
  for (const tool of tools) tool.hidden = !input.value;
  delete chip.dataset.state;
  unveil();
  state.textContent = words;
  if (!strength) return;
  strength.disabled = !url;
  showStrength();
}

// A picture of the server is blurred until it is known to be harmless, or pressed.
async function veil() {
  const { src } = thumbnail;
  chip.dataset.veiled = "";
  const harmless = await fetch(src, { method: "HEAD" }).then(({ ok, headers }) => ok && !headers.has("Sensitive"), () => false);
  if (thumbnail.src !== src) return; // another one was chosen meanwhile
  if (harmless) unveil();
  else reveal.hidden = false;
}

function unveil() {
  delete chip.dataset.veiled;
  reveal.hidden = true;
}

function showStrength() {
  const { value, min, max } = strength;
  form.querySelector("output[for='strength']").textContent = `${Math.round(value * 100)} %`;
  strength.style.setProperty("--slider-value", `${((value - min) / (max - min)) * 100}%`);
}

function take(file) {
  if (!file) return;
  if (!file.type.startsWith("image/")) return toast(state.dataset.noPicture);
  uploading = upload(file, (latest += 1));
  chosen = file;
  promises(file).then((may) => chosen === file && (recallButton.hidden = !may));
}

async function upload(file, turn) {
  input.value = "";
  show(URL.createObjectURL(file), state.dataset.sending);
  setMask();
  const words = await send(file).catch(() => state.dataset.failed);
  if (turn !== latest) return; // another picture was chosen meanwhile
  if (typeof words === "string") {
    chip.dataset.state = "failed";
    state.textContent = words;
  } else {
    input.value = words.id;
    for (const tool of tools) tool.hidden = false;
    state.textContent = `${words.width} × ${words.height}`;
  }
  htmx.trigger(document.body, "estimate");
}

// Gives the upload, or the server's words on why there is none.
async function send(file) {
  const body = new FormData();
  body.set("file", file);
  const token = form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(form.dataset.uploadUrl, { method: "POST", headers: { "X-CSRFToken": token }, body });
  const told = await answer.json();
  return answer.ok ? told : told.errors?.[0]?.message ?? told.detail ?? told.title;
}

// --- The picture's editors ----------------------------------------------------------------------------------------------

const whole = () => `/references/${input.value}/file/`;

async function cropIt() {
  const [width, height] = form.querySelector("[data-pixels]").textContent.split("×").map(Number);
  const cropped = await crop(whole(), width / height);
  if (!cropped) return;
  take(new File([cropped], "crop.png", { type: "image/png" }));
  await uploading;
  chip.querySelector("[data-crop]").focus();
}

// A picture that only goes through a recipe; the form stays as it is.
async function processIt(file) {
  const told = await send(file).catch(() => state.dataset.failed);
  if (told.id) process([told.id]);
  else toast(told);
}

async function maskIt() {
  const painted = await paintMask(input.value, whole());
  if (!painted) return;
  const turn = latest;
  uploading = (async () => {
    state.textContent = state.dataset.sending;
    const words = await send(painted).catch(() => state.dataset.failed);
    if (turn !== latest) return; // another picture was chosen meanwhile
    state.textContent = typeof words === "string" ? words : `${words.width} × ${words.height}`;
    if (typeof words !== "string") setMask(words.id);
    htmx.trigger(document.body, "estimate");
    form.dispatchEvent(new Event("change"));
  })();
}

// A picture that does not load any more says so where its size would stand.
const tell = (act) => () => act().catch(() => (state.textContent = state.dataset.failed));

if (chip) {
  chip.querySelector("[data-crop]").addEventListener("click", tell(cropIt));
  const maskButtons = chip.querySelectorAll("[data-mask]:not([aria-disabled=true])"); // a locked one only says so
  for (const button of maskButtons) button.addEventListener("click", tell(maskIt));
  maskLine?.querySelector("[data-mask-remove]").addEventListener("click", () => {
    setMask();
    htmx.trigger(document.body, "estimate");
    chip.querySelector("[data-mask][data-tool]").focus();
  });
  picker.addEventListener("change", () => {
    take(picker.files[0]);
    picker.value = "";
  });
  chip.querySelector("[data-reference-remove]").addEventListener("click", () => {
    set("");
    picker.focus();
    htmx.trigger(document.body, "estimate");
  });
  form.addEventListener("paste", (event) => {
    const file = [...event.clipboardData.files].find((each) => each.type.startsWith("image/"));
    if (!file) return;
    event.preventDefault();
    take(file);
  });
  recallButton.addEventListener("click", () => recall(chosen));
  reveal.addEventListener("click", unveil);
  if (thumbnail.src) veil();
  chip.querySelector("[data-process-reference]").addEventListener("click", () => process([input.value]));
}

const targets = form.querySelectorAll("[data-drop]");
const targetOf = (event) => event.target.closest?.("[data-drop]") ?? targets[0];
let depth = 0; // dragenter and dragleave come for every child
function drag(change) {
  depth = Math.max(0, depth + change);
  form.toggleAttribute("data-dragging", depth > 0);
}
const carriesFile = (event) => event.dataTransfer.types.includes("Files"); // words may be dropped into the prompt
form.addEventListener("dragenter", (event) => carriesFile(event) && drag(1));
form.addEventListener("dragleave", () => drag(-1));
form.addEventListener("dragover", (event) => {
  if (!carriesFile(event)) return;
  event.preventDefault();
  for (const target of targets) target.toggleAttribute("data-over", target === targetOf(event));
});
form.addEventListener("drop", (event) => {
  if (!carriesFile(event)) return;
  event.preventDefault();
  drag(-Infinity);
  const [file] = event.dataTransfer.files;
  const { drop: target } = targetOf(event).dataset;
  if (file && target === "recall") recall(file);
  else if (file && target === "process") processIt(file);
  else take(file);
});

if (strength) {
  strength.addEventListener("input", showStrength);
  showStrength();
}
