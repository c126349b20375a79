// Names that begin as typed (or whose pinyin does), offered below the search box. Without an answer the
// box is a plain search form.
"use strict";

const box = document.getElementById("q");
const list = document.createElement("ul");
list.className = "suggestions";
list.id = "suggestions";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", box.labels[0].textContent);
box.form.append(list);
for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) {
  box.setAttribute(name, value);
}

let chosen = -1, waiting = 0, asked = 0;

function show(found) {
  list.replaceChildren(...found.map((each, number) => {
    const item = document.createElement("li");
    item.id = `suggestion-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.textContent = each.name;
    const more = document.createElement("span");
    more.className = "soft";
    more.textContent = each.matched !== each.name ? each.matched : each.city || "";
    item.append(name, more);
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(each.name); });
    return item;
  }));
  chosen = -1;
  list.hidden = !found.length;
  box.setAttribute("aria-expanded", String(!list.hidden));
  box.removeAttribute("aria-activedescendant");
}

// Nothing that was asked is offered any more, also where its answer is still on its way.
function leave() {
  clearTimeout(waiting);
  asked += 1;
  show([]);
}

function take(name) {
  box.value = name;
  leave();
  box.form.requestSubmit();
}

function move(by) {
  const items = list.children;
  chosen = (chosen + by + items.length) % items.length;
  [...items].forEach((item, number) => item.setAttribute("aria-selected", String(number === chosen)));
  box.setAttribute("aria-activedescendant", items[chosen].id);
}

async function ask() {
  const typed = box.value.trim(), mine = ++asked;
  if (!typed) return show([]);
  try {
    const answer = await fetch(`${box.dataset.suggest}?${new URLSearchParams({ q: typed, limit: 8 })}`);
    const found = answer.ok ? (await answer.json()).results : [];
    if (mine === asked) show(found);
  } catch { if (mine === asked) show([]); }
}

box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 150); });
box.addEventListener("blur", leave);
box.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Escape") {
    if (!list.hidden) event.preventDefault();
    leave();
  } else if (list.hidden) return;
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : chosen < 0 ? 0 : -1);
  } else if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    take(list.children[chosen].firstChild.textContent);
  }
});
