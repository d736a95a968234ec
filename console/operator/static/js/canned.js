// "/chao" at the start of a word offers canned responses; Enter or Tab puts the chosen one in its place.
import { fetchJson } from "./net.js";
import { text } from "./texts.js";

const CODE = /(^|\s)\/([a-z0-9-]*)$/;

export class Canned {
  #all = null;
  #found = [];
  #at = 0;

  constructor(list, area, onChange) {
    Object.assign(this, { list, area, onChange });
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[data-index]");
      if (!option) return;
      event.preventDefault();
      this.#choose(Number(option.dataset.index));
    });
    area.addEventListener("blur", () => this.#hide());
  }

  async onInput() {
    const typed = this.#typed();
    if (typed === null) return this.#hide();
    try {
      this.#all ??= await fetchJson("/console/canned/list");
    } catch {
      return this.#hide();
    }
    // Typing goes on while the list comes.
    const now = this.#typed();
    if (now === null) return this.#hide();
    this.#found = this.#all.filter((each) => each.code.startsWith(now));
    this.#at = 0;
    this.#show();
  }

  /** Whether the key was for the list. */
  onKey(event) {
    if (this.list.hidden || !this.#found.length) return event.key === "Escape" && this.#hide();
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      this.#at = (this.#at + moves[event.key] + this.#found.length) % this.#found.length;
      this.#show();
    } else if ((event.key === "Enter" && !event.isComposing) || event.key === "Tab") {
      this.#choose(this.#at);
    } else if (event.key === "Escape") {
      this.#hide();
      event.stopPropagation();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  #typed() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    return CODE.exec(before)?.[2] ?? null;
  }

  #choose(index) {
    const before = this.area.value.slice(0, this.area.selectionStart).replace(CODE, (_, gap) => gap + this.#found[index].text);
    this.area.value = before + this.area.value.slice(this.area.selectionStart);
    this.area.setSelectionRange(before.length, before.length);
    this.#hide();
    this.onChange();
  }

  #show() {
    this.list.replaceChildren(...this.#found.map((each, index) => option(each, index, index === this.#at)));
    if (!this.#found.length) {
      const none = Object.assign(document.createElement("div"), { className: "canned-none", textContent: text("no_canned") });
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      this.list.append(none);
    }
    this.list.hidden = false;
    this.area.setAttribute("aria-activedescendant", this.#found.length ? `canned-option-${this.#at}` : "");
    this.list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  #hide() {
    this.list.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
    return false;
  }
}

function option(each, index, isSelected) {
  const node = Object.assign(document.createElement("div"), { className: "canned-option", id: `canned-option-${index}` });
  node.setAttribute("role", "option");
  node.setAttribute("aria-selected", String(isSelected));
  node.dataset.index = index;
  const code = Object.assign(document.createElement("code"), { textContent: `/${each.code}` });
  const title = Object.assign(document.createElement("strong"), { textContent: each.title });
  const words = Object.assign(document.createElement("span"), { textContent: each.text });
  node.append(code, title, words);
  return node;
}
