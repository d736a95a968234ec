// Tells the server every half minute that the page is open, and whether somebody touched it since.
import { post } from "./net.js";
import { text } from "./texts.js";
import { say } from "./toasts.js";

const SIGN_MS = 30_000;

export function keepPresence(select, dot) {
  let active = true;
  let shown = dot.dataset.presence;
  const touched = () => {
    const wasAway = !active && shown === "away" && select.value !== "away";
    active = true;
    if (wasAway) sign();
  };
  for (const kind of ["pointerdown", "keydown", "wheel"]) document.addEventListener(kind, touched, { passive: true });

  const show = (presence) => {
    if (presence === "away" && shown !== "away" && select.value !== "away") say(text("auto_away"));
    shown = presence;
    dot.dataset.presence = presence;
    dot.title = text(`presence_${presence}`);
  };
  const sign = async () => {
    try {
      const { presence } = await post("/console/presence/sign", { active: active ? "1" : "0" });
      active = false;
      show(presence);
    } catch {
      // The stream's own line says that the connection is lost.
    }
  };
  select.addEventListener("change", async () => {
    try {
      await post("/console/presence", { presence: select.value });
      show(select.value);
    } catch (error) {
      say(error.message || text("failed"), true);
    }
  });
  setInterval(sign, SIGN_MS);
  sign();
}
