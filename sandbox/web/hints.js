/** The first minute: three hints, one at a time. Each goes when it is done or dismissed, and does not come back. */

import { el, fill, iconButton } from "./dom.js";
import { copy } from "./notices.js";
import { t } from "./strings.js";

const STORED = "codebell.sandbox.hints";
const STEPS = 3;

export class Hints {
  /**
   * @param {HTMLElement} root
   * @param {{openPanel: () => void, panelShown: () => boolean}} deeds
   */
  constructor(root, deeds) {
    this.root = root;
    this.deeds = deeds;
    this.done = Number(localStorage.getItem(STORED) ?? 0);
    /** @type {string|null} */
    this.key = null;
  }

  /** @param {string} text what the user sent */
  sent(text) {
    if (text.startsWith("/start")) this.reach(1);
    if (this.key !== null && text.includes(this.key)) this.reach(2);
  }

  /** @param {any[]} providers as the server lists them */
  seen(providers) {
    this.key = providers.flatMap((provider) => provider.keys)[0]?.key ?? null;
    const orders = providers.flatMap((provider) => provider.orders);
    if (orders.length > 0) this.reach(2);
    if (orders.some((order) => order.sms.length > 0)) this.reach(3);
    this.render();
  }

  /** @param {number} step that many hints are behind us */
  reach(step) {
    if (step <= this.done) return;
    this.done = step;
    localStorage.setItem(STORED, String(step));
    this.render();
  }

  render() {
    this.root.hidden = this.done >= STEPS;
    if (this.root.hidden) return;
    const steps = el("span", { class: "steps", "aria-hidden": "true" });
    for (let step = 0; step < STEPS; step += 1)
      steps.append(el("i", { class: step <= this.done ? "on" : "" }));
    const body = el(
      "div",
      { class: "hint-body" },
      el("p", { text: t(["hintStart", "hintKey", "hintSms"][this.done]) }),
      this.extra(),
    );
    const dismiss = iconButton("close", t("dismiss"), () => this.reach(this.done + 1), {
      "data-testid": "dismiss-hint",
    });
    fill(this.root, steps, body, dismiss);
  }

  /** @returns {Node|null} what belongs under the words of this hint */
  extra() {
    const { key } = this;
    if (this.done === 1 && key !== null) {
      const press = () => copy(key);
      return el(
        "button",
        { type: "button", class: "chip", "data-testid": "demo-key", title: t("copy"), on: { click: press } },
        el("code", { text: key }),
        t("copy"),
      );
    }
    if (this.done === 2 && !this.deeds.panelShown()) {
      return el("button", {
        type: "button",
        class: "chip",
        text: t("openPanel"),
        on: { click: this.deeds.openPanel },
      });
    }
    return null;
  }
}
