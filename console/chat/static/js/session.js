// The conversation's token: made when first needed, kept over reloads, replaced when the gateway no longer knows it.
import { createConversation, Refusal } from "./api.js";

const KEY = "conversation";

export class Session {
  #creating = null;

  /**
   * @param {() => void} onCreated called when a conversation has begun, be it the first or another
   * @param {() => void} onReplaced called after that when the one before had expired
   */
  constructor(store, onCreated, onReplaced) {
    Object.assign(this, { store, onCreated, onReplaced });
  }

  get token() {
    return this.store.read(KEY)?.token ?? null;
  }

  /** The token, of a new conversation if there is none. Several callers at once share one request. */
  async ensure() {
    if (this.token) return this.token;
    this.#creating ??= createConversation()
      .then((conversation) => {
        this.store.write(KEY, conversation);
        this.onCreated();
      })
      .finally(() => { this.#creating = null; });
    await this.#creating;
    return this.token;
  }

  /** Gives the token that replaces `expired`; another tab, or another request of this one, may have done it already. */
  async replace(expired) {
    if (this.token !== expired) return this.ensure();
    this.store.remove(KEY);
    const token = await this.ensure();
    this.onReplaced();
    return token;
  }

  /** Runs `operation(token)`; when the token has expired, once more with a new conversation's. */
  async call(operation) {
    const token = await this.ensure();
    try {
      return await operation(token);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) throw error;
      return operation(await this.replace(token));
    }
  }

  forget() {
    this.store.remove(KEY);
  }

  onForeignChange(callback) {
    this.store.onForeignChange(KEY, callback);
  }
}
