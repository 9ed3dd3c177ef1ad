/**
 * Message entities (Bot API, *MessageEntity*) as DOM nodes. Offsets and lengths count UTF-16 code units, as JavaScript
 * strings do, so they are used as they come.
 */

import { el } from "./dom.js";
import { copy, toast } from "./notices.js";
import { t } from "./strings.js";
import { entityTime, fullTime, keepCurrent } from "./time.js";

/**
 * @typedef {{type: string, offset: number, length: number, url?: string, language?: string, unix_time?: number,
 *            date_time_format?: string, user?: {first_name: string}}} Entity
 */

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const FOLDED_LINES = 3;

/**
 * Turns a text with entities into nodes.
 * @param {string} text
 * @param {Entity[]|undefined} entities in any order, nested or overlapping
 * @param {(text: string) => void} send sends a command that was pressed
 * @returns {DocumentFragment}
 */
export function formatted(text, entities, send) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return range(text, 0, text.length, sorted, send);
}

/**
 * Builds one stretch of the text. An entity that reaches over the end of its surroundings is cut there and goes on after.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {Entity[]} entities those that begin in this stretch, sorted
 * @param {(text: string) => void} send
 */
function range(text, start, end, entities, send) {
  const nodes = document.createDocumentFragment();
  const waiting = [...entities];
  let at = start;
  while (waiting.length > 0) {
    const entity = /** @type {Entity} */ (waiting.shift());
    const from = Math.max(at, entity.offset);
    const to = Math.min(end, entity.offset + entity.length);
    if (to <= from) continue;
    nodes.append(text.slice(at, from));
    const inner = [];
    const rest = [];
    for (const other of waiting) {
      const stop = other.offset + other.length;
      if (other.offset >= to) {
        rest.push(other);
        continue;
      }
      inner.push({ ...other, length: Math.min(stop, to) - other.offset });
      if (stop > to) rest.push({ ...other, offset: to, length: stop - to });
    }
    waiting.splice(0, waiting.length, ...rest.sort((a, b) => a.offset - b.offset || b.length - a.length));
    nodes.append(element(entity, text.slice(from, to), range(text, from, to, inner, send), send));
    at = to;
    if (BLOCKS.has(entity.type) && text[at] === "\n") at += 1; // a block ends its own line
  }
  nodes.append(text.slice(at, end));
  return nodes;
}

/**
 * @param {Entity} entity
 * @param {string} text what it covers
 * @param {DocumentFragment} inner the same with the entities inside it
 * @param {(text: string) => void} send
 * @returns {Node}
 */
function element(entity, text, inner, send) {
  switch (entity.type) {
    case "bold":
    case "italic":
    case "underline":
    case "strikethrough":
      return el(TAGS[entity.type], {}, inner);
    case "code":
      return pressable("code", t("copy"), () => copy(text), inner);
    case "pre":
      return pressable("pre", t("copy"), () => copy(text), inner);
    case "spoiler":
      return spoiler(inner);
    case "blockquote":
      return el("blockquote", {}, inner);
    case "expandable_blockquote":
      return foldedQuote(text, inner);
    case "text_link":
      return link(entity.url ?? "", inner);
    case "url":
      return link(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`, inner);
    case "email":
      return link(`mailto:${text}`, inner);
    case "phone_number":
      return pressable("span", t("copy"), () => copy(text), inner, "linked");
    case "bot_command":
      return pressable("span", `${t("send")} ${text}`, () => send(text), inner, "linked");
    case "date_time":
      return moment(entity, text);
    case "custom_emoji":
      return el("span", { class: "custom-emoji", role: "img", "aria-label": text }, inner);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "linked" }, inner);
    default:
      return inner;
  }
}

/**
 * Makes an element that acts like a button inside a line of text, by mouse and by keyboard.
 * @param {string} tag
 * @param {string} title
 * @param {(event: Event) => void} press
 * @param {Node} inner
 * @param {string} [name] its class
 * @returns {HTMLElement}
 */
function pressable(tag, title, press, inner, name) {
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.target !== event.currentTarget || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation(); // Enter on the message itself opens its actions
    press(event);
  };
  return el(
    tag,
    { class: name, role: "button", tabindex: 0, title, on: { click: press, keydown: keys } },
    inner,
  );
}

/** @param {Node} inner @returns {HTMLElement} text under a veil, out of reach until a press takes the veil away */
function spoiler(inner) {
  const cover = el("span", { class: "covered", inert: true }, inner);
  const reveal = () => {
    node.classList.add("open");
    cover.removeAttribute("inert");
    for (const name of ["role", "tabindex", "title", "aria-label"]) node.removeAttribute(name);
  };
  const node = pressable("span", t("hiddenText"), reveal, cover, "spoiler");
  node.setAttribute("aria-label", t("hiddenText"));
  return node;
}

/**
 * @param {string} text
 * @param {Node} inner
 * @returns {HTMLElement} a quote of which a few lines show until it is pressed
 */
function foldedQuote(text, inner) {
  const quote = el("blockquote", { class: "expandable" }, el("span", { class: "quoted" }, inner));
  if (text.split("\n").length <= FOLDED_LINES && text.length < 120) return quote;
  quote.classList.add("folded");
  const sign = el("button", {
    type: "button",
    class: "unfold",
    "aria-expanded": "false",
    "aria-label": t("more"),
  });
  const turn = () => {
    if (getSelection()?.toString()) return; // selecting words in the quote is not pressing it
    const folded = quote.classList.toggle("folded");
    sign.setAttribute("aria-expanded", String(!folded));
    sign.setAttribute("aria-label", folded ? t("more") : t("less"));
  };
  quote.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a, code, pre, .linked, .spoiler")) return;
    turn();
  });
  quote.append(sign);
  return quote;
}

/**
 * @param {string} address
 * @param {Node} inner
 * @returns {Node} a link that opens elsewhere; only schemes that cannot run anything here become links
 */
function link(address, inner) {
  if (!/^(https?|tg|mailto|tel):/i.test(address))
    return el("span", { class: "linked", title: address }, inner);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: address }, inner);
}

/**
 * @param {Entity} entity
 * @param {string} text
 * @returns {HTMLElement} a moment in the reader's zone and language, kept current
 */
function moment(entity, text) {
  const unix = entity.unix_time ?? 0;
  const tell = () => toast(fullTime(unix));
  const node = pressable("time", fullTime(unix), tell, document.createTextNode(""));
  node.setAttribute("datetime", new Date(unix * 1000).toISOString());
  return keepCurrent(node, () => entityTime(unix, entity.date_time_format ?? "", text));
}
