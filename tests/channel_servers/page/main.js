// Asks the fake servers what is new, and draws it.
import { Panel } from "./panel.js";
import { Phone } from "./phone.js";
import { CHANNELS, WORDS } from "./texts.js";

const EVERY_MS = 700;
const citizen = document.getElementById("citizen");
const health = document.getElementById("health");
const phones = {};
const tabs = {};

function userOf(name) {
  return CHANNELS[name].user(citizen.value);
}

function show(name) {
  for (const [other, phone] of Object.entries(phones)) {
    phone.element.classList.toggle("current", other === name);
    tabs[other].setAttribute("aria-current", String(other === name));
  }
  tabs[name].querySelector(".dot")?.remove();
  phones[name].toEnd();
}

function markNew(name) {
  const tab = tabs[name];
  if (tab.getAttribute("aria-current") === "true" || tab.querySelector(".dot")) return;
  const dot = document.createElement("span");
  dot.className = "dot";
  dot.setAttribute("role", "img");
  dot.setAttribute("aria-label", WORDS.new_messages);
  tab.append(dot);
}

function build() {
  for (const name of Object.keys(CHANNELS)) {
    phones[name] = new Phone(name, () => userOf(name), refresh);
    document.getElementById("phones").append(phones[name].element);
    tabs[name] = document.createElement("button");
    tabs[name].type = "button";
    tabs[name].textContent = CHANNELS[name].name;
    tabs[name].setAttribute("aria-controls", phones[name].element.id);
    tabs[name].addEventListener("click", () => show(name));
    document.getElementById("tabs").append(tabs[name]);
  }
  show(Object.keys(CHANNELS)[0]);
}

build();
const panel = new Panel(document.getElementById("panel"), document.getElementById("panel-switch"), refresh);

let asking = false;
let again = false;

async function refresh() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  const query = new URLSearchParams(Object.keys(CHANNELS).map((name) => [name, userOf(name)]));
  const response = await fetch(`/feed?${query}`).catch(() => null);
  const feed = response?.ok ? await response.json() : null;
  health.textContent = feed ? (feed.ready ? WORDS.ready : WORDS.starting) : WORDS.gone;
  health.className = feed?.ready ? "good" : "bad";
  if (feed) {
    panel.draw(feed.channels);
    for (const [name, phone] of Object.entries(phones)) if (phone.draw(feed.channels[name])) markNew(name);
  }
  asking = false;
  if (again) {
    again = false;
    refresh();
  }
}

citizen.addEventListener("change", refresh);
setInterval(refresh, EVERY_MS);
refresh();
