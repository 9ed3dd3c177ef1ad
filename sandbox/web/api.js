/** The door to the sandbox server: JSON calls and the stream of events. */

/** A refusal by the server, or no server at all; its message is fit to be shown. */
export class ApiError extends Error {}

/**
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<any>} the answer's JSON
 * @throws {ApiError}
 */
async function call(path, init) {
  let response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new ApiError("The sandbox server does not answer.");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(body.error ?? `The sandbox server answered ${response.status}.`);
  return body;
}

/**
 * Reads something.
 * @param {string} path
 * @param {Object<string, any>} [params]
 */
export function get(path, params = {}) {
  const query = new URLSearchParams(params).toString();
  return call(query ? `${path}?${query}` : path, { cache: "no-store" });
}

/**
 * Does something.
 * @param {string} path
 * @param {Object<string, any>} body
 */
export function post(path, body) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/**
 * Listens to everything that happens to a user. The browser reconnects by itself; after that `opened` runs again, so
 * that what was missed can be read anew.
 * @param {number} user
 * @param {{opened: () => void, closed: () => void, event: (event: any) => void}} listener
 * @returns {() => void} stops listening
 */
export function listen(user, listener) {
  const source = new EventSource(`/chat/events?user=${encodeURIComponent(user)}`);
  source.onopen = () => listener.opened();
  source.onerror = () => listener.closed();
  source.onmessage = (message) => listener.event(JSON.parse(message.data));
  return () => source.close();
}

/**
 * @param {string} id a file_id
 * @returns {string} where its bytes are
 */
export function fileUrl(id) {
  return `/chat/file/${encodeURIComponent(id)}`;
}
