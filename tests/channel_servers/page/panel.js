// Switches for what goes wrong, one group for each channel.
import { CHANNELS, FAULTS, WORDS } from "./texts.js";

export class Panel {
  constructor(element, opener, onChange) {
    this.onChange = onChange;
    this.boxes = {};
    for (const name of Object.keys(CHANNELS)) element.append(this.group(name));
    opener.addEventListener("click", () => {
      element.hidden = !element.hidden;
      opener.setAttribute("aria-expanded", String(!element.hidden));
    });
  }

  group(name) {
    const group = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = CHANNELS[name].name;
    group.append(legend);
    for (const [kind, words] of Object.entries(FAULTS)) {
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.addEventListener("change", () => this.send(name, kind, box.checked));
      label.append(box, words);
      group.append(label);
      this.boxes[`${name}.${kind}`] = box;
    }
    const expire = document.createElement("button");
    expire.type = "button";
    expire.textContent = WORDS.expire;
    expire.addEventListener("click", () => this.send(name, "token_expired", true));
    group.append(expire);
    return group;
  }

  async send(channel, kind, on) {
    const headers = { "Content-Type": "application/json" };
    await fetch("/faults", { method: "POST", headers, body: JSON.stringify({ channel, kind, on }) }).catch(() => null);
    this.onChange();
  }

  draw(channels) {
    for (const [key, box] of Object.entries(this.boxes)) {
      const [name, kind] = key.split(".");
      box.checked = channels[name].faults.includes(kind);
    }
  }
}
