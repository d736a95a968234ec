// The gateway's web channel. Two kinds of failure: it said no (Refusal), or it could not be asked (Unreachable).
const TIMEOUT_MS = 15000;
const DEFAULT_RETRY_SECONDS = 3;

/** The gateway's answer to a request it will not carry out; `message` is Vietnamese and may be shown. */
export class Refusal extends Error {
  constructor(status, message, retryAfterSeconds) {
    super(message);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** No connection, no answer in time, or a failing server: the same request may be tried again. */
export class Unreachable extends Error {}

async function request(method, path, { token, body, read = (response) => response.json() } = {}) {
  const headers = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal: abort.signal });
    if (response.ok) return await read(response).catch(() => null);
    if (response.status >= 500) throw new Unreachable(`${response.status}`);
    const payload = await response.json().catch(() => null);
    const retryAfter = Number(response.headers.get("Retry-After")) || DEFAULT_RETRY_SECONDS;
    throw new Refusal(response.status, payload?.error?.message ?? "", retryAfter);
  } catch (error) {
    if (error instanceof Refusal || error instanceof Unreachable) throw error;
    throw new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
}

export const createConversation = () => request("POST", "/api/chat/conversations", { body: {} });

/** `message` is {message_id, text} or {message_id, choice}. */
export const sendMessage = (token, message) => request("POST", "/api/chat/messages", { token, body: message });

/** Messages of the conversation with an id above `after`, oldest first. */
export const listMessages = (token, after) => request("GET", `/api/chat/messages?after=${after}`, { token });

/** `value` is "up" or "down"; `reason`, of a "down", is "wrong", "unclear" or undefined. */
export const sendFeedback = (token, id, value, reason) =>
  request("POST", "/api/chat/feedback", { token, body: { id, value, reason } });

/** What the agency announces now: [{id, title, text, link}]. */
export const listAnnouncements = () => request("GET", "/api/chat/announcements");

/** The conversation as plain text. */
export const getTranscript = (token) => request("GET", "/api/chat/transcript", { token, read: (response) => response.text() });

/** `ticket` is {request_id, name, contact, question}; gives {case_code}, the same one for the same request_id. */
export const createTicket = (token, ticket) => request("POST", "/api/chat/tickets", { token, body: ticket });

/** EventSource cannot send headers, hence the token in the address. */
export const eventsAddress = (token, after) => `/api/chat/events?${new URLSearchParams({ token, after: String(after) })}`;
