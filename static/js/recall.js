// Settings out of a picture file: the server reads them, the bar is filled, and one press takes it back.

import { say } from "./toasts.js";

const form = document.getElementById("create");
const place = form.querySelector(".recalled");
const panel = place.firstElementChild;
const OURS = ["csrfmiddlewaretoken", "idempotency_key", "picture", "reference", "mask"];
// Words that the tools we read leave in a file. Only a hint: a press asks the server.
const TRACES = /parameters\0|imagegen|UNICODE\0|ASCII\0\0\0|prompt[\0:]|workflow[\0:]|invokeai_metadata|sd-metadata|sui_image/;
const HEAD = 262_144; // bytes at either end of a file in which tools write
let before; // what the bar said

// Tells whether a file may hold settings, without sending it.
export async function promises(file) {
  const ends = await new Blob([file.slice(0, HEAD), file.slice(-HEAD)]).arrayBuffer();
  return TRACES.test(new TextDecoder("latin1").decode(ends));
}

export async function recall(file) {
  show(place.dataset.asking);
  const told = await ask(file).catch(() => place.dataset.failed);
  if (typeof told === "string") return show(told, [], "failed");
  before = snapshot();
  form.dispatchEvent(new CustomEvent("recalled", { detail: told.settings }));
  show(place.dataset.said.replace("{source}", told.source), told.notes, "done");
}

// Gives the answer, or the server's words on why there is none.
async function ask(file) {
  const body = new FormData();
  body.set("file", file);
  body.set("engine", form.elements.engine?.value ?? "");
  const token = form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(form.dataset.recallUrl, { method: "POST", headers: { "X-CSRFToken": token }, body });
  // A seed may be larger than the numbers of this language.
  const told = JSON.parse((await answer.text()).replace(/("seed": ?)(\d+)/, '$1"$2"'));
  return answer.ok ? told : told.errors?.[0]?.message ?? told.detail ?? told.title;
}

function snapshot() {
  const typed = Object.fromEntries([...new FormData(form)].filter(([name]) => !OURS.includes(name)));
  if (typed.aspect !== "custom") {
    delete typed.width; // they would name a shape of their own
    delete typed.height;
  }
  return typed;
}

function show(words, notes = [], state = "") {
  panel.hidden = false;
  panel.dataset.state = state;
  panel.querySelector("b").textContent = words;
  panel.querySelector("ul").replaceChildren(...notes.map((note) => Object.assign(document.createElement("li"), { textContent: note })));
  panel.querySelector("[data-recalled-undo]").hidden = state !== "done";
  say([words, ...notes].join(" "));
}

panel.querySelector("[data-recalled-close]").addEventListener("click", () => {
  panel.hidden = true;
  form.elements.prompt.focus();
});
panel.querySelector("[data-recalled-undo]").addEventListener("click", () => {
  panel.hidden = true;
  form.dispatchEvent(new CustomEvent("recalled", { detail: before }));
});
