// Times that tick: `data-elapsed` since a moment, `data-left` of a running card, `data-ago` until now, and `data-slow-at`,
// when a line appears. Words come from the browser's own language data.

const language = document.documentElement.lang;
const exact = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });
const clock = new Intl.DateTimeFormat(language, { timeStyle: "short" });
const { justNow, timeLeft } = document.getElementById("feed").dataset; // browsers would say “now”
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "narrow" });
const seconds = unit("second");
const minutes = unit("minute");
const STEPS = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

// Made when first asked for: the browser takes some 15 ms to read the names of units, and only running cards show any.
function unit(name) {
  let format;
  return (count) => (format ??= new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "narrow" })).format(count);
}

function elapsed(since) {
  return duration((Date.now() - since) / 1000);
}

function duration(passed) {
  const whole = Math.max(0, Math.floor(passed));
  const rest = seconds(whole % 60);
  return whole < 60 ? rest : `${minutes(Math.floor(whole / 60))} ${rest}`;
}

function ago(since) {
  const passed = (Date.now() - since) / 1000;
  const step = STEPS.find(([, length]) => passed >= length);
  return step ? relative.format(-Math.floor(passed / step[1]), step[0]) : justNow;
}

// From the work done so far; before there is much of it, from what such a card usually takes, unless it takes longer.
function left(line, bar) {
  const passed = (Date.now() - Date.parse(line.querySelector("[data-elapsed]").dataset.elapsed)) / 1000;
  const expected = line.querySelector("[data-left]").dataset.left - (Date.now() - line.seen) / 1000;
  const slow = line.parentElement.querySelector("[data-slow-at]:not([hidden])");
  const rest = bar.value >= (slow ? 1 : 10) ? (passed * (100 - bar.value)) / bar.value : slow ? 0 : expected;
  if (!(rest >= 1)) return "";
  const coarse = rest < 20 ? Math.ceil(rest) : Math.ceil(rest / 5) * 5;
  return ` · ${timeLeft.replace("{time}", duration(coarse))}`;
}

function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

export function tick(within = document) {
  for (const time of within.querySelectorAll("time[data-elapsed]")) {
    if (time.dataset.elapsed) write(time, elapsed(Date.parse(time.dataset.elapsed)));
  }
  for (const line of within.querySelectorAll(".job-stage")) {
    line.seen ??= Date.now();
    write(line.querySelector("[data-left]"), left(line, line.parentElement.querySelector("progress")));
  }
  for (const line of within.querySelectorAll("[data-slow-at][hidden]")) line.hidden = Date.now() < Date.parse(line.dataset.slowAt);
  for (const time of within.querySelectorAll("time[data-at]")) write(time, clock.format(Date.parse(time.dataset.at)));
  for (const time of within.querySelectorAll("time[data-ago]")) {
    const moment = Date.parse(time.dataset.ago);
    write(time, ago(moment));
    time.title ||= exact.format(moment);
  }
}
