// How fast the page is scrolled. In flight nobody sees the pictures that pass, but their requests would stand before
// those of the place where it ends.

const PACE = 450; // ms: in flight a whole window passes in less, and it has ended when none has for as long

// A window's place belongs to its frame, which a busy page comes to late: by the clock a flight would seem slow.
const frameTime = () => document.timeline.currentTime;

let places = []; // of late, the oldest first
let fastAt = 0;
let landing;

export const flying = () => landing !== undefined;

addEventListener(
  "scroll",
  () => {
    const now = { at: frameTime(), top: scrollY };
    places = [...places.filter(({ at }) => now.at - at < PACE), now];
    if (Math.abs(now.top - places[0].top) < innerHeight) return;
    fastAt = now.at;
    if (landing) return;
    landing = setTimeout(land, PACE);
    tell();
  },
  { passive: true },
);

// In a frame, which tells how far the window has come before anything else: timers know nothing of it after long work.
function land() {
  requestAnimationFrame(() => {
    const wait = fastAt + PACE - frameTime();
    landing = wait > 0 ? setTimeout(land, wait) : undefined;
    if (!landing) tell();
  });
}

function tell() {
  document.dispatchEvent(new CustomEvent("flight"));
}
