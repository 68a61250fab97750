// Runs before the first paint: the chosen theme, else the system's, as one class on <html>; and that scripts run here.
(() => {
  const root = document.documentElement;
  root.dataset.theme ??= document.currentScript.dataset.theme; // where the page's own <html> does not say it
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const dark = root.dataset.theme === "dark" || (root.dataset.theme !== "light" && system.matches);
    root.classList.toggle("dark", dark);
    root.classList.toggle("light", !dark);
  };
  system.addEventListener("change", apply);
  new MutationObserver(apply).observe(root, { attributeFilter: ["data-theme"] });
  apply();
  root.dataset.scripts = ""; // what waits for a script waits no longer once one of them does not come
  addEventListener("error", () => delete root.dataset.scripts, true);
})();
