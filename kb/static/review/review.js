// Reviewing by keyboard, and the next doubt at once: it is fetched ahead and put in place while the answer
// is on its way. Without this file the same forms are sent as usual.

const item = document.getElementById("item");
const notice = document.getElementById("notice");
let ahead = null; // the next doubt, an element that is not on the page yet
let sending = Promise.resolve();
let isWaiting = false; // nothing can be answered while no doubt is there to be shown

const shownNow = () => item.querySelector(".doubt")?.dataset.doubt || "";

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const field = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (field) {
    if (event.key === "Escape") field.blur();
    return;
  }
  const focused = document.querySelector(`[data-focus-key="${CSS.escape(event.key)}"]`);
  const control = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not(:disabled)`);
  if (focused) {
    event.preventDefault();
    focused.focus();
  } else if (event.key === "z" && item && !event.repeat) {
    event.preventDefault();
    undo();
  } else if (control && !isWaiting && !event.repeat) {
    event.preventDefault();
    control.click();
  }
}

// Takes back the last decision, also one whose answer is still on its way.
async function undo() {
  for (let last; last !== sending;) await (last = sending);
  item.querySelector("[data-key='z']")?.click();
}

async function ask(url, data) {
  const answer = await fetch(url, { method: "POST", body: data, headers: { "X-Review": "part" } });
  const text = await answer.text();
  const parts = new DOMParser().parseFromString(text, "text/html");
  const part = (name) => parts.querySelector(`[data-part="${name}"]`);
  if (!part("item")) throw new Error(`${answer.status}`);
  return { status: answer.status, item: part("item"), notice: part("notice"), progress: part("progress") };
}

function show(next) {
  item.replaceChildren(...document.importNode(next, true).childNodes);
  item.querySelector(".question")?.focus({ preventScroll: true });
  if (item.getBoundingClientRect().top < 0) item.scrollIntoView({ block: "start" });
}

function tell(answer) {
  notice.classList.toggle("bad", answer.status >= 400);
  notice.replaceChildren(...document.importNode(answer.notice, true).childNodes);
  document.getElementById("progress").replaceChildren(...document.importNode(answer.progress, true).childNodes);
  // What can be undone is known from the newest answer, also where its doubt is not shown yet.
  const last = answer.item.querySelector("form.undo"), old = item.querySelector("form.undo");
  if (last && old) old.replaceWith(document.importNode(last, true));
  else if (last) item.append(document.importNode(last, true));
  else if (old) old.remove();
}

function withShown(form, id) {
  const data = new FormData(form);
  data.set("shown", id);
  return data;
}

async function fetchAhead() {
  const form = item.querySelector("form[data-swap]");
  ahead = null;
  if (!form || !shownNow() || !item.dataset.ahead) return;
  const id = shownNow();
  const answer = await ask(item.dataset.ahead, withShown(form, id));
  if (shownNow() === id) ahead = answer.item;
}

async function send(form, submitter) {
  const data = new FormData(form, submitter);
  const known = "waits" in form.dataset ? null : ahead;
  const wasShown = item.firstElementChild;
  ahead = null;
  if (known) {
    show(known);
    data.set("shown", shownNow());
  } else {
    isWaiting = true;
    wasShown?.setAttribute("aria-busy", "true");
  }
  const id = shownNow();
  sending = sending.then(async () => {
    const answer = await ask(form.action, data);
    const isMoving = !known || answer.status === 422;
    if (isMoving) show(answer.item);
    else if (shownNow() === id) ahead = answer.item;
    tell(answer);
    isWaiting = false;
    if (answer.status === 422) item.querySelector("[data-key='1'], [data-focus-key]")?.focus();
    if (isMoving) await fetchAhead();
  }).catch(() => {
    notice.classList.add("bad");
    notice.textContent = document.documentElement.lang.startsWith("en")
      ? "The answer did not arrive. Reload the page: what was not stored is asked again."
      : "答复没有送达。请刷新页面：没有存下的会再问一次。";
    isWaiting = false;
  });
  await sending;
}

document.addEventListener("keydown", pressed);
item?.addEventListener("submit", (event) => {
  if (!("swap" in event.target.dataset)) return;
  event.preventDefault();
  if (!isWaiting) send(event.target, event.submitter);
});
for (const select of document.querySelectorAll(".filters select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}
if (item?.dataset.ahead) {
  sending = sending.then(fetchAhead).catch(() => {});
  // The lease on the doubt that somebody thinks about for long is renewed.
  setInterval(() => {
    if (!document.hidden) sending = sending.then(fetchAhead).catch(() => {});
  }, 4 * 60 * 1000);
}
