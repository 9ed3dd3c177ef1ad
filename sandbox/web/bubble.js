/** One message as a bubble: who, the quoted line, files, text, time, buttons. */

import { fileUrl } from "./api.js";
import { el, icon } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./keyboards.js";
import { openDialog } from "./notices.js";
import { language, t } from "./strings.js";
import { clockTime, fullTime } from "./time.js";

/**
 * What a message can ask of the page.
 * @typedef {object} Deeds
 * @property {(text: string) => void} send
 * @property {(message: any, button: any, node: HTMLButtonElement) => void} press
 * @property {(id: number) => void} jump
 * @property {(message: any, place: {x: number, y: number}, from: HTMLElement) => void} menu
 */

/** @param {any} message @returns {string} a line that says what is in it */
export function summary(message) {
  const words = message.text ?? message.caption;
  if (words) return words.replace(/\s+/g, " ");
  if (message.photo) return t("photo");
  return message.document?.file_name ?? t("message");
}

/** @param {any} message @returns {string} */
export function senderName(message) {
  return message.out
    ? t("you")
    : [message.from?.first_name, message.from?.last_name].filter(Boolean).join(" ");
}

/**
 * Builds a message.
 * @param {any} message Bot API Message, with `out`
 * @param {Deeds} deeds
 * @param {{group: boolean}} chat
 * @returns {HTMLElement}
 */
export function bubble(message, deeds, chat) {
  const service = serviceText(message);
  if (service) {
    return el("article", {
      class: "service",
      tabindex: -1,
      "data-testid": "message",
      "data-message-id": message.message_id,
      text: service,
    });
  }
  const text = message.text ?? message.caption ?? "";
  const entities = message.text === undefined ? message.caption_entities : message.entities;
  const side = message.out ? "out" : "in";
  const rows = message.reply_markup?.inline_keyboard;
  const body = el(
    "div",
    { class: "bubble" },
    chat.group &&
      !message.out &&
      el("div", { class: `author hue${(message.from?.id ?? 0) % 6}`, text: senderName(message) }),
    message.reply_to_message && quotedLine(message.reply_to_message, deeds),
    message.photo && photo(message.photo),
    message.document && file(message.document),
    text && el("div", { class: "text", dir: "auto" }, formatted(text, entities, deeds.send)),
    !text &&
      !message.photo &&
      !message.document &&
      el("div", { class: "text faint", text: t("unsupported") }),
    el(
      "div",
      { class: "stamp", title: fullTime(message.edit_date ?? message.date) },
      message.edit_date && el("span", { text: t("edited") }),
      el("time", { datetime: new Date(message.date * 1000).toISOString(), text: clockTime(message.date) }),
    ),
    handle(message, deeds),
  );
  return el(
    "article",
    {
      class: `message ${side}${message.photo ? " pictured" : ""}`,
      tabindex: -1,
      "data-testid": "message",
      "data-message-id": message.message_id,
      "aria-label": `${senderName(message)}, ${clockTime(message.date)}`,
    },
    body,
    rows?.length > 0 && inlineKeyboard(rows, (button, node) => deeds.press(message, button, node)),
  );
}

/** @param {any} message @param {Deeds} deeds @returns {HTMLElement} the small arrow that opens the actions */
function handle(message, deeds) {
  const node = el(
    "button",
    { type: "button", class: "handle", tabindex: -1, "aria-label": t("actions"), title: t("actions") },
    icon("down"),
  );
  node.addEventListener("click", () => {
    const box = node.getBoundingClientRect();
    deeds.menu(message, { x: box.left, y: box.bottom }, node);
  });
  return node;
}

/** @param {any} original @param {Deeds} deeds @returns {HTMLElement} */
function quotedLine(original, deeds) {
  return el(
    "button",
    { type: "button", class: "quoted-line", on: { click: () => deeds.jump(original.message_id) } },
    el("b", { text: senderName(original) || t("message") }),
    el("span", { text: summary(original) }),
  );
}

/** @param {any[]} sizes @returns {HTMLElement} the largest size; a press shows it over the page */
function photo(sizes) {
  const largest = sizes.reduce((best, size) =>
    size.width * size.height > best.width * best.height ? size : best,
  );
  const props = {
    src: fileUrl(largest.file_id),
    alt: t("photo"),
    width: largest.width,
    height: largest.height,
  };
  const open = () => {
    const dialog = openDialog(
      { class: "picture", "aria-label": t("photo") },
      el("img", { src: props.src, alt: props.alt }),
    );
    dialog.addEventListener("click", () => dialog.close());
  };
  return el(
    "button",
    { type: "button", class: "photo", "aria-label": t("photo"), on: { click: open } },
    el("img", props),
  );
}

/** @param {any} document @returns {HTMLElement} */
function file(document) {
  const name = document.file_name ?? "file";
  return el(
    "a",
    { class: "file", href: fileUrl(document.file_id), download: name, "data-testid": "document" },
    el("span", { class: "disc" }, icon("file")),
    el(
      "span",
      { class: "about" },
      el("b", { text: name }),
      document.file_size !== undefined && el("small", { text: size(document.file_size) }),
    ),
  );
}

/** @param {number} bytes */
function size(bytes) {
  const [value, unit] =
    bytes < 1024
      ? [bytes, "byte"]
      : bytes < 1_048_576
        ? [bytes / 1024, "kilobyte"]
        : [bytes / 1_048_576, "megabyte"];
  return new Intl.NumberFormat(language(), { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}

/** @param {any} message @returns {string|null} the words for what happened in the chat, null for what somebody wrote */
function serviceText(message) {
  const name = (/** @type {any} */ person) => person?.first_name ?? "";
  if (message.new_chat_members)
    return message.new_chat_members
      .map((/** @type {any} */ one) => t("joined", { name: name(one) }))
      .join("\n");
  if (message.left_chat_member) return t("left", { name: name(message.left_chat_member) });
  if (message.pinned_message) return t("pinned", { name: name(message.from) });
  return null;
}
