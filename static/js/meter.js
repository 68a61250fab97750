// The top bar's meter: one pill for each place, filled as far as the picture in it is.

import { fractions } from "./tiles.js";

const PAINT = 500; // ms
const meter = document.getElementById("meter");
const slots = meter.querySelector(".slots");

export function show({ slots: places, words, credits }) {
  meter.title = words;
  meter.querySelector(".meter-words").textContent = words;
  meter.querySelector(".meter-short").textContent = `${places.filter(Boolean).length}/${places.length}`;
  document.querySelector("#credits > span:last-child").textContent = credits;
  while (slots.children.length > places.length) slots.lastElementChild.remove();
  while (slots.children.length < places.length) slots.append(document.createElement("i"));
  places.forEach((busy, place) => slots.children[place].classList.toggle("busy", busy));
  paint();
}

// In whole percents, so that a pill is styled anew when there is something to see.
function paint() {
  const done = fractions();
  [...slots.querySelectorAll(".busy")].forEach((pill, place) => pill.style.setProperty("--done", (done[place] ?? 0).toFixed(2)));
}

setInterval(paint, PAINT);
