/** Inline keyboards under messages, and reply keyboards under the composer. */

import { el, icon } from "./dom.js";
import { copy } from "./notices.js";

const STYLES = new Set(["primary", "success", "danger", "link"]);
const SPINNER_SECONDS = 20;

/**
 * Builds an inline keyboard.
 * @param {any[][]} rows of InlineKeyboardButton
 * @param {(button: any, node: HTMLButtonElement) => void} press a callback button was pressed
 * @returns {HTMLElement}
 */
export function inlineKeyboard(rows, press) {
  const lines = rows.map((row) =>
    el("div", { class: "keys" }, ...row.map((button) => inlineButton(button, press))),
  );
  return el("div", { class: "keyboard", role: "group" }, ...lines);
}

/**
 * @param {any} button
 * @param {(button: any, node: HTMLButtonElement) => void} press
 * @returns {HTMLElement}
 */
function inlineButton(button, press) {
  const style = STYLES.has(button.style) ? ` ${button.style}` : "";
  const props = { class: `key${style}`, "data-testid": "button", title: button.text };
  const label = el("span", { class: "label", text: button.text });
  if (button.url && /^(https?|tg):/i.test(button.url)) {
    const address = {
      ...props,
      href: button.url,
      target: "_blank",
      rel: "noopener noreferrer",
      title: button.url,
    };
    return el("a", address, label, icon("link"));
  }
  if (button.copy_text) {
    return el(
      "button",
      { type: "button", ...props, on: { click: () => copy(button.copy_text.text) } },
      label,
      icon("copy"),
    );
  }
  if (button.disabled || button.callback_data === undefined) {
    return el("button", { type: "button", ...props, disabled: true }, label);
  }
  const node = el("button", { type: "button", ...props, "data-callback": button.callback_data }, label);
  node.addEventListener("click", () => node.getAttribute("aria-busy") !== "true" && press(button, node));
  return node;
}

/**
 * Shows that a button waits for the bot's answer, at most for as long as Telegram's clients would wait.
 * @param {HTMLElement} node
 * @returns {() => void} ends the waiting
 */
export function busy(node) {
  node.setAttribute("aria-busy", "true");
  const stop = () => {
    clearTimeout(timer);
    node.removeAttribute("aria-busy");
  };
  const timer = setTimeout(stop, SPINNER_SECONDS * 1000);
  return stop;
}

/**
 * Builds a reply keyboard: its buttons send their own label.
 * @param {any[][]} rows of KeyboardButton
 * @param {(text: string) => void} send
 * @returns {HTMLElement}
 */
export function replyKeyboard(rows, send) {
  const lines = rows.map((row) =>
    el(
      "div",
      { class: "keys" },
      ...row.map((button) => {
        const text = typeof button === "string" ? button : button.text;
        const style = STYLES.has(button.style) ? ` ${button.style}` : "";
        return el("button", {
          type: "button",
          class: `key${style}`,
          text,
          "data-testid": "reply-button",
          on: { click: () => send(text) },
        });
      }),
    ),
  );
  return el("div", { class: "reply-keyboard", role: "group" }, ...lines);
}
