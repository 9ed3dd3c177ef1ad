/** The words of the page itself, in the three languages of the bot. The bot's own words come from the bot. */

import en from "./words.en.js";
import ru from "./words.ru.js";
import tr from "./words.tr.js";

/** @type {Record<string, Record<string, string>>} */
const STRINGS = { en, ru, tr };

/** Language codes and what speakers call their language. */
export const LANGUAGES = { en: "English", ru: "Русский", tr: "Türkçe" };

let current = "en";

/**
 * @param {string|undefined} code an IETF tag as Telegram gives it; what the page does not speak becomes English
 */
export function setLanguage(code) {
  const short = (code ?? "en").slice(0, 2).toLowerCase();
  current = short in STRINGS ? short : "en";
  document.documentElement.lang = current;
}

/** @returns {string} */
export function language() {
  return current;
}

/**
 * @param {string} key
 * @param {Record<string, string|number>} [values] what stands in for `{name}`
 * @returns {string} the text; the key itself where it is not known in English either
 */
export function t(key, values = {}) {
  const text = STRINGS[current][key] ?? STRINGS.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
