/** Presses of callback buttons: a button spins until the bot has answered, and what it answers is shown. */

import { post } from "./api.js";
import { busy } from "./keyboards.js";
import { attempt, showAlert, toast } from "./notices.js";

export class Presses {
  constructor() {
    /** @type {Map<string, () => void>} buttons that wait for the bot, by query */
    this.waiting = new Map();
    /** @type {Set<string>} queries that were answered before their id was known here */
    this.answered = new Set();
  }

  /**
   * Presses a button.
   * @param {{user: number, chat: number, message_id: number, data: string}} what
   * @param {HTMLElement} node
   */
  async press(what, node) {
    const stop = busy(node);
    const done = await attempt(() => post("/chat/press", what));
    if (!done || this.answered.delete(done.query_id)) stop();
    else this.waiting.set(done.query_id, stop);
  }

  /**
   * Takes the bot's answer.
   * @param {{query_id: string, text: string|null, show_alert: boolean}} event
   * @param {string} botName
   */
  answer(event, botName) {
    const stop = this.waiting.get(event.query_id);
    if (stop) stop();
    else this.answered.add(event.query_id);
    this.waiting.delete(event.query_id);
    if (!event.text) return;
    if (event.show_alert) showAlert(botName, event.text);
    else toast(event.text);
  }
}
