/** The pieces that the panel's forms are made of. */

import { el } from "./dom.js";

/**
 * A labelled input or select.
 * @param {string} label
 * @param {HTMLElement} control
 * @param {string} [name] a class
 */
export function labelled(label, control, name = "") {
  return el("label", { class: `labelled ${name}` }, el("span", { text: label }), control);
}

/**
 * A part of the panel that folds.
 * @param {string} title
 * @param {boolean} open
 * @param {...Node} children
 */
export function section(title, open, ...children) {
  return el("details", { class: "section", open }, el("summary", { text: title }), ...children);
}

/**
 * @param {() => void} submit
 * @param {...Node} children
 */
export function form(submit, ...children) {
  const node = el("form", { class: "form" }, ...children);
  node.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    submit();
  });
  return node;
}
