// Keeps the dashboard's figures fresh while somebody looks: the same page is asked again and its figures are put in.

const EVERY = 15_000; // ms

async function refresh() {
  const figures = document.querySelector("#figures");
  if (document.hidden || figures.contains(document.activeElement) || figures.matches(":hover")) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#figures");
  if (fresh) figures.replaceWith(fresh);
}

setInterval(() => refresh().catch(() => {}), EVERY); // a server that is away is asked again
