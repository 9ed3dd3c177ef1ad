/** A list of orders in the panel, newest first, whose rows stay in place while somebody types in them. */

import { el } from "./dom.js";
import { OrderRow } from "./order.js";

export class OrderList {
  /**
   * @param {string} slug the provider
   * @param {string} currency
   * @param {string} name what tests call the list
   */
  constructor(slug, currency, name) {
    this.slug = slug;
    this.currency = currency;
    /** @type {Map<string, OrderRow>} */
    this.rows = new Map();
    this.node = el("ol", { class: "orders", "data-testid": name });
  }

  /** Draws every row again in the page's present language. */
  render() {
    for (const row of this.rows.values()) row.render();
  }

  /** @param {any[]} orders as the server lists them */
  show(orders) {
    for (const order of orders) {
      const row = this.rows.get(order.id);
      if (row) row.update(order);
      else this.rows.set(order.id, new OrderRow(this.slug, order, this.currency));
    }
    const ids = new Set(orders.map((order) => order.id));
    for (const id of this.rows.keys()) if (!ids.has(id)) this.rows.delete(id);
    this.moveIn(orders.map((order) => /** @type {OrderRow} */ (this.rows.get(order.id)).node));
    this.node.hidden = orders.length === 0;
  }

  /** @param {HTMLElement[]} nodes rows in order; a row that somebody types in keeps the focus */
  moveIn(nodes) {
    const kept = new Set(nodes);
    for (const child of [...this.node.children])
      if (!kept.has(/** @type {HTMLElement} */ (child))) child.remove();
    nodes.forEach((node, index) => {
      if (this.node.children[index] !== node)
        this.node.insertBefore(node, this.node.children[index] ?? null);
    });
  }
}
