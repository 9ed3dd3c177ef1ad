/** Times as people read them: the sandbox's clock, the reader's zone and language, and texts that keep themselves current. */

import { language, t } from "./strings.js";

let offset = 0;

/**
 * Aligns this page with the sandbox's clock. Less than two seconds apart is the way of the answer, not another time.
 * @param {number} unix the server's time in seconds
 */
export function setClock(unix) {
  const difference = unix - Date.now() / 1000;
  offset = Math.abs(difference) < 2 ? 0 : difference;
}

/** @returns {number} the sandbox's time, Unix seconds */
export function now() {
  return Date.now() / 1000 + offset;
}

const DAY = { day: "numeric", month: "long" };
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/**
 * @param {number} unix
 * @param {Intl.DateTimeFormatOptions} options
 */
function shown(unix, options) {
  return new Intl.DateTimeFormat(language(), options).format(unix * 1000);
}

/** @param {number} unix */
export function clockTime(unix) {
  return shown(unix, CLOCK);
}

/** @param {number} unix @returns {string} date and time to the second */
export function fullTime(unix) {
  return shown(unix, { ...DAY, year: "numeric", ...CLOCK, second: "2-digit" });
}

/** @param {number} unix @returns {string} a key that two times of one local day share */
export function dayKey(unix) {
  return new Date(unix * 1000).toDateString();
}

/** @param {number} unix @returns {string} the heading above a day's messages */
export function dayName(unix) {
  if (dayKey(unix) === dayKey(now())) return t("today");
  return shown(
    unix,
    dayKey(unix).endsWith(String(new Date(now() * 1000).getFullYear())) ? DAY : { ...DAY, year: "numeric" },
  );
}

/** @param {number} unix @returns {string} such as "in 14 minutes", "2 days ago" */
export function relativeTime(unix) {
  const seconds = Math.round(unix - now());
  const format = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  for (const [unit, length] of [
    ["year", 31_536_000],
    ["month", 2_592_000],
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
  ]) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return format.format(seconds, "second");
}

/** @param {number} unix @returns {string} what is left as m:ss, with hours or days where there are any, never below zero */
export function countdown(unix) {
  const left = Math.max(0, Math.ceil(unix - now()));
  const days = Math.floor(left / 86_400);
  const hours = Math.floor(left / 3600) % 24;
  const minutes = Math.floor(left / 60) % 60;
  const pair = (/** @type {number} */ value) => String(value).padStart(2, "0");
  if (days) {
    const unit = { style: "unit", unit: "day", unitDisplay: "short" };
    return `${new Intl.NumberFormat(language(), unit).format(days)} ${hours}:${pair(minutes)}`;
  }
  return hours ? `${hours}:${pair(minutes)}:${pair(left % 60)}` : `${minutes}:${pair(left % 60)}`;
}

/**
 * Formats a `date_time` entity (Bot API, *Date-time entity formatting*): `r` is relative, otherwise a weekday (`w`), a
 * date (`d` short, `D` long) and a time of day (`t` short, `T` with seconds) in that order, each optional.
 * @param {number} unix
 * @param {string} format
 * @param {string} fallback what the bot wrote, shown where the format is empty or unknown
 */
export function entityTime(unix, format, fallback) {
  if (format === "r") return relativeTime(unix);
  if (!/^w?[dD]?[tT]?$/.test(format) || format === "") return fallback;
  const parts = [];
  if (format.includes("w")) parts.push(shown(unix, { weekday: "long" }));
  if (format.includes("D")) parts.push(shown(unix, { ...DAY, year: "numeric" }));
  if (format.includes("d")) parts.push(shown(unix, { day: "2-digit", month: "2-digit", year: "2-digit" }));
  if (format.includes("t")) parts.push(clockTime(unix));
  if (format.includes("T")) parts.push(shown(unix, { ...CLOCK, second: "2-digit" }));
  return parts.join(", ");
}

/** @type {Set<{node: Node, text: () => string}>} */
const living = new Set();

/**
 * Keeps a node's text current for as long as the node is in the page.
 * @template {Node} N
 * @param {N} node
 * @param {() => string} text
 * @returns {N} the same node
 */
export function keepCurrent(node, text) {
  node.textContent = text();
  living.add({ node, text });
  return node;
}

/** Redraws every living text once a second; those that left the page are forgotten. */
export function startTicking() {
  setInterval(() => {
    for (const entry of living) {
      if (!entry.node.isConnected) {
        living.delete(entry);
        continue;
      }
      const text = entry.text();
      if (entry.node.textContent !== text) entry.node.textContent = text;
    }
  }, 1000);
}
