// The conversation as a text file that the citizen may keep.
import { getTranscript } from "./api.js";
import { text } from "./texts.js";

/** What went wrong is said as a line between the messages. */
export async function saveTranscript(chat) {
  if (!chat.session.token) {
    chat.log.note(text("nothing_to_save"));
    return;
  }
  try {
    const words = await chat.session.call((token) => getTranscript(token));
    offer(words, text("file_name"));
  } catch (error) {
    chat.log.note(error.message && error.status ? error.message : text("save_failed"));
  }
}

function offer(words, name) {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob([words], { type: "text/plain;charset=utf-8" }));
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
}
