// Calls to the console's own doors.
const csrf = () => document.querySelector("meta[name=csrf]")?.content ?? "";

/** The server said no; `message` is a sentence for the operator. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** HTML of a part of a page; `fields` are posted, so that they stand in no address. Throws Refused, or TypeError without a connection. */
export async function fetchPart(path, fields = null) {
  const response = fields ? await send(path, fields) : await fetch(path, { headers: { "X-Console": "1" }, credentials: "same-origin" });
  if (!response.ok) throw await refusal(response);
  return await response.text();
}

export async function fetchJson(path) {
  const response = await fetch(path, { headers: { "X-Console": "1" }, credentials: "same-origin" });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** What the server answers to a form. Throws as above. */
export async function post(path, fields) {
  const response = await send(path, fields);
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Elements of a part, which the server has escaped. */
export function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function send(path, fields) {
  return fetch(path, {
    method: "POST",
    headers: { "X-Console": "1", "X-CSRF-Token": csrf() },
    body: new URLSearchParams(fields),
    credentials: "same-origin",
  });
}

async function refusal(response) {
  let message = "";
  try {
    message = (await response.json()).message ?? "";
  } catch {
    // A proxy's own page: the caller has a sentence of its own.
  }
  return new Refused(response.status, message);
}
