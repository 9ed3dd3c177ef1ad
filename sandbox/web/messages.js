/** The history of one chat: bubbles in order, days, what is unread, staying at the newest, moving by keyboard. */

import { bubble } from "./bubble.js";
import { el, fill, icon } from "./dom.js";
import { toast } from "./notices.js";
import { t } from "./strings.js";
import { dayKey, dayName } from "./time.js";

const NEAR_THE_END = 60; // pixels from the bottom that still count as reading the newest
const ONE_BREATH = 300; // seconds within which messages of one sender stand close together
const LONG_PRESS = 500; // milliseconds

/** @returns {ScrollBehavior} smooth, unless the reader asked for less motion */
function gliding() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

export class Messages {
  /**
   * @param {{root: HTMLElement, down: HTMLButtonElement, deeds: Omit<import("./bubble.js").Deeds, "jump">,
   *          unread: (count: number) => void, empty: () => Node}} parts
   */
  constructor({ root, down, deeds, unread, empty }) {
    this.root = root;
    this.down = down;
    this.empty = empty;
    this.deeds = { ...deeds, jump: (/** @type {number} */ id) => this.jump(id) };
    this.tellUnread = unread;
    this.group = false;
    /** @type {Map<number, {message: any, node: HTMLElement}>} */
    this.entries = new Map();
    /** @type {number|null} */
    this.firstUnread = null;
    this.unread = 0;
    this.lastTop = 0;
    /** @type {Map<string, HTMLElement>} headings by day: kept, since taking one away for a moment would move the history */
    this.days = new Map();
    this.unreadMark = el("div", { class: "unread-mark" });
    down.addEventListener("click", () => this.toEnd(gliding()));
    root.addEventListener("scroll", () => this.look(), { passive: true });
    document.addEventListener("visibilitychange", () => this.look());
    root.addEventListener("keydown", (event) => this.move(event));
    root.addEventListener("contextmenu", (event) => this.openMenu(event, event.clientX, event.clientY));
    new ResizeObserver(() => this.following && this.toEnd()).observe(root);
    root.addEventListener("load", () => this.following && this.toEnd(), { capture: true }); // a picture is there
    this.following = true;
    this.watchLongPress();
  }

  /**
   * Shows a chat from the start.
   * @param {any[]} messages oldest first
   * @param {{group: boolean}} chat
   */
  show(messages, chat) {
    this.group = chat.group;
    this.entries = new Map(messages.map((message) => [message.message_id, this.entry(message)]));
    this.firstUnread = null;
    this.setUnread(0);
    this.arrange();
    this.toEnd();
  }

  /** Draws everything again, in the page's present language. */
  render() {
    for (const [id, { message }] of this.entries) this.entries.set(id, this.entry(message));
    this.arrange();
    if (this.following) this.toEnd();
  }

  /**
   * Takes a message that is new or changed.
   * @param {any} message
   * @returns {boolean} whether it is new
   */
  put(message) {
    const known = this.entries.get(message.message_id);
    const entry = this.entry(message);
    const stays = this.following;
    const focused = known?.node.contains(document.activeElement);
    this.entries.set(message.message_id, entry);
    if (known) known.node.replaceWith(entry.node);
    if (!known && message.out) this.firstUnread = null;
    else if (!known && (!stays || document.hidden)) {
      this.firstUnread ??= message.message_id;
      this.setUnread(this.unread + 1);
    }
    this.arrange();
    if (focused) entry.node.focus({ preventScroll: true });
    if (stays || (!known && message.out)) this.toEnd(known ? "auto" : gliding());
    return !known;
  }

  /** @param {number[]} ids */
  remove(ids) {
    for (const id of ids) {
      if (id === this.firstUnread) this.firstUnread = null;
      this.entries.delete(id);
    }
    this.arrange();
  }

  /** @returns {any[]} the messages shown, oldest first */
  list() {
    return [...this.entries.values()].map((entry) => entry.message);
  }

  /**
   * Goes to a message and lights it up.
   * @param {number} id
   */
  jump(id) {
    const node = this.entries.get(id)?.node;
    if (!node) {
      toast(t("deletedMessage"));
      return;
    }
    node.scrollIntoView({ block: "center", behavior: gliding() });
    node.classList.remove("lit");
    requestAnimationFrame(() => node.classList.add("lit"));
    node.focus({ preventScroll: true });
  }

  /** @param {any} message */
  entry(message) {
    return { message, node: bubble(message, this.deeds, { group: this.group }) };
  }

  /** Puts bubbles, days and the unread mark into order; nodes that are in place stay untouched. */
  arrange() {
    const sorted = [...this.entries.values()].sort((a, b) => a.message.message_id - b.message.message_id);
    this.entries = new Map(sorted.map((entry) => [entry.message.message_id, entry]));
    const nodes = [];
    let before = null;
    for (const { message, node } of sorted) {
      if (!before || dayKey(before.message.date) !== dayKey(message.date)) {
        nodes.push(this.heading(message.date));
        before = null;
      }
      if (message.message_id === this.firstUnread) {
        this.unreadMark.textContent = t("newMessages");
        nodes.push(this.unreadMark);
        before = null;
      }
      const close =
        before &&
        before.message.from?.id === message.from?.id &&
        message.date - before.message.date < ONE_BREATH;
      node.classList.toggle("close", Boolean(close));
      before?.node.classList.toggle("followed", Boolean(close));
      node.classList.remove("followed");
      nodes.push(node);
      before = { message, node };
    }
    if (nodes.length === 0) nodes.push(this.empty());
    this.place(nodes);
    for (const { node } of sorted) node.tabIndex = -1;
    if (sorted.length > 0) sorted[sorted.length - 1].node.tabIndex = 0;
  }

  /** @param {number} date @returns {HTMLElement} the heading of that day */
  heading(date) {
    const day = dayKey(date);
    const node = this.days.get(day) ?? el("div", { class: "day" });
    this.days.set(day, node);
    node.textContent = dayName(date);
    return node;
  }

  /** @param {Node[]} nodes */
  place(nodes) {
    const kept = new Set(nodes);
    for (const child of [...this.root.childNodes]) if (!kept.has(child)) child.remove();
    nodes.forEach((node, index) => {
      if (this.root.childNodes[index] !== node)
        this.root.insertBefore(node, this.root.childNodes[index] ?? null);
    });
  }

  /** @param {ScrollBehavior} [behavior] */
  toEnd(behavior = "auto") {
    this.following = true;
    this.root.scrollTo({ top: this.root.scrollHeight, behavior });
    this.look();
  }

  /** Notices where the reader is. */
  look() {
    const { scrollHeight, scrollTop, clientHeight } = this.root;
    const atEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    const upwards = scrollTop < this.lastTop;
    this.lastTop = scrollTop;
    if (atEnd) this.following = true;
    else if (upwards) this.following = false; // a smooth scroll to the end is still on its way down
    if (this.following && !document.hidden) this.setUnread(0);
    else this.setUnread(this.unread);
  }

  /** @param {number} count */
  setUnread(count) {
    this.unread = count;
    this.tellUnread(count);
    this.down.hidden = this.following;
    this.down.setAttribute("aria-label", t("toNewest"));
    fill(this.down, count > 0 && el("span", { class: "badge", text: String(count) }), icon("down"));
  }

  /** @param {KeyboardEvent} event arrows go from message to message, Enter opens the actions */
  move(event) {
    const node = event.target instanceof HTMLElement ? event.target : null;
    if (!node?.matches("article")) return;
    const nodes = [...this.entries.values()].map((entry) => entry.node);
    const at = nodes.indexOf(node);
    const goal = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: nodes.length - 1 }[event.key];
    if (goal !== undefined && nodes[goal]) {
      event.preventDefault();
      node.tabIndex = -1;
      nodes[goal].tabIndex = 0;
      nodes[goal].focus();
    } else if (event.key === "Enter") {
      const box = node.getBoundingClientRect();
      this.openMenu(event, box.left + 24, box.top + 24);
    }
  }

  /**
   * @param {Event} event
   * @param {number} x
   * @param {number} y
   */
  openMenu(event, x, y) {
    const target = event.target instanceof Element ? event.target : null;
    const node = /** @type {HTMLElement|null} */ (target?.closest("article.message"));
    if (!node || target?.closest("a, .keyboard") || getSelection()?.toString()) return;
    event.preventDefault();
    const entry = this.entries.get(Number(node.dataset.messageId));
    if (entry) this.deeds.menu(entry.message, { x, y }, node);
  }

  /** A finger that rests on a message opens its actions where the system has no such gesture of its own. */
  watchLongPress() {
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    const stop = () => clearTimeout(timer);
    this.root.addEventListener("pointerdown", (event) => {
      stop();
      if (event.pointerType === "touch")
        timer = setTimeout(() => this.openMenu(event, event.clientX, event.clientY), LONG_PRESS);
    });
    for (const name of ["pointerup", "pointercancel", "pointermove", "scroll"]) {
      this.root.addEventListener(name, stop, { passive: true });
    }
  }
}
