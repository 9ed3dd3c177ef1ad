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
    else if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SHAPES = {
  send: "M3.4 20.4 21 12 3.400 3.600 3.400 10.200 15 12 3.400 13.800Z",
  menu: "M4 6.500h16M4 12h16M4 17.500h10",
  sound: "M4 9.500v5h3.500L12 19V5L7.500 9.500ZM15.500 8.500a5 5 0 0 1 0 7M18 6a8.500 8.500 0 0 1 0 12",
  muted: "M4 9.500v5h3.500L12 19V5L7.500 9.500ZM16 9.500l5 5M21 9.500l-5 5",
  block: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM6 6l12 12",
  panel: "M4 5h16v14H4ZM14.500 5v14",
  close: "M6 6l12 12M18 6 6 18",
  copy: "M9 9h10.500v10.500H9ZM15 9V4.500H4.500V15H9",
  link: "M8 16 17 7M10 7h7v7",
  down: "M6 9.500l6 6 6-6",
  reply: "M10 6 4 12l6 6v-4c5 0 8 1.500 10 4.500C19.500 13 16.500 10 10 10Z",
  bin: "M5 7h14M10 7V4.500h4V7M7 7l1 12.500h8L17 7",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 20c.6-4 3.500-6 7.500-6s6.900 2 7.500 6",
  globe: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM3.500 12h17M12 3.500c5 5 5 12 0 17M12 3.500c-5 5-5 12 0 17",
  chat: "M4 5h16v11.500H11L6.500 20v-3.500H4Z",
  file: "M6 3.500h8l4.500 4.500v12.500H6ZM14 3.500V8h4.500",
  clock: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM12 7.500V12l3 2",
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
  node.replaceChildren(...children.filter((child) => child !== null && child !== undefined && child !== false));
}
