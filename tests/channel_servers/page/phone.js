// One phone: draws the chat of one channel and carries the citizen's deeds to the fake server.
import { CHANNELS, DELIVERIES, EVENTS, FATES, LONG_TEXT, WORDS } from "./texts.js";

const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g;

export class Phone {
  constructor(name, getUser, onDeed) {
    this.channel = CHANNELS[name];
    this.getUser = getUser;
    this.onDeed = onDeed;
    this.drawn = "";
    this.linked = false;
    this.element = document.getElementById("phone").content.cloneNode(true).firstElementChild;
    this.element.classList.add(name);
    this.element.id = `phone-${name}`;
    this.element.setAttribute("aria-label", this.channel.title);
    this.find("h2").textContent = this.channel.title;
    this.find(".line .hidden-words").textContent = `${WORDS.message_to} ${this.channel.name}`;
    this.log = this.find(".log");
    this.log.setAttribute("aria-label", this.channel.title);
    this.field = this.find("textarea");
    this.listen();
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  listen() {
    this.find("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.sendTyped();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.sendTyped();
      }
    });
    this.find(".picture").addEventListener("click", () => this.act("attach", { kind: "image" }));
    this.find(".long").addEventListener("click", () => this.act("say", { text: LONG_TEXT }));
    this.find(".link-switch").addEventListener("click", () => this.act(this.linked ? "unfollow" : "follow", {}));
  }

  async sendTyped() {
    const text = this.field.value;
    if (!text.trim()) return;
    this.field.value = "";
    if (!(await this.act("say", { text }))) this.field.value = text;
  }

  // True when the fake server took it.
  async act(deed, fields) {
    const body = JSON.stringify({ user: this.getUser(), ...fields });
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(`${this.channel.path}/_control/${deed}`, { method: "POST", headers, body }).catch(() => null);
    const trouble = this.find(".trouble");
    trouble.hidden = Boolean(response?.ok);
    trouble.textContent = response?.ok ? "" : WORDS.not_sent;
    this.onDeed();
    return Boolean(response?.ok);
  }

  // A phone that was hidden has not followed what was said meanwhile.
  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  // True when something new was said by the bot.
  draw(chat) {
    this.linked = chat.linked;
    this.find(".phone-state").textContent = chat.linked ? this.channel.linked : this.channel.unlinked;
    this.find(".link-switch").textContent = chat.linked ? this.channel.unlink : this.channel.link;
    this.find(".typing").hidden = !chat.typing;
    const now = JSON.stringify(chat.entries);
    if (now === this.drawn) return false;
    const focused = document.activeElement?.closest?.(".choices") ? document.activeElement.dataset.place : null;
    const before = this.drawn ? JSON.parse(this.drawn).length : 0;
    const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    this.drawn = now;
    this.log.replaceChildren(...(chat.entries.length ? chat.entries.map((entry) => this.entry(entry)) : [emptyNote()]));
    if (atEnd || chat.entries.at(-1)?.from === "citizen") this.log.scrollTop = this.log.scrollHeight;
    if (focused) this.log.querySelector(`[data-place="${focused}"]`)?.focus();
    return before < chat.entries.length && chat.entries.at(-1).from === "bot";
  }

  entry(entry) {
    if (EVENTS[entry.kind] && !entry.text) return make("p", "event", EVENTS[entry.kind]);
    const box = make("article", `entry ${entry.from}`);
    const isPicture = !entry.text && entry.from === "citizen";
    const bubble = make("div", isPicture ? "bubble picture" : "bubble");
    isPicture ? bubble.append("Ảnh") : bubble.append(...withLinks(entry.text));
    box.append(bubble);
    if (entry.buttons.length) box.append(this.choices(entry));
    box.append(this.note(entry));
    return box;
  }

  choices(entry) {
    const list = make("div", "choices");
    let place = 0;
    for (const button of entry.buttons) {
      const element = make(button.opens === null ? "button" : "a", "", button.title);
      if (button.opens === null) {
        const number = place++;
        element.type = "button";
        element.dataset.place = `${entry.message_id}-${number}`;
        element.addEventListener("click", () => this.act("press", { button: number, message_id: entry.message_id }));
      } else {
        element.href = button.opens;
        element.target = "_blank";
        element.rel = "noopener";
      }
      list.append(element);
    }
    return list;
  }

  note(entry) {
    const time = new Date(entry.at * 1000).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    const fate = entry.from === "bot" ? FATES[entry.fate] : DELIVERIES[entry.fate];
    const bad = entry.from === "bot" ? entry.fate : entry.fate === "given_up";
    return make("small", bad ? "bad" : "", fate ? `${time} · ${fate}` : time);
  }
}

function make(tag, classes, text = "") {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  element.textContent = text;
  return element;
}

function emptyNote() {
  return make("p", "empty", WORDS.empty);
}

function withLinks(text) {
  const parts = [];
  let last = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const link = make("a", "", match[0]);
    link.href = match[0];
    link.target = "_blank";
    link.rel = "noopener";
    parts.push(text.slice(last, match.index), link);
    last = match.index + match[0].length;
  }
  return [...parts, text.slice(last)];
}
