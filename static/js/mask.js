// The mask painter: brush and eraser over a picture, by mouse, pen, finger or keys. White is made anew.

import { clamp, edit } from "./editor.js";
import { Strokes } from "./strokes.js";

const LARGEST = 1600; // pixels a side of the canvas that is shown; the mask itself has the picture's size
const COLOUR = "#ff3d81"; // seen on most pictures; the canvas itself is half transparent
const dialog = document.getElementById("mask-editor");
const canvas = dialog?.querySelector("canvas");
const brush = dialog?.querySelector(".brush");
const controls = dialog?.querySelector("form").elements;
const error = dialog?.querySelector(".field-error");
const kept = new Map(); // picture's id -> strokes, so that a mask can be painted on
let strokes;
let stroke; // the one that goes on
let at = [0, 0]; // where the brush is

// Resolves with the mask as a PNG, or with undefined where the member thought better of it.
export function paintMask(id, url) {
  return edit(dialog, url, (picture) => begin(id, picture), finish);
}

function begin(id, { naturalWidth: width, naturalHeight: height }) {
  if (!kept.has(id)) kept.set(id, new Strokes(width, height));
  strokes = kept.get(id);
  const scale = Math.min(1, LARGEST / Math.max(width, height));
  Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
  at = [width / 2, height / 2];
  error.hidden = true;
  redraw();
  canvas.focus();
}

async function finish() {
  const mask = await strokes.toBlob(featherPixels());
  error.hidden = Boolean(mask);
  return mask;
}

// Sizes are shares of the picture's longer side, so that they feel alike for every picture.
const longer = () => Math.max(strokes.width, strokes.height);
const brushPixels = () => (controls.size.value / 100) * longer();
const featherPixels = () => (controls.feather.value / 200) * longer();
const shown = () => canvas.clientWidth / strokes.width;

function redraw() {
  strokes.draw(canvas, COLOUR);
  controls.undo.disabled = !strokes.canUndo;
  controls.redo.disabled = !strokes.canRedo;
  canvas.style.filter = controls.feather.value > 0 ? `blur(${featherPixels() * shown() * 0.5}px)` : "";
  showBrush();
}

function showBrush() {
  const side = brushPixels() * shown();
  Object.assign(brush.style, { width: `${side}px`, height: `${side}px`, left: `${at[0] * shown()}px`, top: `${at[1] * shown()}px` });
}

function paint(pressure = 1) {
  stroke.points.push([...at, brushPixels() * pressure]);
  strokes.drawLast(canvas, COLOUR, stroke);
}

function start() {
  error.hidden = true;
  stroke = strokes.begin(controls.tool.value === "erase");
}

function end() {
  stroke = undefined;
  redraw();
}

// --- Mouse, pen, finger ---------------------------------------------------------------------------------------------

function follow(event) {
  const { left, top } = canvas.getBoundingClientRect();
  at = [(event.clientX - left) / shown(), (event.clientY - top) / shown()];
}

const pressureOf = (event) => (event.pointerType === "pen" ? 0.2 + 0.8 * event.pressure : 1);

canvas?.addEventListener("pointerdown", (event) => {
  if (!event.isPrimary || event.button !== 0) return;
  event.preventDefault(); // no selection, no second mouse event
  canvas.setPointerCapture(event.pointerId);
  canvas.focus();
  follow(event);
  start();
  paint(pressureOf(event));
});
canvas?.addEventListener("pointermove", (event) => {
  if (!event.isPrimary) return;
  for (const each of stroke ? (event.getCoalescedEvents?.() ?? [event]) : [event]) {
    follow(each);
    if (stroke) paint(pressureOf(each));
  }
  showBrush();
});
for (const name of ["pointerup", "pointercancel"]) canvas?.addEventListener(name, (event) => event.isPrimary && stroke && end());

// --- Keys -----------------------------------------------------------------------------------------------------------

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

canvas?.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step && event.key !== " ") return;
  event.preventDefault();
  const paints = event.key === " " || event.shiftKey;
  if (paints) start();
  if (paints) paint();
  if (step) at = at.map((value, axis) => clamp(value + (step[axis] * brushPixels()) / 2, 0, axis ? strokes.height : strokes.width));
  if (paints) paint();
  if (paints) end();
  else showBrush();
});

dialog?.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
    event.preventDefault();
    act(event.shiftKey ? "redo" : "undo");
  } else if (event.target === canvas && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (event.key === "[") size(-2);
    if (event.key === "]") size(2);
    if (event.key === "e") controls.tool.value = controls.tool.value === "erase" ? "paint" : "erase";
    if (event.key === "i") act("invert");
  }
});

function size(change) {
  controls.size.value = Number(controls.size.value) + change;
  showBrush();
}

function act(name) {
  strokes[name]();
  redraw();
}

dialog?.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
dialog?.querySelector("form").addEventListener("input", () => redraw());
for (const button of dialog?.querySelectorAll("[data-act]") ?? []) button.addEventListener("click", () => act(button.name));
addEventListener("resize", () => dialog?.open && redraw());
