// Short words about something that was done; seen for a while, and heard once.

const SHOWN = 5_000; // ms
const shelf = document.getElementById("toasts");

export function say(words) {
  if (words) document.getElementById("live-region").textContent = words;
}

// `link` leads on: { url, words }.
export function toast(words, link) {
  const note = Object.assign(document.createElement("p"), { className: "toast", textContent: words });
  if (link) note.append(" ", Object.assign(document.createElement("a"), { href: link.url, textContent: link.words }));
  shelf.append(note);
  say(words);
  const fade = () => (shelf.matches(":hover") ? setTimeout(fade, SHOWN) : note.remove());
  setTimeout(fade, SHOWN);
}
