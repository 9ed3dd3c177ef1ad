/** One simulated provider in the panel: its keys and balances, its orders, and ways to break, stock and automate it. */

import { post } from "./api.js";
import { el, fill } from "./dom.js";
import { form, labelled, section } from "./forms.js";
import { attempt, copy, toast } from "./notices.js";
import { OrderList } from "./orders.js";
import { t } from "./strings.js";

const AUTOMATIC_SECONDS = 8;

export class ProviderCard {
  /**
   * @param {any} provider as the server lists it
   * @param {() => void} changed the server's state is to be read again
   */
  constructor(provider, changed) {
    this.provider = provider;
    this.changed = changed;
    /** @type {Map<string, HTMLInputElement>} */
    this.balances = new Map();
    this.head = el("div", { class: "card-head" });
    this.keys = el("div", { class: "key-list" });
    this.empty = el("p", { class: "faint empty" });
    this.orders = new OrderList(provider.slug, provider.currency, "orders");
    this.rentalsTitle = el("h4");
    this.rentals = new OrderList(provider.slug, provider.currency, "rentals");
    this.faultLine = el("div", { class: "row" });
    this.automatic = el("div", { class: "section automatic" });
    this.tools = el("div", { class: "sections" });
    this.node = el(
      "section",
      { class: "card", "data-testid": "provider", "data-provider": provider.slug },
      this.head,
      this.keys,
      this.empty,
      this.orders.node,
      this.rentalsTitle,
      this.rentals.node,
      this.automatic,
      this.tools,
    );
    this.render();
  }

  /** @param {any} provider the same provider, later */
  update(provider) {
    const before = this.provider;
    this.provider = provider;
    if (provider.keys.length !== this.balances.size) this.renderKeys();
    this.updateBalances();
    if (before.fault !== provider.fault) this.renderFault();
    if (JSON.stringify(before.automatic) !== JSON.stringify(provider.automatic)) this.renderAutomatic();
    this.renderOrders();
  }

  /** Draws everything again in the page's present language. */
  render() {
    this.node.setAttribute("aria-label", this.provider.title);
    this.renderKeys();
    this.empty.textContent = t("noOrders");
    this.rentalsTitle.textContent = t("rentals");
    this.orders.render();
    this.rentals.render();
    this.renderOrders();
    this.renderAutomatic();
    this.renderTools();
    this.renderFault();
  }

  /**
   * Asks the server for something about this provider.
   * @param {string} what
   * @param {object} body
   * @param {string} words a toast when it is done
   * @returns {Promise<boolean>} whether it was done
   */
  async ask(what, body, words) {
    const done = await attempt(() => post(`/provider/${this.provider.slug}/${what}`, body));
    if (!done) return false;
    toast(words);
    this.changed();
    return true;
  }

  /** Shows the balances of now, except one that is just being typed. */
  updateBalances() {
    for (const { key, balance } of this.provider.keys) {
      const input = this.balances.get(key);
      if (input && input !== document.activeElement) input.value = balance;
    }
  }

  renderKeys() {
    const { keys, currency } = this.provider;
    this.balances.clear();
    fill(
      this.keys,
      ...keys.map((/** @type {any} */ one) => {
        const balance = el("input", {
          class: "input money",
          inputmode: "decimal",
          value: one.balance,
          "data-testid": "balance",
        });
        balance.addEventListener("change", async () => {
          const wanted = balance.value.trim().replace(",", ".");
          balance.blur(); // typed to the end: from here on the server's figure shows
          if (!(await this.ask("balance", { key: one.key, balance: wanted }, t("saved"))))
            this.updateBalances();
        });
        this.balances.set(one.key, balance);
        const key = el(
          "button",
          { type: "button", class: "chip", title: t("copy"), on: { click: () => copy(one.key) } },
          el("code", { text: one.key }),
        );
        return el(
          "div",
          { class: "key-row" },
          labelled(t("key"), key),
          labelled(`${t("balance")}, ${currency}`, balance, "narrow"),
        );
      }),
    );
  }

  renderOrders() {
    const { orders } = this.provider;
    const rentals = orders.filter((/** @type {any} */ order) => order.rental);
    this.orders.show(orders.filter((/** @type {any} */ order) => !order.rental));
    this.rentals.show(rentals);
    this.rentalsTitle.hidden = rentals.length === 0;
    this.empty.hidden = orders.length > 0;
  }

  renderFault() {
    const { title, fault, faults } = this.provider;
    const words = faults.find((/** @type {any} */ one) => one.name === fault)?.title ?? fault;
    fill(
      this.head,
      el("h3", { text: title }),
      el("span", { class: "gap" }),
      fault && el("span", { class: "state banned", title: words, text: t("faultOn") }),
    );
    const repair = el("button", {
      type: "button",
      class: "small filled",
      "data-testid": "repair",
      text: t("repair"),
    });
    repair.addEventListener(
      "click",
      () => void this.ask("fault", { name: null, method: "*", times: null }, t("saved")),
    );
    fill(
      this.faultLine,
      fault && el("span", { class: "warning", text: words }),
      fault && el("span", { class: "gap" }),
      fault && repair,
    );
  }

  renderTools() {
    const open = [...this.tools.children].map((/** @type {any} */ child) => child.open);
    fill(
      this.tools,
      section(t("break"), open[0] ?? false, this.faultForm(), this.faultLine),
      section(t("stock"), open[1] ?? false, this.stockForm()),
    );
  }

  faultForm() {
    const fault = el("select", { class: "input", "data-testid": "fault" });
    for (const one of this.provider.faults) fault.append(el("option", { value: one.name, text: one.title }));
    const times = el("select", { class: "input", "data-testid": "fault-times" });
    times.append(
      el("option", { value: "once", text: t("once") }),
      el("option", { value: "always", text: t("always") }),
    );
    const method = el(
      "select",
      { class: "input", "data-testid": "fault-method" },
      el("option", { value: "*", text: t("anyMethod") }),
    );
    for (const name of this.provider.methods ?? []) method.append(el("option", { value: name, text: name }));
    const submit = el("button", { class: "small danger", "data-testid": "break", text: t("breakIt") });
    const body = () => ({
      name: fault.value,
      method: method.value,
      times: times.value === "once" ? 1 : null,
    });
    return form(
      () => void this.ask("fault", body(), fault.selectedOptions[0]?.text ?? ""),
      labelled(t("fault"), fault, "broad"),
      labelled(t("method"), method, "narrow"),
      labelled(t("times"), times, "narrow"),
      submit,
    );
  }

  stockForm() {
    const box = (/** @type {object} */ props) =>
      el("input", { class: "input", required: true, autocomplete: "off", ...props });
    const service = box({ placeholder: "tg", "data-testid": "stock-service" });
    const country = box({ placeholder: "ru", "data-testid": "stock-country" });
    const count = box({ type: "number", min: 0, value: 10, "data-testid": "stock-count" });
    const price = box({ inputmode: "decimal", value: "25.00", "data-testid": "stock-price" });
    const { rent_hours: hours } = this.provider;
    const kind = el("select", { class: "input", "data-testid": "stock-kind" });
    kind.append(
      el("option", { value: "sms", text: t("forSms") }),
      el("option", { value: "rent", text: t("forRent", { hours }) }),
    );
    const body = () => ({
      rent: kind.value === "rent",
      service: service.value.trim(),
      country: country.value.trim(),
      count: Number(count.value),
      price: price.value.trim().replace(",", "."),
    });
    return form(
      () => void this.ask("stock", body(), t("stockSet")),
      ...(hours ? [labelled(t("stockFor"), kind, "broad")] : []),
      labelled(t("service"), service),
      labelled(t("country"), country),
      labelled(t("count"), count, "narrow"),
      labelled(t("price"), price, "narrow"),
      el("button", { class: "small filled", text: t("set") }),
    );
  }

  renderAutomatic() {
    const known = this.provider.automatic;
    const enabled = el("input", {
      type: "checkbox",
      role: "switch",
      checked: known?.enabled,
      "data-testid": "automatic",
    });
    const after = el("input", {
      class: "input",
      type: "number",
      min: 0,
      value: known?.after ?? AUTOMATIC_SECONDS,
    });
    const apply = () => {
      const words = enabled.checked ? t("automaticOn") : t("automaticOff");
      void this.ask("automatic", { enabled: enabled.checked, after: Number(after.value) }, words);
    };
    enabled.addEventListener("change", apply);
    after.addEventListener("change", () => enabled.checked && apply());
    const toggle = el("label", { class: "toggle" }, enabled, el("span", { text: t("automatic") }));
    fill(this.automatic, toggle, el("label", { class: "row faint" }, t("after"), after));
  }
}
