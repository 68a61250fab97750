// The builder of recipes: steps on one side, on the other what they make of a picture. The server draws and checks.

import { BeforeAfter } from "./before_after.js";
import { Shelf } from "./recipe_shelf.js";
import * as stepForm from "./step_form.js";
import { Steps } from "./recipe_steps.js";
import { say } from "./toasts.js";

const PAUSE = 80; // ms after the last change
const DRAFT = "recipe.draft"; // what is not run yet is there again when the builder is opened next

export class Builder {
  // `done(answer)` comes when the run was accepted; where the steps are for pictures to come, `done(operations)` when
  // they are chosen, and `begin` are those that were chosen before.
  constructor(root, { done, begin }) {
    const { moved, removed } = root.dataset;
    Object.assign(this, { root, done, picture: root.querySelector("[data-picture][aria-pressed=true]"), ahead: "afterMode" in root.dataset });
    this.both = new BeforeAfter(this.#part("look"));
    this.steps = new Steps(this.#part("steps"), {
      templateOf: (op) => root.querySelector(`template[data-step="${op}"]`),
      say,
      words: { moved, removed },
      changed: () => this.#changed(),
    });
    this.shelf = new Shelf(root, { read: () => this.steps.read(), load: (operations) => this.steps.load(operations) });
    this.#listen();
    this.#start();
    const again = root.querySelector("#steps-again"); // of a picture that went through them before
    this.steps.load(this.ahead ? begin : JSON.parse(again?.textContent ?? sessionStorage.getItem(DRAFT) ?? "[]"));
  }

  #waiting; // before the next question
  #asking = false;
  #again = false; // something changed while the server was asked

  #part(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  #listen() {
    this.root.addEventListener("click", ({ target }) => {
      const add = target.closest("[data-add]");
      const picture = target.closest("[data-picture]");
      if (add && add.getAttribute("aria-disabled") !== "true") this.#add(add.dataset.add);
      if (picture) this.#choose(picture);
      if (target.closest("[data-ask]")) this.#ask({ patient: true });
      if (target.closest("[data-run]")) this.#run();
    });
    this.root.addEventListener("change", ({ target }) => {
      if (target.matches("[data-file]")) this.#upload(target);
      if (target.closest("[data-reveal]")) this.#reveal();
    });
    this.root.addEventListener("keydown", (event) => this.#key(event));
    // What a <details> has just opened can be focused from the next frame on.
    const menu = this.#part("add-menu");
    menu.addEventListener("toggle", () => menu.open && requestAnimationFrame(() => menu.querySelector("[data-add]").focus()));
  }

  // Escape closes a menu before it closes the dialog; arrows walk through it.
  #key(event) {
    const menu = event.target.closest("details.menu[open]");
    if (!menu) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || !menu.matches("[data-add-menu]")) return;
    event.preventDefault();
    const items = [...menu.querySelectorAll("[data-add]")];
    const at = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    items[Math.max(0, Math.min(at, items.length - 1))].focus();
  }

  #add(op) {
    this.#part("add-menu").open = false;
    if (this.steps.all.length < Number(this.root.dataset.most)) this.steps.add(op);
  }

  #choose(picture) {
    for (const each of this.root.querySelectorAll("[data-picture]")) each.setAttribute("aria-pressed", each === picture);
    this.picture = picture;
    this.#start();
    this.#changed();
  }

  #start() {
    if (!this.picture) return this.both.show("");
    const { picture, size } = this.picture.dataset;
    const [width, height] = size.split(" × ");
    this.both.start(`/references/${picture}/display/`, `/references/${picture}/`, width / height);
    this.both.show("");
    this.#part("reveal").hidden = !("sensitive" in this.picture.dataset);
    this.#part("result").textContent = this.ahead ? "" : this.picture.dataset.size;
  }

  // What may be sensitive was pressed: it stays visible as long as the builder is open.
  #reveal() {
    delete this.picture.dataset.sensitive;
    const reveal = this.#part("reveal");
    reveal.hidden = true;
    reveal.querySelector("input").checked = false; // for the next picture
    this.picture.focus();
  }

  #changed() {
    const { length } = this.steps.all;
    this.#part("steps-empty").hidden = length > 0;
    this.#part("empty").hidden = length > 0 && Boolean(this.picture);
    if (this.ahead) this.#part("run").setAttribute("aria-disabled", "false"); // none is a choice, too
    else if (length) sessionStorage.setItem(DRAFT, JSON.stringify(this.steps.read()));
    else sessionStorage.removeItem(DRAFT);
    clearTimeout(this.#waiting);
    if (length) this.#waiting = setTimeout(() => this.#ask(), PAUSE);
    else this.#nothing();
  }

  #nothing() {
    this.both.show("");
    this.#answer({ errors: {}, reasons: [], summaries: [], price: "", result: this.ahead ? "" : this.picture.dataset.size });
    this.#part("run").setAttribute("aria-disabled", String(!this.ahead));
  }

  // --- What the server says of the steps as they are: one question at a time, and then the newest ----------------------

  async #ask({ patient = false } = {}) {
    if (this.#asking) return (this.#again = true);
    this.#asking = true;
    this.#again = false;
    this.#part("ask").hidden = true;
    const busy = setTimeout(() => (this.#part("busy").hidden = false), patient ? 0 : 300);
    const asked = this.#body();
    if (patient) asked.set("patient", "1");
    const answer = await this.#post(this.root.dataset.lookUrl, asked);
    clearTimeout(busy);
    this.#part("busy").hidden = true;
    this.#asking = false;
    if (!this.root.isConnected) return undefined;
    if (this.#again) return this.#ask();
    if (this.steps.all.length) this.#answer(answer);
    return undefined;
  }

  #body() {
    const body = new URLSearchParams({ recipe: JSON.stringify(this.steps.read()) });
    const others = [...this.root.querySelectorAll("[data-picture]")].filter((each) => each !== this.picture);
    if (this.ahead) body.set("after", "1");
    for (const each of [this.picture, ...others].filter(Boolean)) body.append("image", each.dataset.picture); // the one that is looked at first
    return body;
  }

  async #post(url, body) {
    const failed = { errors: { "": this.root.dataset.failed }, reasons: [] };
    try {
      const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": this.root.dataset.token }, body });
      return answer.status < 500 && !answer.redirected ? await answer.json() : failed;
    } catch {
      return failed;
    }
  }

  #answer(answer) {
    const wrong = this.steps.complain(answer.errors ?? {});
    this.#say("complaint", wrong.join(" "));
    this.#reasons(answer.reasons ?? []);
    const fine = !Object.keys(answer.errors ?? {}).length && !(answer.reasons ?? []).length;
    this.#part("run").setAttribute("aria-disabled", String(!fine));
    if (answer.summaries) this.steps.summarise(answer.summaries);
    if ("price" in answer) this.#part("price").textContent = answer.price;
    if (answer.result) this.#part("result").textContent = this.#sizes(answer.result);
    this.#say("look-words", answer.unseen ?? "");
    this.#part("ask").hidden = !answer.waits;
    this.#part("waits").textContent = answer.waits ?? "";
    if (answer.picture) this.both.show(answer.picture, answer.before);
    else if (answer.waits || answer.unseen) this.both.show("");
  }

  #sizes(after) {
    const before = this.picture.dataset.size;
    return before === after ? after : `${before} → ${after}`;
  }

  #say(name, words) {
    this.#part(name).textContent = words;
    this.#part(name).hidden = !words;
  }

  #reasons(reasons) {
    const list = this.#part("reasons");
    list.hidden = !reasons.length;
    list.replaceChildren(
      ...reasons.map(({ words, plan }) => {
        const line = Object.assign(document.createElement("li"), { textContent: words });
        if (plan) line.append(" ", Object.assign(document.createElement("a"), { className: "plain-link", href: "/plans/", textContent: plan }));
        return line;
      }),
    );
  }

  // --- Pictures that steps need, and the run -----------------------------------------------------------------------------

  async #upload(input) {
    const setting = input.closest("[data-setting]");
    const step = input.closest(".step");
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    const body = new FormData();
    body.set("file", file);
    const told = await this.#post(this.root.dataset.uploadUrl, body);
    if (told.id) {
      stepForm.showPicture(setting, told.id);
      this.#changed();
    } else stepForm.complain(step, setting.dataset.setting, told.errors?.[0]?.message ?? told.detail ?? this.root.dataset.failed);
  }

  async #run() {
    const button = this.#part("run");
    if (button.getAttribute("aria-disabled") === "true") return this.#show();
    if (this.ahead) return this.done(this.steps.read());
    button.setAttribute("aria-disabled", "true");
    const body = this.#body();
    body.set("key", this.root.dataset.key);
    const answer = await this.#post(this.root.dataset.runUrl, body);
    if (!answer.words) return this.#answer(answer), this.#show();
    sessionStorage.removeItem(DRAFT);
    this.done(answer);
    return undefined;
  }

  // Lead to what is in the way.
  #show() {
    const step = this.root.querySelector(".step[data-wrong]");
    if (!step) return this.steps.all.length || this.#part("add-menu").querySelector("summary").focus();
    this.steps.open(step);
    (step.querySelector("[aria-invalid]") ?? step.querySelector("[data-open]")).focus();
    return undefined;
  }
}
