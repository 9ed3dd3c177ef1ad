/** The control panel: plays the providers and makes Telegram refuse. Beside the phone where there is room, else a drawer. */

import { get, post } from "./api.js";
import { el, fill, iconButton } from "./dom.js";
import { form, labelled, section } from "./forms.js";
import { attempt, toast } from "./notices.js";
import { ProviderCard } from "./provider.js";
import { t } from "./strings.js";

const REFRESH_SECONDS = 15; // a safety net under the server's events

/** What Telegram may be made to answer. Descriptions are the Bot API's own. */
const REFUSALS = [
  {
    title: "429 Too Many Requests",
    error_code: 429,
    description: "Too Many Requests: retry after 3",
    retry_after: 3,
  },
  { title: "502 Bad Gateway", error_code: 502, description: "Bad Gateway", retry_after: null },
  {
    title: "500 Internal Server Error",
    error_code: 500,
    description: "Internal Server Error",
    retry_after: null,
  },
];
const METHODS = ["*", "sendMessage", "editMessageText", "deleteMessage", "answerCallbackQuery", "getUpdates"];

export class Panel {
  /**
   * @param {HTMLElement} root
   * @param {{close: () => void, seen: (providers: any[]) => void}} deeds
   */
  constructor(root, deeds) {
    this.root = root;
    this.deeds = deeds;
    /** @type {any[]} */
    this.providers = [];
    /** @type {Map<string, ProviderCard>} */
    this.cards = new Map();
    this.list = el("div", { class: "cards" });
    setInterval(() => document.hidden || void this.reload(), REFRESH_SECONDS * 1000);
  }

  /** Reads the providers' state from the server. */
  async reload() {
    const answer = await get("/provider").catch(() => null); // the chat's head already says when the server is away
    if (!answer) return;
    this.providers = answer.providers;
    for (const provider of this.providers) {
      const card = this.cards.get(provider.slug);
      if (card) card.update(provider);
      else this.cards.set(provider.slug, new ProviderCard(provider, () => void this.reload()));
    }
    const nodes = this.providers.map(
      (provider) => /** @type {ProviderCard} */ (this.cards.get(provider.slug)).node,
    );
    if (nodes.length !== this.list.children.length) fill(this.list, ...nodes);
    this.deeds.seen(this.providers);
  }

  /** Draws everything again in the page's present language. */
  render() {
    this.root.setAttribute("aria-label", t("panel"));
    for (const card of this.cards.values()) card.render();
    fill(
      this.root,
      el(
        "header",
        { class: "panel-head" },
        el("div", {}, el("h2", { text: t("panel") }), el("p", { class: "faint", text: t("panelNote") })),
        iconButton("close", t("close"), this.deeds.close, { "data-testid": "panel-close" }),
      ),
      this.list,
      el(
        "section",
        { class: "card" },
        el("div", { class: "card-head" }, el("h3", { text: t("telegram") })),
        this.telegramFaults(),
      ),
    );
  }

  telegramFaults() {
    const method = el("select", { class: "input", "data-testid": "telegram-method" });
    for (const name of METHODS)
      method.append(el("option", { value: name, text: name === "*" ? t("anyMethod") : name }));
    const refusal = el("select", { class: "input", "data-testid": "telegram-fault" });
    REFUSALS.forEach((one, index) => refusal.append(el("option", { value: String(index), text: one.title })));
    const times = el("input", { class: "input", type: "number", min: 1, max: 100, value: 1 });
    const submit = async () => {
      const { error_code, description, retry_after } = REFUSALS[Number(refusal.value)];
      const body = { method: method.value, error_code, description, retry_after, times: Number(times.value) };
      if (await attempt(() => post("/chat/faults", body))) toast(t("refusing"));
    };
    return section(
      t("telegramFaults"),
      false,
      form(
        () => void submit(),
        labelled(t("method"), method),
        labelled(t("answer"), refusal),
        labelled(t("times"), times, "narrow"),
        el("button", { class: "small danger", "data-testid": "refuse", text: t("refuse") }),
      ),
    );
  }
}
