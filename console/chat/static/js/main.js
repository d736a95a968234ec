// Wires the chat page; the only place that knows the page's ids and makes the parts.
import { Announcements } from "./announcements.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { Feed } from "./feed.js";
import { Log } from "./log.js";
import { Outbox } from "./outbox.js";
import { Panel } from "./panel.js";
import { QuickReplies } from "./quick_replies.js";
import { Presence } from "./presence.js";
import { saveTranscript } from "./save_transcript.js";
import { Scroller } from "./scroller.js";
import { Session } from "./session.js";
import { Store } from "./store.js";
import { text } from "./texts.js";
import { Ticket } from "./ticket.js";
import { Typing } from "./typing.js";

const byId = (id) => document.getElementById(id);

function build() {
  const store = new Store(() => window.localStorage);
  const connection = new Connection(byId("connection"));
  const log = new Log(byId("log"));
  const scroller = new Scroller(byId("scroller"), byId("newest"));
  const session = new Session(store, () => feed.restart(), () => chat.onReplaced());
  const tabStore = new Store(() => window.sessionStorage);
  const outbox = new Outbox(
    tabStore,
    (item) => chat.deliver(item),
    (item, reason) => chat.onState(item, reason),
    (item) => chat.onDelivered(item),
  );
  const feed = new Feed(session, {
    onMessages: (messages) => chat.onMessages(messages),
    onTyping: (on) => chat.onTyping(on),
    onConnection: (connected) => connection.set(connected),
  });
  const typing = new Typing(byId("typing"), byId("typing-text"), () => scroller.settle());
  const composer = new Composer(byId("composer"), tabStore, (words) => chat.say(words));
  const replies = new QuickReplies(byId("log"), (button, byKeyboard) => {
    chat.say(button.title, button.payload);
    if (byKeyboard) composer.focus();
  });
  const ticket = new Ticket(byId("ticket"), session, () => chat.lastQuestion(), () => scroller.toEnd());
  const presence = new Presence(byId("presence"));
  const chat = new Chat({ store, session, outbox, feed, log, scroller, typing, composer, replies, ticket, presence });
  return chat;
}

function wireExamples(chat) {
  byId("needs-script").remove();
  byId("examples").hidden = false;
  byId("examples").addEventListener("click", (event) => {
    const question = event.target.closest("[data-question]")?.dataset.question;
    if (!question) return;
    chat.say(question);
    if (event.detail === 0) chat.composer.focus();
  });
}

function wireHeader(chat) {
  const dialog = byId("restart-dialog");
  for (const name of ["ask-person", "restart", "save"]) byId(name).hidden = false;
  byId("ask-person").addEventListener("click", () => chat.askForPerson());
  byId("save").addEventListener("click", () => saveTranscript(chat));
  byId("continue").addEventListener("click", () => chat.say(text("wants_assistant")));
  byId("restart").addEventListener("click", () => {
    dialog.returnValue = "keep";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "restart") return;
    chat.clear();
    chat.composer.clear();
    chat.composer.focus();
    chat.scroller.toStart();
  });
}

const chat = build();
const panel = new Panel(byId("panel"), document.querySelector(".panes"));
document.addEventListener("click", (event) => panel.onClick(event));
wireExamples(chat);
wireHeader(chat);
chat.session.onForeignChange(() => chat.follow());
if (!chat.store.persistent) chat.log.note(text("storage_blocked"));
chat.start();
new Announcements(byId("announcements"), chat.store).start();
