/**
 * Building DOM nodes. Text always travels as text nodes, so nothing a bot or a person wrote can become markup.
 */

/**
 * Makes an element.
 * @param {string} tag
 * @param {Object<string, any>} [props] `class`, `on` (listeners by event name), `text`; anything else is an attribute
 *     (true gives an empty one; false, null and undefined give none).
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {any} the element
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "on")
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SHAPES = {
  send: "M3.4 20.4 21 12 3.4 3.6 3.4 10.2 15 12 3.4 13.8Z",
  menu: "M4 6.5h16M4 12h16M4 17.5h10",
  sound: "M4 9.5v5h3.5L12 19V5L7.5 9.5ZM15.5 8.5a5 5 0 0 1 0 7M18 6a8.5 8.5 0 0 1 0 12",
  muted: "M4 9.5v5h3.5L12 19V5L7.5 9.5ZM16 9.5l5 5M21 9.5l-5 5",
  block: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM6 6l12 12",
  panel: "M4 5h16v14H4ZM14.5 5v14",
  close: "M6 6l12 12M18 6 6 18",
  copy: "M9 9h10.5v10.5H9ZM15 9V4.5H4.5V15H9",
  link: "M8 16 17 7M10 7h7v7",
  down: "M6 9.5l6 6 6-6",
  reply: "M10 6 4 12l6 6v-4c5 0 8 1.5 10 4.5C19.5 13 16.5 10 10 10Z",
  bin: "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c.6-4 3.5-6 7.5-6s6.9 2 7.5 6",
  globe:
    "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
  chat: "M4 5h16v11.5H11L6.5 20v-3.5H4Z",
  file: "M6 3.5h8l4.5 4.5v12.5H6ZM14 3.5V8h4.5",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2",
};

/**
 * Makes a line icon that takes the colour of the text around it.
 * @param {keyof typeof SHAPES} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/**
 * Makes a round button that shows an icon only.
 * @param {keyof typeof SHAPES} shape
 * @param {string} label what it does, for screen readers and as a tooltip
 * @param {() => void} press
 * @param {Object<string, any>} [props] further properties for `el`
 * @returns {HTMLButtonElement}
 */
export function iconButton(shape, label, press, props = {}) {
  return el(
    "button",
    { type: "button", class: "round", "aria-label": label, title: label, on: { click: press }, ...props },
    icon(shape),
  );
}

/**
 * Puts other children into a node.
 * @param {Element} node
 * @param {...(Node|string|null|undefined|false)} children
 */
export function fill(node, ...children) {
  node.replaceChildren(
    ...children.filter((child) => child !== null && child !== undefined && child !== false),
  );
}
