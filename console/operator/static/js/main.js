// Wires the desk; the only place that knows the page's ids and makes the parts.
import { Alerts } from "./alerts.js";
import { Composer } from "./composer.js";
import { open, wireDialogs } from "./dialogs.js";
import { wireLiveForms } from "./live_forms.js";
import { keepPresence } from "./presence.js";
import { wireShortcuts } from "./shortcuts.js";
import { listen } from "./stream.js";
import { Talk } from "./talk.js";
import { sayWhatWasLeft } from "./toasts.js";
import { Worklist } from "./worklist.js";

const byId = (id) => document.getElementById(id);
const episode = Number(byId("desk").dataset.episode);

const worklist = new Worklist(byId("worklist"), byId("filters"), episode);
const alerts = new Alerts(byId("sound"), episode);
let composer = null;
let talk = null;
if (byId("talk")) {
  const acts = [];
  talk = new Talk(byId("talk"), (...now) => (composer ? composer.allow(...now) : acts.push(now)));
  composer = new Composer(byId("composer"), talk.root, refresh);
  for (const now of acts) composer.allow(...now);
}

function refresh() {
  worklist.refresh();
  talk?.refresh();
}

wireLiveForms(refresh);
wireDialogs(talk);
keepPresence(byId("presence"), byId("presence-dot"));
byId("open-help").addEventListener("click", () => open(byId("help-dialog"), talk));
byId("toggle-card")?.addEventListener("click", (event) => {
  const isShown = document.body.classList.toggle("shows-card");
  event.currentTarget.setAttribute("aria-pressed", String(isShown));
});
wireShortcuts(byId("shortcuts-on"), {
  n: () => byId("claim-next").click(),
  j: () => worklist.step(1),
  k: () => worklist.step(-1),
  s: () => byId("search").focus(),
  c: () => byId("claim")?.click(),
  r: () => composer?.write(),
  i: () => composer?.note(),
  t: () => composer?.suggest(),
  f: () => byId("forward")?.click(),
  g: () => byId("give-back")?.click(),
  e: () => byId("close")?.click(),
  o: () => byId("toggle-card")?.click(),
  "?": () => open(byId("help-dialog"), talk),
});
listen(episode, {
  worklist: (data) => {
    alerts.hear(data);
    worklist.refresh();
  },
  conversation: refresh,
});
sayWhatWasLeft();
document.documentElement.dataset.ready = "1";
