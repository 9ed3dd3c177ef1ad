/** A small menu that opens where the pointer is and closes when anything else happens. */

import { el, icon } from "./dom.js";

/**
 * Opens a menu inside the phone.
 * @param {{x: number, y: number}} place in the window
 * @param {{icon: any, text: string, danger?: boolean, run: () => void}[]} items
 * @param {HTMLElement} from what gets the focus back
 */
export function openMenu(place, items, from) {
  const phone = /** @type {HTMLElement} */ (document.getElementById("phone"));
  phone.querySelector(".menu")?.remove();
  const ending = new AbortController();
  const close = () => {
    menu.remove();
    ending.abort();
  };
  const buttons = items.map((item) => {
    const run = () => {
      close();
      from.focus({ preventScroll: true });
      item.run();
    };
    const props = {
      type: "button",
      role: "menuitem",
      class: item.danger ? "danger" : "",
      on: { click: run },
    };
    return el("button", props, icon(item.icon), item.text);
  });
  const menu = el("div", { class: "menu", role: "menu" }, ...buttons);
  menu.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(/** @type {any} */ (document.activeElement));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    event.stopPropagation();
    if (step) {
      event.preventDefault();
      buttons[(at + step + buttons.length) % buttons.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      close();
      from.focus({ preventScroll: true });
    }
  });
  phone.append(menu);
  const frame = phone.getBoundingClientRect();
  const fit = (/** @type {number} */ at, /** @type {number} */ size, /** @type {number} */ room) =>
    Math.max(8, Math.min(at, room - size - 8));
  menu.style.left = `${fit(place.x - frame.left, menu.offsetWidth, frame.width)}px`;
  menu.style.top = `${fit(place.y - frame.top, menu.offsetHeight, frame.height)}px`;
  buttons[0].focus({ preventScroll: true });
  const outside = (/** @type {Event} */ event) =>
    !menu.contains(/** @type {Node} */ (event.target)) && close();
  for (const name of ["pointerdown", "wheel", "blur"])
    addEventListener(name, outside, { signal: ending.signal });
}
