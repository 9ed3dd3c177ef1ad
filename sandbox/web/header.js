/** The head of the chat: who the bot is, and switches for the user, the language, the chat, the sound and the panel. */

import { el, fill, icon, iconButton } from "./dom.js";
import { openDialog } from "./notices.js";
import { mute, muted } from "./sound.js";
import { LANGUAGES, language, t } from "./strings.js";

const TYPING_SECONDS = 5; // a chat action lasts this long (Bot API, sendChatAction)

export class Header {
  /**
   * @param {{switchUser: (id: number) => void, switchLanguage: (code: string) => void, switchChat: (id: number) => void,
   *          addUser: (name: string, language: string) => void, block: () => void, togglePanel: () => void}} deeds
   */
  constructor(deeds) {
    this.deeds = deeds;
    this.connected = false;
    this.typing = false;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    /** @type {Map<number, number>} chats with news, other than the open one */
    this.news = new Map();
  }

  /**
   * Draws the whole head.
   * @param {import("./session.js").Session} session
   */
  render(session) {
    this.session = session;
    const person = session.person();
    const name = document.getElementById("bot-name");
    if (name)
      name.textContent = session.chat().type === "private" ? session.bot.first_name : session.chat().title;
    const sound = iconButton(muted() ? "muted" : "sound", muted() ? t("unmute") : t("mute"), () => {
      mute(!muted());
      this.render(session);
    });
    fill(
      /** @type {Element} */ (document.getElementById("tools")),
      sound,
      iconButton("block", person.blocked ? t("unblock") : t("block"), this.deeds.block, {
        class: person.blocked ? "round alarming" : "round",
        "data-testid": "block",
      }),
      iconButton("panel", t("panelToggle"), this.deeds.togglePanel, { "data-testid": "panel-toggle" }),
    );
    fill(
      /** @type {Element} */ (document.getElementById("switches")),
      this.users(session),
      this.languages(person),
      this.chats(session),
    );
    this.drawState();
  }

  /** @param {import("./session.js").Session} session */
  users(session) {
    const options = session.users.map((user) => [String(user.id), user.first_name]);
    const choose = (/** @type {string} */ value) => {
      if (value !== "new") return this.deeds.switchUser(Number(value));
      this.render(session);
      return this.askForPerson();
    };
    return select(
      "person",
      t("user"),
      "user-switch",
      [...options, ["new", t("newPerson")]],
      String(session.userId),
      choose,
    );
  }

  /** @param {{language_code: string}} person */
  languages(person) {
    const code = person.language_code.slice(0, 2);
    return select(
      "globe",
      t("language"),
      "language-switch",
      Object.entries(LANGUAGES),
      code in LANGUAGES ? code : "en",
      this.deeds.switchLanguage,
    );
  }

  /** @param {import("./session.js").Session} session */
  chats(session) {
    const options = session.chats.map((chat) => {
      const count = this.news.get(chat.id);
      const title = chat.type === "private" ? t("privateChat") : chat.title;
      return [String(chat.id), count ? `${title} (${count})` : title];
    });
    return select("chat", t("chat"), "chat-switch", options, String(session.chatId), (value) =>
      this.deeds.switchChat(Number(value)),
    );
  }

  askForPerson() {
    const name = el("input", {
      name: "name",
      required: true,
      maxlength: 64,
      "aria-label": t("name"),
      placeholder: t("name"),
      autofocus: true,
    });
    const code = el("select", { name: "language", "aria-label": t("language") });
    for (const [value, label] of Object.entries(LANGUAGES))
      code.append(el("option", { value, text: label, selected: value === language() }));
    const cancel = el("button", {
      type: "button",
      class: "plain",
      text: t("cancel"),
      on: { click: () => dialog.close() },
    });
    const form = el(
      "form",
      { method: "dialog" },
      el("h2", { text: t("newPerson") }),
      el("div", { class: "stack" }, name, code),
      el("div", { class: "row end" }, cancel, el("button", { class: "plain", text: t("add") })),
    );
    form.addEventListener("submit", () => this.deeds.addUser(name.value.trim(), code.value));
    const dialog = openDialog({ class: "dialog", "aria-label": t("newPerson") }, form);
  }

  /** @param {boolean} connected */
  setConnected(connected) {
    this.connected = connected;
    this.drawState();
  }

  /** The bot is at work; the mark goes by itself or with its next message. */
  showTyping() {
    this.typing = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.stopTyping(), TYPING_SECONDS * 1000);
    this.drawState();
  }

  stopTyping() {
    this.typing = false;
    this.drawState();
  }

  drawState() {
    const line = document.getElementById("bot-state");
    if (!line || !this.session) return;
    const usual = this.session.chat().type === "private" ? t("bot") : t("group");
    line.textContent = !this.connected ? t("connecting") : this.typing ? t("typing") : usual;
    line.classList.toggle("active", this.connected && this.typing);
  }
}

/**
 * @param {any} shape
 * @param {string} label
 * @param {string} testid
 * @param {string[][]} options value and text
 * @param {string} chosen
 * @param {(value: string) => void} choose
 */
function select(shape, label, testid, options, chosen, choose) {
  const list = el("select", { "aria-label": label, title: label, "data-testid": testid });
  for (const [value, text] of options) list.append(el("option", { value, text, selected: value === chosen }));
  list.addEventListener("change", () => choose(list.value));
  return el("label", { class: "switch" }, icon(shape), list);
}
