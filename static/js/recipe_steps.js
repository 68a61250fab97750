// The steps of a recipe, in their order: opened, moved by hand and by keys, removed. The page itself holds them.

import * as stepForm from "./step_form.js";

let count = 0; // of all steps that were ever made: their controls need names of their own

export class Steps {
  // `say(words)` tells people who listen; `changed()` comes after each change.
  constructor(list, { templateOf, say, words, changed }) {
    Object.assign(this, { list, templateOf, say, words, changed });
    list.addEventListener("click", (event) => this.#click(event));
    list.addEventListener("keydown", (event) => this.#key(event));
    for (const name of ["input", "change"]) list.addEventListener(name, (event) => this.#input(event));
    list.addEventListener("pointerdown", (event) => this.#grip(event));
  }

  get all() {
    return [...this.list.children];
  }

  read() {
    return this.all.map(stepForm.read);
  }

  load(operations) {
    this.list.replaceChildren();
    for (const operation of operations) this.#append(operation.op, { ...this.#defaults(operation.op), ...operation });
    this.changed();
  }

  add(op) {
    const step = this.#append(op);
    if (!step) return;
    this.open(step);
    step.scrollIntoView({ block: "nearest" });
    step.querySelector("[data-open]").focus();
    this.changed();
  }

  open(step, on = true) {
    for (const each of this.all) {
      const shown = each === step && on;
      each.querySelector(".step-form").hidden = !shown;
      each.querySelector("[data-open]").setAttribute("aria-expanded", shown);
    }
  }

  // `errors` by place: `recipe.0.width`. Gives what stands at no step.
  complain(errors) {
    const rest = [];
    for (const step of this.all) stepForm.forgive(step);
    for (const [place, words] of Object.entries(errors)) {
      const [, index, name] = place.split(".");
      const step = index === undefined ? undefined : this.all[Number(index)];
      if (step) {
        stepForm.complain(step, name, words);
        step.querySelector("[data-summary]").textContent = words; // the form may be closed
      } else rest.push(words);
    }
    for (const step of this.all) step.toggleAttribute("data-wrong", Boolean(step.querySelector(".field-error:not([hidden])")));
    return rest;
  }

  summarise(summaries) {
    for (const [index, step] of this.all.entries()) step.querySelector("[data-summary]").textContent = summaries[index] ?? "";
  }

  #append(op, values) {
    const template = this.templateOf(op);
    if (!template) return undefined;
    count += 1;
    this.list.insertAdjacentHTML("beforeend", template.innerHTML.replaceAll("__n__", count));
    const step = this.list.lastElementChild;
    if (values) stepForm.fill(step, values);
    stepForm.arrange(step);
    return step;
  }

  // What a saved step leaves out stands at the operation's default, which is not always what a new step begins with.
  #defaults(op) {
    const template = this.templateOf(op);
    if (!template) return {};
    const all = [...template.content.querySelectorAll("[data-setting]")];
    return Object.fromEntries(all.map(({ dataset }) => [dataset.setting, JSON.parse(dataset.default)]));
  }

  #click(event) {
    const step = event.target.closest(".step");
    const on = (selector) => event.target.closest(selector);
    if (on("[data-remove]")) this.#remove(step);
    else if (on("[data-up]")) this.#move(step, -1, on("[data-up]"));
    else if (on("[data-down]")) this.#move(step, 1, on("[data-down]"));
    else if (on("[data-open]")) this.open(step, on("[data-open]").getAttribute("aria-expanded") !== "true");
    else if (on("[data-no-picture]")) {
      stepForm.showPicture(on("[data-setting]"), "");
      this.changed();
    }
  }

  #key(event) {
    if (!event.target.closest(".step-head")) return;
    const step = event.target.closest(".step");
    const button = event.target.closest("button");
    if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
      event.preventDefault();
      this.#move(step, event.key === "ArrowUp" ? -1 : 1, button);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.#remove(step);
    } else if (["ArrowUp", "ArrowDown"].includes(event.key) && button.matches("[data-open]")) {
      event.preventDefault();
      const next = event.key === "ArrowUp" ? step.previousElementSibling : step.nextElementSibling;
      next?.querySelector("[data-open]").focus();
    }
  }

  #input(event) {
    if (event.target.matches("[data-file]")) return;
    stepForm.follow(event.target);
    stepForm.arrange(event.target.closest(".step"));
    this.changed();
  }

  #move(step, by, focus) {
    const other = by < 0 ? step.previousElementSibling : step.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(step);
    else other.after(step);
    focus.focus();
    step.scrollIntoView({ block: "nearest" });
    this.#told(step);
  }

  #told(step) {
    const place = this.all.indexOf(step) + 1;
    const { moved } = this.words;
    this.say(moved.replace("{name}", step.dataset.name).replace("{place}", place).replace("{count}", this.all.length));
    this.changed();
  }

  #remove(step) {
    const next = step.nextElementSibling ?? step.previousElementSibling;
    step.remove();
    this.say(this.words.removed.replace("{name}", step.dataset.name));
    if (next) next.querySelector("[data-open]").focus();
    else this.list.closest("[data-builder]").querySelector("[data-add-menu] summary").focus();
    this.changed();
  }

  // --- By hand: the grip, or with a mouse the whole head ------------------------------------------------------------

  #grip(event) {
    const grip = event.target.closest("[data-grip]");
    if (!grip || !event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    const step = grip.closest(".step");
    const before = this.all.indexOf(step);
    const stop = new AbortController();
    const end = () => {
      stop.abort();
      delete this.list.dataset.dragging;
      step.removeAttribute("data-held");
      if (this.all.indexOf(step) !== before) this.#told(step);
    };
    this.list.setPointerCapture(event.pointerId); // not the grip: it is taken out of the page whenever its step moves
    this.list.dataset.dragging = "yes";
    step.toggleAttribute("data-held", true);
    this.list.addEventListener("pointermove", ({ clientY }) => this.#drag(step, clientY), { signal: stop.signal });
    for (const name of ["pointerup", "pointercancel"]) this.list.addEventListener(name, end, { signal: stop.signal });
  }

  // Before the first of the others whose middle is below the finger.
  #drag(step, y) {
    const others = this.all.filter((each) => each !== step);
    const below = others.find((each) => {
      const { top, height } = each.getBoundingClientRect();
      return y < top + height / 2;
    });
    if (below ? below.previousElementSibling === step : this.list.lastElementChild === step) return;
    if (below) below.before(step);
    else this.list.append(step);
  }
}
