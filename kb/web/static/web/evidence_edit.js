// An editor's hand on the evidence: confirm, reject, correct, add and take back, without leaving the page.
// The server answers each step with the marked text and the list of records as they are then.

import { body, card, clear, current, go, keysAreOn, keysOf, place, reread, step } from "./evidence.js";
import { askAt, equip } from "./evidence_picker.js";
import { occurrences, selected } from "./evidence_words.js";

const desk = document.getElementById("desk"), dialog = document.getElementById("dialog");
const picked = document.getElementById("picked"), byWords = document.getElementById("by-words");
const said = document.getElementById("said"), undoButton = document.getElementById("undo");
const token = desk.querySelector("[name=csrfmiddlewaretoken]").value;
const addressOf = (key, rest = "") => `${desk.dataset.records}${key.replace("-", "/")}/${rest}`;
let undoToken = "", chosen = null;

askAt(desk.dataset.entities, desk.dataset.suggestions);

function say(words, undo = "", isError = false) {
  said.textContent = words;
  said.parentElement.classList.toggle("is-error", isError);
  said.parentElement.classList.toggle("is-said", Boolean(words));
  undoToken = undo;
  undoButton.hidden = !undo;
}

// One step at a time: a key that is pressed while the server is at work means what is shown when it has answered.
let working = Promise.resolve();
const inTurn = (step) => (...about) => { working = working.then(() => step(...about)).catch(reportError); };

// What the server answers; null, with words for the person, where it refused or did not answer.
async function ask(url, values) {
  try {
    const sent = values && { method: "POST", body: new URLSearchParams(values), headers: { "X-CSRFToken": token } };
    const answer = await fetch(url, { ...sent, headers: { Accept: "application/json", ...sent?.headers } });
    const found = await answer.json();
    if (answer.ok || answer.status === 422) return found;
    say(found.error || desk.dataset.failed, "", true);
  } catch { say(desk.dataset.failed, "", true); }
  return null;
}

function apply(answer) {
  body.innerHTML = answer.text;
  document.getElementById("record-list").innerHTML = answer.records;
  for (const [name, count] of Object.entries(answer.counts)) document.querySelector(`[data-count="${name}"]`).textContent = count;
  clear();
  reread();
  say(answer.message, answer.undo);
}

const decide = inTurn(async (action, key = current) => {
  if (!key || !card(key)) return say(desk.dataset.nothing, "", true);
  const answer = await ask(addressOf(key, `${action}/`), { version: card(key).dataset.version });
  if (!answer) return;
  dialog.close();
  apply(answer);
  go(key);
  step(1);
});

const undo = inTurn(async () => {
  if (!undoToken) return;
  const answer = await ask(desk.dataset.undo, { undo: undoToken });
  if (!answer) return;
  apply(answer);
  go(answer.key);
});

const open = inTurn(async (url) => {
  if (dialog.open) return;
  const answer = await ask(url);
  if (!answer) return;
  fill(answer.form);
  byWords.close();
  picked.hidden = true;
  dialog.showModal();
  focusIn(dialog);
});

function fill(form) {
  dialog.innerHTML = form;
  equip(dialog);
}

function focusIn(box) {
  const first = box.querySelector("[aria-invalid=true]") || box.querySelector(".if-existing:not([hidden]) [type=text], .fields [type=text], .fields select");
  (first?.checkVisibility() ? first : box.querySelector("input[type=radio]:checked") || box.querySelector("button"))?.focus();
  if (first?.select) first.select();
}

const edit = (key) => (key && card(key) ? open(addressOf(key)) : say(desk.dataset.nothing, "", true));
const add = (kind, words) => open(`${desk.dataset.records}${kind}/new/?${new URLSearchParams({ start: words.start, end: words.end, text: words.text })}`);

const send = inTurn(async (form) => {
  if (!dialog.open || !form.isConnected) return; // it was sent already
  const answer = await ask(form.action, new FormData(form));
  if (!answer) return dialog.close();
  if (answer.form) { fill(answer.form); return focusIn(dialog); }
  dialog.close();
  getSelection().removeAllRanges();
  apply(answer);
  go(answer.key);
});
dialog.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target);
});
for (const box of [dialog, byWords]) {
  box.addEventListener("click", (event) => { if (event.target === box || event.target.closest("[data-close]")) box.close(); });
}
dialog.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) decide(button.dataset.do, new URL(dialog.querySelector("form").action).pathname.split("/").slice(-3, -1).join("-"));
});
document.getElementById("record-list").addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]"), key = event.target.closest(".record")?.id.replace("record-", "");
  if (button) button.dataset.act === "edit" ? edit(key) : decide(button.dataset.act, key);
});
undoButton.addEventListener("click", undo);

// Marked words are buttons that open the record; they can be drawn over with the mouse, as links cannot.
const openAt = (segment) => edit(keysOf(segment).includes(current) ? current : keysOf(segment)[0]);
body.addEventListener("click", (event) => {
  const segment = event.target.closest(".seg");
  if (segment && !selected()) openAt(segment);
});
body.addEventListener("keydown", (event) => {
  const segment = event.target.closest(".seg");
  if (!segment || !["Enter", " "].includes(event.key)) return;
  event.preventDefault();
  openAt(segment);
});

// Chromium selects nothing from within an element that takes the focus; so none does while the mouse is drawn.
let pressed = null, order = null;
body.addEventListener("pointerdown", (event) => {
  pressed = event.target.closest(".seg");
  order = pressed?.getAttribute("tabindex");
  pressed?.removeAttribute("tabindex");
});
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => { pressed?.setAttribute("tabindex", order); pressed = null; });
}

function offer() {
  chosen = selected();
  picked.hidden = !chosen?.rect;
  if (chosen?.across) say(desk.dataset.oneParagraph, "", true);
  if (!picked.hidden) { clear(); place(picked, chosen.rect); }
}
body.addEventListener("pointerup", () => setTimeout(offer));
body.addEventListener("keyup", (event) => { if (event.shiftKey || event.key === "Shift") offer(); });
document.addEventListener("selectionchange", () => { if (!selected()) picked.hidden = true; else if (matchMedia("(pointer: coarse)").matches) offer(); });
picked.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
picked.addEventListener("click", (event) => {
  const button = event.target.closest("[data-kind]");
  if (button && chosen) add(button.dataset.kind, chosen);
});

const adder = document.getElementById("add-record"), typed = document.getElementById("words"), places = document.getElementById("places");
adder.hidden = false;
adder.addEventListener("click", () => byWords.showModal());
let found = [];
typed.addEventListener("input", () => {
  found = occurrences(typed.value.trim());
  places.hidden = !found.length;
  document.getElementById("no-places").hidden = Boolean(found.length || !typed.value.trim());
  places.replaceChildren(places.firstElementChild, ...found.map((each, number) => {
    const label = document.createElement("label"), radio = document.createElement("input"), mark = document.createElement("mark");
    Object.assign(radio, { type: "radio", name: "place", value: number, checked: !number });
    mark.textContent = each.text;
    label.append(radio, ` …${each.before}`, mark, `${each.behind}…`);
    return label;
  }));
});
byWords.addEventListener("click", (event) => {
  const button = event.target.closest("[data-kind]"), at = places.querySelector(":checked");
  if (button) at && found.length ? add(button.dataset.kind, found[at.value]) : typed.focus();
});
byWords.addEventListener("submit", (event) => event.preventDefault());

document.addEventListener("keydown", (event) => {
  if (!keysAreOn(event)) return;
  const kind = picked.hidden ? null : picked.querySelectorAll("[data-kind]")[Number(event.key) - 1];
  if (kind && chosen) add(kind.dataset.kind, chosen);
  else if (event.key === "a") decide("accept");
  else if (event.key === "x") decide("reject");
  else if (event.key === "e") edit(current);
  else if (event.key === "u") undo();
  else if (event.key === "+") byWords.showModal();
  else return;
  event.preventDefault();
});
