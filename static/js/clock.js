// Times that tick: `data-elapsed` since a moment, `data-ago` until now; words come from the browser's own language data.

const language = document.documentElement.lang;
const exact = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });
const { justNow } = document.getElementById("feed").dataset; // browsers would say “now”
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "narrow" });
const unit = (name) => new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "narrow" });
const seconds = unit("second");
const minutes = unit("minute");
const STEPS = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

function elapsed(since) {
  const whole = Math.max(0, Math.floor((Date.now() - since) / 1000));
  const rest = seconds.format(whole % 60);
  return whole < 60 ? rest : `${minutes.format(Math.floor(whole / 60))} ${rest}`;
}

function ago(since) {
  const passed = (Date.now() - since) / 1000;
  const step = STEPS.find(([, length]) => passed >= length);
  return step ? relative.format(-Math.floor(passed / step[1]), step[0]) : justNow;
}

function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

export function tick(within = document) {
  for (const time of within.querySelectorAll("time[data-elapsed]")) {
    if (time.dataset.elapsed) write(time, elapsed(Date.parse(time.dataset.elapsed)));
  }
  for (const time of within.querySelectorAll("time[data-ago]")) {
    const moment = Date.parse(time.dataset.ago);
    write(time, ago(moment));
    time.title ||= exact.format(moment);
  }
}
