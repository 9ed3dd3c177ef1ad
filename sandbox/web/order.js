/** One order in the panel: what it is, how long it lasts, what came, and the SMS that may be sent to it. */

import { post } from "./api.js";
import { el, fill, icon } from "./dom.js";
import { attempt, copy, toast } from "./notices.js";
import { codeIn, nastyText, plainText, realText } from "./samples.js";
import { t } from "./strings.js";
import { clockTime, countdown, keepCurrent } from "./time.js";

const OPEN = new Set(["waiting", "received"]);

export class OrderRow {
  /**
   * @param {string} slug the provider
   * @param {any} order
   * @param {string} currency
   */
  constructor(slug, order, currency) {
    this.slug = slug;
    this.order = order;
    this.currency = currency;
    this.words = el("textarea", { class: "input", rows: 2, dir: "auto", "data-testid": "sms-text" });
    this.words.value = this.sample();
    this.facts = el("div", { class: "facts" });
    this.inbox = el("ul", { class: "inbox" });
    this.deeds = el("div", { class: "deeds" });
    this.form = el("form", { class: "sms-form" });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.sendSms();
    });
    this.node = el(
      "li",
      { class: "order", "data-testid": "order", "data-order": order.id },
      this.facts,
      this.deeds,
      this.inbox,
      this.form,
    );
    this.render();
  }

  /** @returns {string} the service's name, or the provider's code where the server tells no name */
  service() {
    if (this.order.rental && this.order.service_name === null) return t("anyService");
    return this.order.service_name ?? this.order.service;
  }

  /** @returns {string} a text to send: what comes to a number for one SMS, or to one that is kept */
  sample() {
    return this.order.rental ? realText(this.order.service_name ?? "Telegram") : plainText(this.service());
  }

  /** @param {any} order the same order, later */
  update(order) {
    if (JSON.stringify(order) === JSON.stringify(this.order)) return;
    this.order = order;
    this.renderFacts();
    this.form.hidden = !OPEN.has(order.state);
  }

  /** Draws everything again in the page's present language; a text that was typed stays. */
  render() {
    this.renderFacts();
    this.form.hidden = !OPEN.has(this.order.state);
    this.words.setAttribute("aria-label", t("smsText"));
    const preset = (/** @type {string} */ label, /** @type {(service: string) => string} */ make) =>
      el("button", {
        type: "button",
        class: "chip",
        text: t(label),
        on: { click: () => (this.words.value = make(this.service())) },
      });
    fill(
      this.form,
      this.words,
      el(
        "div",
        { class: "sms-deeds" },
        el("div", { class: "row" }, preset("presetCode", plainText), preset("presetReal", realText), preset("presetHtml", nastyText)),
        el(
          "div",
          { class: "row end" },
          el("button", {
            type: "button",
            class: "small danger",
            "data-testid": "expire",
            text: t("expire"),
            on: { click: () => void this.expire() },
          }),
          el("button", {
            type: "submit",
            class: "small filled",
            "data-testid": "send-sms",
            text: t("sendSms"),
          }),
        ),
      ),
    );
  }

  renderFacts() {
    const { order } = this;
    const phone = `+${order.phone.replace(/^\+/, "")}`;
    const left = OPEN.has(order.state) && el("span", { class: "left", title: t("timeLeft") }, icon("clock"));
    if (left) left.append(keepCurrent(el("span"), () => countdown(order.expires_at)));
    fill(
      this.facts,
      el(
        "div",
        { class: "row" },
        el("b", { text: this.service() }),
        el("span", { class: "faint", text: order.country }),
        el("span", { class: "gap" }),
        order.presence && el("span", { class: `state ${order.presence}`, text: t(`presence.${order.presence}`) }),
        el("span", { class: `state ${order.state}`, text: t(`state.${order.state}`) }),
      ),
      el(
        "div",
        { class: "row" },
        el("button", {
          type: "button",
          class: "phone-number",
          title: t("copy"),
          text: phone,
          on: { click: () => copy(phone) },
        }),
        el("span", { class: "faint", text: `${order.price} ${this.currency}` }),
        el("span", { class: "gap" }),
        left,
      ),
    );
    fill(
      this.inbox,
      ...order.sms.map((/** @type {any} */ one) =>
        el(
          "li",
          {},
          el("span", { dir: "auto", text: one.text }),
          el("time", { class: "faint", text: clockTime(one.at) }),
        ),
      ),
    );
    this.inbox.hidden = order.sms.length === 0;
    fill(
      this.deeds,
      ...order.deeds.map((/** @type {string} */ deed) =>
        el("button", {
          type: "button",
          class: "chip",
          "data-testid": `deed-${deed}`,
          text: t(`deed.${deed}`),
          on: { click: () => void this.play(deed) },
        }),
      ),
    );
    this.deeds.hidden = order.deeds.length === 0;
  }

  async sendSms() {
    const text = this.words.value.trim();
    if (!text) return;
    const done = await attempt(() =>
      post(`/provider/${this.slug}/sms`, { order: this.order.id, text, code: codeIn(text) }),
    );
    if (!done) return;
    toast(t("sent", { phone: `+${this.order.phone.replace(/^\+/, "")}` }));
    this.words.value = this.sample();
  }

  /** @param {string} deed */
  async play(deed) {
    await attempt(() => post(`/provider/${this.slug}/play`, { order: this.order.id, deed }));
  }

  async expire() {
    await attempt(() => post(`/provider/${this.slug}/expire`, { order: this.order.id }));
  }
}
