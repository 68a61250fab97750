// How fast the page is scrolled. In flight nobody sees the pictures that pass, but their requests would stand before
// those of the place where it ends.

const FAST = 2; // windows a second: what passes is in sight for half of one
const SPAN = 100; // ms over which a speed is taken: a busy page hears of scrolling unevenly
const REST = 200; // ms without such a speed, and the flight has ended

let from = { at: 0, top: scrollY };
let fastAt = 0;
let landing;

export const flying = () => landing !== undefined;

addEventListener(
  "scroll",
  () => {
    const now = { at: performance.now(), top: scrollY };
    const passed = now.at - from.at;
    if (passed < SPAN) return;
    const windows = Math.abs(now.top - from.top) / innerHeight;
    from = now;
    if (windows / passed < FAST / 1000) return;
    fastAt = now.at;
    if (landing) return;
    landing = setTimeout(land, REST);
    tell();
  },
  { passive: true },
);

// In a frame, which tells how far the window has come before anything else: timers know nothing of it after long work.
function land() {
  requestAnimationFrame(() => {
    const wait = fastAt + REST - performance.now();
    landing = wait > 0 ? setTimeout(land, wait) : undefined;
    if (!landing) tell();
  });
}

function tell() {
  document.dispatchEvent(new CustomEvent("flight"));
}
