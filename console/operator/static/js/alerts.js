// Calls the operator: a sound and the number in the title, for somebody new who waits and for unanswered words.
import { text } from "./texts.js";
import { say } from "./toasts.js";

const KEY = "bhxh.console.sound";
const NOTES = [[660, 0], [880, 0.16]];

export class Alerts {
  #known = null;
  #audio = null;

  /** `open` is the conversation that this page shows. */
  constructor(button, open) {
    Object.assign(this, { button, open });
    this.title = document.title;
    this.on = localStorage.getItem(KEY) !== "off";
    this.#show();
    button.addEventListener("click", () => {
      this.on = !this.on;
      localStorage.setItem(KEY, this.on ? "on" : "off");
      this.#show();
      say(text(this.on ? "sound_on" : "sound_off"));
      if (this.on) this.#ring();
    });
    // Browsers let a page sound only after somebody has touched it.
    document.addEventListener("pointerdown", () => this.#wake(), { once: true });
    document.addEventListener("keydown", () => this.#wake(), { once: true });
  }

  /** Ids of those who wait, who are offered to me, who are mine, and who wrote to me last. */
  hear({ waiting, offered, mine, unanswered }) {
    const now = { waiting: new Set(waiting), offered: new Set(offered), mine: new Set(mine.filter((id) => id !== this.open)), unanswered: new Set(unanswered) };
    const count = now.waiting.size + now.offered.size + now.unanswered.size;
    document.title = count ? `(${count}) ${this.title}` : this.title;
    if (this.#known) {
      if (isNew(now.waiting, this.#known.waiting) || isNew(now.offered, this.#known.offered)) this.#call("new_handoff");
      // What one takes oneself is open here: anything else somebody else has given.
      else if (isNew(now.mine, this.#known.mine)) this.#call("new_assigned");
      else if (isNew(now.unanswered, this.#known.unanswered) && document.hidden) this.#call("new_words");
    }
    this.#known = now;
  }

  #call(key) {
    say(text(key));
    document.documentElement.dataset.rung = String(Number(document.documentElement.dataset.rung ?? 0) + 1);
    if (this.on) this.#ring();
  }

  #wake() {
    this.#audio ??= new AudioContext();
    this.#audio.resume();
  }

  #ring() {
    const audio = this.#audio;
    if (audio?.state !== "running") return;
    for (const [frequency, delay] of NOTES) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.15, audio.currentTime + delay);
      volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + delay + 0.3);
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + delay);
      tone.stop(audio.currentTime + delay + 0.32);
    }
  }

  #show() {
    this.button.setAttribute("aria-pressed", String(this.on));
  }
}

function isNew(now, before) {
  return [...now].some((id) => !before.has(id));
}
