/**
 * Where the page starts: reads the address, asks the server who and where we are, builds the parts and lets the server's
 * events flow into them. Data goes one way: server → session → parts; what a person does goes to the server.
 */

import { get, listen, post } from "./api.js";
import { summary } from "./bubble.js";
import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { Header } from "./header.js";
import { Hints } from "./hints.js";
import { openMenu } from "./menu.js";
import { Messages } from "./messages.js";
import { attempt, copy, toast } from "./notices.js";
import { Panel } from "./panel.js";
import { Presses } from "./presses.js";
import { Session } from "./session.js";
import { ring, wakeOnGesture } from "./sound.js";
import { setLanguage, t } from "./strings.js";
import { startTicking } from "./time.js";

const address = new URLSearchParams(location.search);
const find = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));

const session = new Session();
const presses = new Presses();
let stopListening = () => {};
let reading = 0;
/** @type {any[]} */
const held = [];

const messages = new Messages({
  root: find("messages"),
  down: find("down"),
  deeds: { send: (text) => void send(text, null), press, menu: messageMenu },
  unread: (count) =>
    (document.title = count ? `(${count}) ${session.bot.first_name}` : session.bot.first_name),
  empty: () =>
    el(
      "div",
      { class: "welcome" },
      el("img", { src: "/static/icon.svg", alt: "", width: 72, height: 72 }),
      el("p", {
        text:
          session.chat().type === "private"
            ? t("welcome", { name: session.bot.first_name })
            : t("nothingYet"),
      }),
    ),
});

const composer = new Composer(find("bottom"), {
  send,
  start: () => void send("/start", null),
  unblock: () => void setBlocked(false),
  loadCommands: async () =>
    (await get("/chat/commands", { user: session.userId, chat: session.chatId })).commands,
  jump: (id) => messages.jump(id),
});

const header = new Header({
  switchUser: (id) => void attempt(() => openUser(id)),
  switchLanguage: (code) => void attempt(() => switchLanguage(code)),
  switchChat: (id) => void attempt(() => openChat(id)),
  addUser: (name, code) =>
    void attempt(async () => {
      const { user } = await post("/chat/users", { first_name: name, language_code: code });
      await openUser(user.id);
    }),
  block: () => void setBlocked(!session.person().blocked),
  togglePanel: () => showPanel(!panelShown()),
});

const panel = new Panel(find("panel"), {
  close: () => showPanel(false),
  seen: (providers) => hints.seen(providers),
});
const hints = new Hints(find("hint"), { openPanel: () => showPanel(true), panelShown });

/**
 * @param {string} text
 * @param {number|null} replyTo
 * @returns {Promise<boolean>} whether the server took it
 */
async function send(text, replyTo) {
  const group = session.chat().type !== "private";
  const words =
    group && replyTo === null ? text.replace(/^(\/\w+)(?=$|\s)/, `$1@${session.bot.username}`) : text;
  const done = await attempt(() =>
    post("/chat/send", { user: session.userId, chat: session.chatId, text: words, reply_to: replyTo }),
  );
  if (!done) return false;
  hints.sent(text);
  return true; // the message itself comes as an event, in the order in which things happened
}

/**
 * @param {any} message
 * @param {any} button
 * @param {HTMLButtonElement} node
 */
function press(message, button, node) {
  const { userId: user, chatId: chat } = session;
  void presses.press({ user, chat, message_id: message.message_id, data: button.callback_data }, node);
}

/**
 * @param {any} message
 * @param {{x: number, y: number}} place
 * @param {HTMLElement} from
 */
function messageMenu(message, place, from) {
  const remove = () =>
    attempt(() =>
      post("/chat/delete", { user: session.userId, chat: session.chatId, message_ids: [message.message_id] }),
    );
  const items = [{ icon: "reply", text: t("reply"), run: () => composer.answer(message) }];
  if (message.text || message.caption)
    items.push({ icon: "copy", text: t("copyText"), run: () => void copy(message.text ?? message.caption) });
  if (message.out || session.chat().type === "private")
    items.push({ icon: "bin", text: t("remove"), danger: true, run: () => void remove() });
  openMenu(place, items, from);
}

/** @param {any} message @returns {any} the same, with `out` as this user sees it */
function own(message) {
  return { ...message, out: message.from?.id === session.userId };
}

/** @param {any} event one of the server's events; while a chat is being read they wait, lest the older list undo them */
function take(event) {
  if (reading > 0) held.push(event);
  else apply(event);
}

/** @param {any} event */
function apply(event) {
  const here = event.chat === session.chatId;
  if (event.type === "answer") presses.answer(event, session.bot.first_name);
  else if (event.type === "provider") void panel.reload();
  else if (event.type === "commands") composer.commands.forget();
  else if (event.type === "message") takeMessage(event.chat, own(event.message));
  else if (event.type === "action" && here) header.showTyping();
  else if (event.type === "edited" && here) messages.put(own(event.message));
  else if (event.type === "deleted" && here) {
    messages.remove(event.message_ids);
    composer.lose(event.message_ids);
    composer.update({ fresh: fresh() });
  }
}

/**
 * @param {number} chat
 * @param {any} message
 */
function takeMessage(chat, message) {
  if (chat !== session.chatId) {
    header.news.set(chat, (header.news.get(chat) ?? 0) + 1);
    header.render(session);
    if (!message.out) toast(`${message.from?.first_name ?? ""}: ${summary(message).slice(0, 80)}`);
  } else if (messages.put(message)) {
    composer.update({ fresh: false });
    composer.obey(message, true);
    if (!message.out) header.stopTyping();
  }
  if (!message.out) ring();
}

/** @returns {boolean} whether nothing was said yet in the private chat */
function fresh() {
  return session.chat().type === "private" && messages.entries.size === 0;
}

/** Reads the open chat anew: after it was opened, and after the connection was lost. */
async function readChat() {
  const { userId, chatId } = session;
  reading += 1;
  try {
    const answer = await get("/chat/messages", { user: userId, chat: chatId });
    if (userId !== session.userId || chatId !== session.chatId) return; // the reader has gone elsewhere meanwhile
    const list = answer.messages.map(own);
    messages.show(list, { group: session.chat().type !== "private" });
    composer.update({ blocked: session.person().blocked, fresh: fresh(), botName: session.bot.first_name });
    composer.recall(list);
  } finally {
    reading -= 1;
    if (reading === 0) held.splice(0).forEach(apply);
  }
}

/** @param {number} id */
async function openChat(id) {
  session.chatId = id;
  header.news.delete(id);
  remember();
  composer.clear();
  header.render(session);
  await readChat();
}

/** @param {number|null} id null: whoever the server names first */
async function openUser(id) {
  stopListening();
  header.setConnected(false);
  header.news.clear();
  await session.load(id);
  remember();
  composer.clear();
  render();
  stopListening = listen(session.userId, {
    opened: () => {
      header.setConnected(true);
      void attempt(readChat);
      void panel.reload();
    },
    closed: () => header.setConnected(false),
    event: take,
  });
}

/** @param {string} code */
async function switchLanguage(code) {
  await post("/chat/language", { user: session.userId, language_code: code });
  session.person().language_code = code;
  composer.commands.forget();
  render();
}

/** @param {boolean} blocked */
async function setBlocked(blocked) {
  const done = await attempt(() => post("/chat/block", { user: session.userId, blocked }));
  if (!done) return;
  session.person().blocked = blocked;
  header.render(session);
  composer.update({ blocked });
}

/** Draws the whole page in the user's language. */
function render() {
  setLanguage(session.person().language_code);
  header.render(session);
  messages.render();
  composer.render();
  panel.render();
  hints.render();
}

/** Keeps the user and the chat in the address, so that a reload stays here. */
function remember() {
  address.set("user", String(session.userId));
  address.set("chat", String(session.chatId));
  history.replaceState(null, "", `?${address}`);
}

function panelShown() {
  return document.body.classList.contains("with-panel");
}

/** @param {boolean} shown */
function showPanel(shown) {
  document.body.classList.toggle("with-panel", shown);
  find("veil").hidden = !shown;
  find("panel").inert = !shown;
  hints.render();
}

/** @param {string} name @returns {number|null} a number from the address */
function numeric(name) {
  const value = address.get(name);
  return value !== null && /^-?\d+$/.test(value) ? Number(value) : null;
}

const theme = address.get("theme");
if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
const roomy = matchMedia("(min-width: 900px)");
showPanel(address.has("panel") ? address.get("panel") !== "0" : roomy.matches);
find("veil").addEventListener("click", () => showPanel(false));
addEventListener("keydown", (event) => event.key === "Escape" && !roomy.matches && showPanel(false));
wakeOnGesture();
startTicking();
session.chatId = numeric("chat") ?? 0;
void attempt(() => openUser(numeric("user")));
