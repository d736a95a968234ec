// Browser storage that never throws: where it is blocked or full, values live as long as the page does.
const PREFIX = "bhxh.chat.";

export class Store {
  #memory = new Map();

  /** @param {() => Storage} open a function, because merely reading `window.localStorage` may throw */
  constructor(open) {
    this.persistent = true;
    try {
      this.storage = open();
      this.storage.setItem(`${PREFIX}probe`, "1");
      this.storage.removeItem(`${PREFIX}probe`);
    } catch {
      this.storage = null;
      this.persistent = false;
    }
  }

  /** The value written last, or `fallback` when there is none or it cannot be read. */
  read(key, fallback = null) {
    if (this.#memory.has(key)) return this.#memory.get(key);
    try {
      const raw = this.storage?.getItem(PREFIX + key);
      return raw == null ? fallback : JSON.parse(raw);
    } catch {
      return fallback;
    }
  }

  write(key, value) {
    try {
      if (!this.storage) throw new Error("blocked");
      this.storage.setItem(PREFIX + key, JSON.stringify(value));
      this.#memory.delete(key);
    } catch {
      this.#memory.set(key, value);
    }
  }

  remove(key) {
    this.#memory.delete(key);
    try {
      this.storage?.removeItem(PREFIX + key);
    } catch {
      // Nothing was kept, so nothing needs removing.
    }
  }

  /** Calls back when another tab of this browser changes `key`. */
  onForeignChange(key, callback) {
    window.addEventListener("storage", (event) => {
      if (event.storageArea === this.storage && (event.key === PREFIX + key || event.key === null)) callback();
    });
  }
}
