/** The command menu: a list from the button, or suggestions while a command is typed. */

import { el, fill, icon } from "./dom.js";
import { attempt } from "./notices.js";
import { t } from "./strings.js";

export class Commands {
  /**
   * @param {{field: HTMLTextAreaElement, load: () => Promise<{command: string, description: string}[]>,
   *          choose: (command: string) => void}} parts
   */
  constructor({ field, load, choose }) {
    this.field = field;
    this.load = load;
    this.choose = choose;
    /** @type {{command: string, description: string}[]|null} */
    this.known = null;
    /** @type {{command: string, description: string}[]} */
    this.shown = [];
    this.at = 0;
    this.popup = el("div", {
      class: "commands",
      id: "commands",
      role: "listbox",
      hidden: true,
      "data-testid": "commands",
    });
    this.button = el(
      "button",
      {
        type: "button",
        class: "round menu-button",
        "data-testid": "command-menu",
        "aria-controls": "commands",
        "aria-expanded": "false",
      },
      icon("menu"),
    );
    this.button.addEventListener("click", () => (this.popup.hidden ? void this.open("") : this.close()));
    field.addEventListener("input", () => void this.suggest());
    field.addEventListener("blur", () => setTimeout(() => this.leave(), 0));
    field.setAttribute("aria-controls", "commands");
    field.setAttribute("aria-autocomplete", "list");
  }

  /** Draws the fixed words again. */
  render() {
    this.button.setAttribute("aria-label", t("commands"));
    this.button.title = t("commands");
    this.popup.setAttribute("aria-label", t("commands"));
  }

  /** The list may have changed: it is asked for again when it is needed. */
  forget() {
    this.known = null;
    this.close();
  }

  close() {
    this.popup.hidden = true;
    this.shown = [];
    this.button.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  /** Closes when the focus went anywhere but into the list. */
  leave() {
    const at = document.activeElement;
    if (at !== this.field && at !== this.button && !this.popup.contains(at)) this.close();
  }

  async suggest() {
    const typed = /^\/(\w*)$/.exec(this.field.value);
    if (typed) await this.open(typed[1]);
    else this.close();
  }

  /**
   * Shows the commands that begin with what was typed.
   * @param {string} start
   */
  async open(start) {
    this.known ??= await attempt(this.load);
    const typed = /^\/(\w*)$/.exec(this.field.value);
    if (start !== "" && typed?.[1] !== start) return; // typed on while the list was loading
    this.shown = (this.known ?? []).filter((one) => one.command.startsWith(start.toLowerCase()));
    this.at = 0;
    if (this.shown.length === 0 && start !== "") {
      this.close();
      return;
    }
    this.popup.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.draw();
    if (document.activeElement === this.button) this.field.focus();
  }

  draw() {
    const rows = this.shown.map((one, index) =>
      el(
        "div",
        {
          class: "command",
          role: "option",
          id: `command-${index}`,
          "aria-selected": String(index === this.at),
          "data-testid": "command",
        },
        el("b", { text: `/${one.command}` }),
        el("span", { text: one.description }),
      ),
    );
    rows.forEach((row, index) => {
      row.addEventListener("pointerdown", (/** @type {Event} */ event) => event.preventDefault()); // the field keeps the focus
      row.addEventListener("click", () => this.take(index));
    });
    fill(this.popup, ...(rows.length > 0 ? rows : [el("p", { class: "faint", text: t("noCommands") })]));
    this.field.setAttribute("aria-activedescendant", `command-${this.at}`);
    rows[this.at]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} index */
  take(index) {
    const { command } = this.shown[index];
    this.close();
    if (this.field.value.startsWith("/")) this.field.value = "";
    this.choose(command);
  }

  /**
   * @param {KeyboardEvent} event in the field
   * @returns {boolean} whether the list took it
   */
  key(event) {
    if (this.popup.hidden || this.shown.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const exact = this.field.value === `/${this.shown[this.at].command}`;
    if (step) this.at = (this.at + step + this.shown.length) % this.shown.length;
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab") this.field.value = `/${this.shown[this.at].command} `;
    else if (event.key === "Enter" && !exact) this.take(this.at);
    else return false;
    event.preventDefault();
    if (event.key === "Tab") this.close();
    else if (step) this.draw();
    return true;
  }
}
