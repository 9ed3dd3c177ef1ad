/** Short words to the reader: a toast that goes by itself, and a dialog that wants an OK; and copying, which ends in a toast. */

import { el } from "./dom.js";
import { t } from "./strings.js";

const TOAST_SECONDS = 3.5;
const TOASTS = 2; // at once

/** @param {string} text */
export function toast(text) {
  const node = el("div", { class: "toast", role: "status", "data-testid": "toast", text });
  const stack = /** @type {HTMLElement} */ (document.getElementById("toasts"));
  stack.append(node);
  while (stack.children.length > TOASTS) stack.firstElementChild?.remove();
  setTimeout(() => node.classList.add("leaving"), TOAST_SECONDS * 1000);
  setTimeout(() => node.remove(), TOAST_SECONDS * 1000 + 300);
}

/**
 * Opens a modal dialog that is removed when it closes.
 * @param {Object<string, any>} props for `el`
 * @param {...Node} children
 * @returns {HTMLDialogElement}
 */
export function openDialog(props, ...children) {
  const dialog = el("dialog", props, ...children);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.getElementById("phone")?.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Shows what a callback answer with `show_alert` says.
 * @param {string} title
 * @param {string} text
 */
export function showAlert(title, text) {
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { text: title }),
    el("p", { text }),
    el("div", { class: "row end" }, el("button", { class: "plain", text: t("ok"), autofocus: true })),
  );
  openDialog({ class: "dialog", "data-testid": "alert", "aria-label": title }, form);
}

/** @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("copied", { text: text.length > 40 ? `${text.slice(0, 40)}…` : text }));
  } catch {
    toast(t("copyRefused"));
  }
}

/**
 * Runs an action; what goes wrong becomes a toast.
 * @template T
 * @param {() => Promise<T>} action
 * @returns {Promise<T|null>} null when it failed
 */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error));
    return null;
  }
}
