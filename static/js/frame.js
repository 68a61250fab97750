// What every page's frame does: the theme button, and menus that close themselves.

const root = document.documentElement;
const themeButton = document.querySelector("[data-toggle-theme]");
themeButton.hidden = false;
themeButton.addEventListener("click", () => {
  const theme = root.classList.contains("dark") ? "light" : "dark";
  root.dataset.theme = theme;
  const { url, token } = themeButton.dataset;
  fetch(url, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ theme }) });
});

const openMenus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    event.preventDefault(); // a key that closes a menu does nothing else
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// What the server has to say is read out once the page is there.
const told = document.querySelector(".messages");
if (told) setTimeout(() => (document.getElementById("live-region").textContent = told.innerText));
