// A notification of the browser when a task is finished and nobody looks at the page. Chosen in each browser for itself.

const KEY = "notify-finished";
const FINAL = ["succeeded", "partial", "failed"]; // who cancels knows it

export const wanted = () => localStorage.getItem(KEY) === "yes" && globalThis.Notification?.permission === "granted";

export function choose(yes) {
  localStorage.setItem(KEY, yes ? "yes" : "no");
}

const active = new Map(); // jobs that were seen waiting or running, with their card: only its end is news

// Called with each state of a job that the live channel tells, before its card is rendered anew.
export function finished(job) {
  const id = job.group ?? job.id;
  const card = document.getElementById(`job-${id}`);
  if ([job.status, card?.dataset.status].some((status) => ["queued", "running"].includes(status))) active.set(job.id, id);
  if (!FINAL.includes(job.status) || !active.delete(job.id) || [...active.values()].includes(id)) return;
  if (document.hidden && wanted()) tell(job, id);
}

// The tag lets several open pages show one notification.
function tell(job, id) {
  const words = document.getElementById("feed").getAttribute(`data-told-${job.status}`);
  const title = words.replace("0", job.number);
  const icon = job.images.find((image) => image.thumbnail_url && !image.sensitive)?.thumbnail_url;
  const notice = new Notification(title, { body: job.prompt.slice(0, 120), icon, tag: `job-${id}` });
  notice.addEventListener("click", () => {
    window.focus();
    document.getElementById(`job-${id}`)?.scrollIntoView({ block: "center" });
    notice.close();
  });
}
