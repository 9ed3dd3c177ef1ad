import { get } from "./api.js";
import { setClock } from "./time.js";

/** Who uses the page, and which chat is open. */
export class Session {
  constructor() {
    this.bot = { id: 0, username: "", first_name: "Codebell" };
    /** @type {any[]} */
    this.users = [];
    /** @type {any[]} */
    this.chats = [];
    this.userId = 0;
    this.chatId = 0;
  }

  /** @returns {any} the user */
  person() {
    return (
      this.users.find((user) => user.id === this.userId) ?? {
        id: this.userId,
        first_name: "",
        language_code: "en",
        blocked: false,
      }
    );
  }

  /** @returns {any} the open chat */
  chat() {
    return (
      this.chats.find((chat) => chat.id === this.chatId) ?? { id: this.chatId, type: "private", title: "" }
    );
  }

  /**
   * Reads the state from the server.
   * @param {number|null} user null: whoever the server names first
   */
  async load(user) {
    let state = await get("/chat/state", user === null ? {} : { user });
    if (user === null) {
      const first = state.users[0].id;
      state = await get("/chat/state", { user: first });
      this.userId = first;
    } else {
      this.userId = user;
    }
    setClock(state.now);
    this.bot = state.bot;
    this.users = state.users;
    this.chats = state.chats;
    if (!this.chats.some((chat) => chat.id === this.chatId)) this.chatId = this.chats[0]?.id ?? this.userId;
  }
}
