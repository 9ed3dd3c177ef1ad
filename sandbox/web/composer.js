/** The foot of the chat: what one writes, what one answers to, commands, reply keyboards, and the way back from a block. */

import { senderName, summary } from "./bubble.js";
import { Commands } from "./commands.js";
import { el, fill, icon, iconButton } from "./dom.js";
import { replyKeyboard } from "./keyboards.js";
import { t } from "./strings.js";

/**
 * @typedef {object} Situation
 * @property {boolean} blocked the bot is blocked by this user
 * @property {boolean} fresh nothing was said yet in this private chat
 * @property {string} botName
 */

export class Composer {
  /**
   * @param {HTMLElement} root
   * @param {{send: (text: string, replyTo: number|null) => Promise<boolean>, unblock: () => void, start: () => void,
   *          loadCommands: () => Promise<{command: string, description: string}[]>, jump: (id: number) => void}} deeds
   */
  constructor(root, deeds) {
    this.root = root;
    this.deeds = deeds;
    /** @type {any|null} */
    this.original = null;
    /** @type {any|null} */
    this.markup = null;
    /** @type {Situation} */
    this.situation = { blocked: false, fresh: false, botName: "" };
    this.bar = el("div", { class: "reply-bar", hidden: true });
    this.keyboard = el("div", { class: "reply-slot" });
    this.field = el("textarea", {
      class: "field",
      rows: 1,
      dir: "auto",
      "data-testid": "composer",
      autocomplete: "off",
    });
    this.sendButton = iconButton("send", "", () => void this.submit(), {
      class: "round send",
      "data-testid": "send",
    });
    this.commands = new Commands({
      field: this.field,
      load: deeds.loadCommands,
      choose: (command) => void this.deeds.send(`/${command}`, null),
    });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("input", () => this.grow());
    this.render();
  }

  /** Draws everything again in the page's present language. */
  render() {
    const { blocked, fresh, botName } = this.situation;
    const focused = document.activeElement === this.field;
    this.sendButton.setAttribute("aria-label", t("send"));
    this.sendButton.title = t("send");
    this.commands.render();
    this.drawBar();
    this.drawKeyboard();
    this.drawPlaceholder();
    this.grow();
    if (blocked) {
      const unblock = el("button", {
        type: "button",
        class: "wide",
        "data-testid": "unblock",
        text: t("unblock"),
        on: { click: this.deeds.unblock },
      });
      fill(this.root, el("p", { class: "faint", text: t("blocked", { name: botName }) }), unblock);
      return;
    }
    const start =
      fresh &&
      el("button", {
        type: "button",
        class: "wide",
        "data-testid": "start",
        text: t("start"),
        on: { click: this.deeds.start },
      });
    const line = el("div", { class: "line" }, this.commands.button, this.field, this.sendButton);
    fill(this.root, this.commands.popup, start, this.bar, line, this.keyboard);
    if (focused) this.field.focus();
  }

  /** @param {Partial<Situation>} change */
  update(change) {
    const changed = Object.entries(change).some(([name, value]) => this.situation[name] !== value);
    Object.assign(this.situation, change);
    if (changed) this.render();
  }

  /** Forgets the chat that was open. */
  clear() {
    this.field.value = "";
    this.original = null;
    this.markup = null;
    this.commands.forget();
    this.render();
  }

  /**
   * Answers a message with what is written next.
   * @param {any|null} message null: answers nothing in particular
   */
  answer(message) {
    this.original = message;
    this.drawBar();
    this.drawPlaceholder();
    if (message && !this.situation.blocked) this.field.focus();
  }

  /**
   * Obeys what a message from the bot asks of the client: reply keyboards come and go, ForceReply opens a reply.
   * @param {any} message
   * @param {boolean} newest whether nothing was said after it
   */
  obey(message, newest) {
    const markup = message.reply_markup;
    if (!markup || message.out) return;
    if (markup.keyboard) this.markup = markup;
    else if (markup.remove_keyboard) this.markup = null;
    this.drawKeyboard();
    if (markup.force_reply && newest) this.answer(message);
    this.drawPlaceholder();
  }

  /** @param {any[]} messages a chat that was just opened, oldest first */
  recall(messages) {
    messages.forEach((message, index) => this.obey(message, index === messages.length - 1));
  }

  /** @param {number[]} ids messages that are gone: nobody can answer them */
  lose(ids) {
    if (this.original && ids.includes(this.original.message_id)) this.answer(null);
  }

  /** Sends what is written. */
  async submit() {
    const text = this.field.value.trim();
    if (!text) return;
    const original = this.original;
    this.field.value = "";
    this.commands.close();
    this.answer(null);
    this.grow();
    this.field.focus();
    if (await this.deeds.send(text, original?.message_id ?? null)) return;
    if (this.field.value === "") this.field.value = text;
    this.answer(original);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (this.commands.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void this.submit();
    } else if (event.key === "Escape" && this.original) {
      this.answer(null);
    }
  }

  /** The field is as high as its text, up to a third of the phone. */
  grow() {
    this.field.style.height = "auto";
    if (this.field.scrollHeight) this.field.style.height = `${this.field.scrollHeight}px`;
  }

  drawBar() {
    this.bar.hidden = !this.original;
    if (!this.original) {
      fill(this.bar);
      return;
    }
    const { message_id: id } = this.original;
    const words = el("button", {
      type: "button",
      class: "quoted-line",
      on: { click: () => this.deeds.jump(id) },
    });
    words.append(
      el("b", { text: t("replyTo", { name: senderName(this.original) }) }),
      el("span", { text: summary(this.original) }),
    );
    fill(
      this.bar,
      icon("reply"),
      words,
      iconButton("close", t("stopReply"), () => this.answer(null)),
    );
  }

  drawKeyboard() {
    const rows = this.markup?.keyboard;
    const press = (/** @type {string} */ text) => {
      if (this.markup?.one_time_keyboard) this.markup = null;
      this.drawKeyboard();
      void this.deeds.send(text, null);
    };
    fill(this.keyboard, rows && replyKeyboard(rows, press));
  }

  drawPlaceholder() {
    const markup = this.original?.reply_markup ?? this.markup;
    this.field.placeholder = markup?.input_field_placeholder ?? t("message");
    this.field.setAttribute("aria-label", this.field.placeholder);
  }
}
