// A box in which the name of an entity is typed and chosen; the form sends the id of what was chosen.

let asked = 0, waiting = 0;
let address = "", label = "";

export function askAt(url, words) { [address, label] = [url, words]; }

// Makes the pickers of a form work; they come with the form.
export function equip(form) {
  for (const picker of form.querySelectorAll(".picker")) new Picker(picker);
  for (const button of form.querySelectorAll("[data-pick]")) {
    button.addEventListener("click", () => {
      const [id, name] = form.querySelectorAll(".if-existing .picker input");
      [id.value, name.value] = [button.dataset.pick, button.dataset.name];
      name.focus();
    });
  }
}

class Picker {
  constructor(picker) {
    [this.id, this.name] = picker.querySelectorAll("input");
    this.kind = picker.dataset.kind;
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `${this.name.id}-list`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", label);
    this.name.setAttribute("aria-controls", this.list.id);
    this.taken = this.name.value;
    picker.append(this.list);
    this.name.addEventListener("input", () => {
      this.id.value = "";
      clearTimeout(waiting);
      waiting = setTimeout(() => this.ask(), 150);
    });
    this.name.addEventListener("blur", () => { this.close(); if (!this.id.value) this.name.value = ""; });
    this.name.addEventListener("keydown", (event) => this.key(event));
  }

  async ask() {
    const mine = ++asked, typed = this.name.value.trim();
    if (!typed) return this.show([]);
    try {
      const answer = await fetch(`${address}${this.kind}/?${new URLSearchParams({ q: typed })}`);
      const found = answer.ok ? (await answer.json()).results : [];
      if (mine === asked) this.show(found);
    } catch { if (mine === asked) this.show([]); }
  }

  // Nothing that was asked is offered any more, also where its answer is still on its way.
  close() {
    clearTimeout(waiting);
    asked += 1;
    this.show([]);
  }

  show(found) {
    this.chosen = -1;
    this.list.replaceChildren(...found.map((each, number) => {
      const item = document.createElement("li");
      item.id = `${this.list.id}-${number}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const name = document.createElement("span"), more = document.createElement("span");
      name.textContent = each.name;
      more.textContent = each.more;
      more.className = "soft";
      item.append(name, more);
      item.dataset.id = each.id;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(item); });
      return item;
    }));
    this.list.hidden = !found.length;
    this.name.setAttribute("aria-expanded", String(!this.list.hidden));
    this.name.removeAttribute("aria-activedescendant");
  }

  take(item) {
    this.id.value = item.dataset.id;
    this.name.value = item.firstChild.textContent;
    this.close();
  }

  key(event) {
    if (event.isComposing || this.list.hidden) return;
    const items = [...this.list.children], by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      this.chosen = this.chosen < 0 && by < 0 ? items.length - 1 : (this.chosen + by + items.length) % items.length;
      items.forEach((item, number) => item.setAttribute("aria-selected", String(number === this.chosen)));
      this.name.setAttribute("aria-activedescendant", items[this.chosen].id);
    } else if (event.key === "Enter") this.take(items[Math.max(this.chosen, 0)]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
