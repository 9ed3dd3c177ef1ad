/** Texts for SMS that the panel sends: a plain one, one that breaks careless bots, and ones such as services write. */

import { t } from "./strings.js";

/** Texts as they arrive on a number that is kept for longer: most with a code, in many ways, some without any. */
const REAL = [
  "{service} code: {code}. Do not give it to anyone, even if they say they are from {service}!",
  "<#> Your {service} code: {three}-{other}\nDon't share this code with others\n4sgLq1p5sV6",
  "G-{three}{other} is your {service} verification code.",
  "{three} {other} is your {service} security code. It expires in 10 minutes.",
  "Код {service}: {code}. Никому его не сообщайте!",
  "{service}: {code} — ваш код подтверждения. Не вводите его на чужих сайтах.",
  "{service} doğrulama kodunuz {three}{other}. Kimseyle paylaşmayın. B001",
  "Tu código de {service} es {three}{other}. No lo compartas con nadie.",
  "Ihr {service}-Code lautet {three} {other}. Er ist 5 Minuten lang gültig.",
  "رمز {service} الخاص بك هو {code}",
  "【{service}】验证码 {three}{other}，5分钟内有效，请勿告诉他人。",
  "{service}: someone signed in from a new device on 14.03 at 09:41. Was it you? https://example.org/s/{other}",
  "Your parcel 20{three}{other} arrives today between 10:00 and 14:00.",
  "Перевод 1 250,00 ₽ на карту *4411 выполнен. Баланс: {code} ₽",
];

/** @param {number} count @returns {string} so many digits, the first not zero */
function digits(count) {
  const least = 10 ** (count - 1);
  return String(least + Math.floor(Math.random() * 9 * least));
}

/** @param {string} service @returns {string} a text such as a service sends */
export function plainText(service) {
  return t("sampleCode", { service, code: digits(5) });
}

/** @param {string} service @returns {string} one of many such texts, in any language, with or without a code */
export function realText(service) {
  const text = REAL[Math.floor(Math.random() * REAL.length)];
  /** @type {Record<string, string>} */
  const values = { service, code: digits(5), three: digits(3), other: digits(3) };
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** @param {string} service @returns {string} a text that breaks whoever forgets to escape it */
export function nastyText(service) {
  return `<b>${service}</b> & "co": <a href='https://example.org/?a=1&b=2'>${digits(5)}</a>\n</code></blockquote> 100% &lt;&amp; <script>alert(1)</script> ✓ 😀`;
}

/** @param {string} text @returns {string|null} the digits that look like a code */
export function codeIn(text) {
  return /(?<!\d)\d{4,8}(?!\d)/.exec(text)?.[0] ?? null;
}
