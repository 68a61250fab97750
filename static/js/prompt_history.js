// Prompts used before: Alt+↑ and Alt+↓ in the prompt, or the list behind the clock. They come from the member's tasks,
// so every device knows them.

const menu = document.getElementById("prompt-history");
const list = menu.querySelector(".menu-list");
const prompt = document.getElementById("prompt");
const LISTED = 12;
let known; // promise of prompts, newest first
let place = -1; // -1: what is being typed
let typed = "";

async function load() {
  const answer = await fetch(menu.dataset.url);
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).prompts;
}

function prompts() {
  known ??= load().catch(() => {
    known = undefined; // asked again the next time
    return [];
  });
  return known;
}

// A prompt was sent: it is the newest now.
export async function remember(words) {
  const text = words.trim();
  place = -1;
  if (known) known = Promise.resolve([text, ...(await known).filter((each) => each !== text)]);
}

function put(words) {
  prompt.value = words;
  prompt.dispatchEvent(new Event("input", { bubbles: true }));
}

async function step(by) {
  const all = await prompts();
  if (place < 0) typed = prompt.value;
  // What stands there already is no step.
  let next = place + by;
  if (place < 0 && by > 0 && all[0] === prompt.value.trim()) next += 1;
  if (next < -1 || next >= all.length) return;
  place = next;
  const at = place < 0 ? typed : all[place];
  put(at);
  prompt.setSelectionRange(at.length, at.length);
}

prompt.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  step(event.key === "ArrowUp" ? 1 : -1);
});
prompt.addEventListener("input", (event) => event.isTrusted && (place = -1));

menu.addEventListener("toggle", async () => {
  if (!menu.open) return;
  const all = await prompts();
  if (!all.length) return;
  list.replaceChildren(
    ...all.slice(0, LISTED).map((words) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: words, dir: "auto" });
      button.addEventListener("click", () => {
        menu.open = false;
        put(words);
        prompt.focus();
      });
      return button;
    }),
  );
});
