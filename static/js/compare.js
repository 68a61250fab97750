// Two pictures against each other: a slider over both, side by side with one zoom for both, or one after the other.

import { meant } from "./keymap.js";
import "./keys_list.js";
import { Zoom } from "./zoom.js";

const root = document.getElementById("compare");
const stage = root.querySelector("[data-compare-stage]");
const slider = root.querySelector("[data-slider]");
const swap = root.querySelector("[data-swap]");
const [buttons] = root.querySelectorAll("[data-modes]");
const MODES = ["slider", "side", "flicker"];
const FLICKER = 900; // ms
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let ticking;

function show(mode) {
  root.dataset.mode = mode;
  localStorage.setItem("compare", mode);
  for (const button of buttons.children) button.setAttribute("aria-pressed", button.dataset.mode === mode);
  clearInterval(ticking);
  root.removeAttribute("data-other");
  // Whoever wants no motion changes the picture by hand, with the space bar or a press.
  if (mode === "flicker" && !calm.matches) ticking = setInterval(flip, FLICKER);
  zoom.to(1);
}

const flip = () => root.toggleAttribute("data-other");
const cut = () => stage.style.setProperty("--cut", `${slider.value}%`);

const zoom = new Zoom(stage, [...stage.querySelectorAll(".compare-frame")]);
slider.addEventListener("input", cut);
buttons.hidden = false;
buttons.addEventListener("click", (event) => {
  const button = event.target.closest("[data-mode]");
  if (button) show(button.dataset.mode);
});
stage.addEventListener("click", () => {
  if (root.dataset.mode === "flicker" && !zoom.zoomed) flip();
});
stage.addEventListener("pointermove", (event) => {
  if (root.dataset.mode !== "slider" || zoom.zoomed || event.pointerType !== "mouse" || event.target === slider) return;
  const box = stage.querySelector(".compare-frame").getBoundingClientRect();
  slider.value = ((event.clientX - box.left) / box.width) * 100;
  cut();
});
addEventListener("keydown", (event) => {
  const key = meant(event, "compare");
  if (key === "c") swap.click();
  else if (key === "m") show(MODES[(MODES.indexOf(root.dataset.mode) + 1) % MODES.length]);
  else if (key === "z") zoom.toggle();
  else if (key === " " && event.target === stage) {
    event.preventDefault();
    flip();
  }
});

cut();
show(MODES.includes(localStorage.getItem("compare")) ? localStorage.getItem("compare") : "slider");
