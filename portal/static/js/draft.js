// Makes commenting on a draft easier: what is written at every provision is held on this phone
// until it is sent, and goes out together. Old web views read this too: no optional chaining.
import { Memory } from "./memory.js";
import { Sender } from "./sender.js";

const SAID = /^[ty]-/;

class Draft {
  constructor(form) {
    this.form = form;
    this.memory = new Memory("gop-y:" + form.dataset.draft);
    this.counted = document.querySelector("[data-counted]");
    this.hint = this.counted ? this.counted.textContent : "";
    this.inputs = Array.from(form.querySelectorAll("input[type=checkbox], textarea"))
      .filter((input) => SAID.test(input.name));
    this.cameBack = "cameBack" in form.dataset; // It shows all that is held.
    this.added = [];
    // Before the sender: what other pages hold goes along.
    form.addEventListener("submit", (event) => this.submit(event));
    this.sender = new Sender(form);
  }

  start() {
    if (this.cameBack) this.keep();
    else this.restore();
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.form.querySelectorAll(".say").forEach((box) => this.dress(box));
    document.querySelectorAll("[data-plain]").forEach((note) => { note.hidden = true; });
    const forget = document.querySelector("[data-forget]");
    if (forget) forget.addEventListener("click", () => this.forget());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload(); // It may have been sent since.
    });
    this.show();
  }

  /** What the phone holds, of all pages. */
  held() {
    const kept = this.memory.read();
    return kept ? kept.fields : [];
  }

  elsewhere() {
    if (this.cameBack) return [];
    const here = this.inputs.map((input) => input.name);
    return this.held().filter((pair) => !here.includes(pair[0]));
  }

  here() {
    return this.inputs
      .filter((input) => (input.type === "checkbox" ? input.checked : input.value.trim()))
      .map((input) => [input.name, input.value]);
  }

  changed() {
    this.kept = this.keep();
    this.show();
  }

  keep() {
    const fields = this.elsewhere().concat(this.here());
    if (!fields.length) {
      this.memory.forget();
      return false;
    }
    return this.memory.write(this.form.elements.khoa.value, fields);
  }

  restore() {
    const kept = this.memory.read();
    if (!kept) return;
    this.kept = true;
    this.form.elements.khoa.value = kept.key;
    this.inputs.forEach((input) => {
      const found = kept.fields.filter((pair) => pair[0] === input.name);
      if (!found.length) return;
      if (input.type === "checkbox") input.checked = true;
      else {
        input.value = found[0][1];
        input.closest("details").open = true;
      }
    });
  }

  show() {
    this.form.querySelectorAll(".say").forEach((box) => this.mark(box));
    if (!this.counted) return;
    const all = this.elsewhere().concat(this.here());
    document.querySelector("[data-held]").hidden = !this.kept || !all.length;
    const dock = this.counted.parentElement;
    dock.hidden = "busyOnly" in dock.dataset && !all.length;
    const comments = all.filter((pair) => pair[0].startsWith("y-")).length;
    const said = document.createElement("b");
    said.textContent = this.counted.dataset.say
      .replace("{c}", comments).replace("{a}", all.length - comments);
    const unsent = document.createElement("span");
    unsent.textContent = this.counted.dataset.unsent;
    if (all.length) this.counted.replaceChildren(said, unsent);
    else this.counted.textContent = this.hint;
  }

  mark(box) {
    const written = Boolean(box.querySelector("textarea").value.trim());
    box.classList.toggle("is-said", written);
    box.querySelector("[data-kept]").hidden = !this.kept || !written;
    const to = box.querySelector("[data-again]");
    to.dataset.first = to.dataset.first || to.textContent;
    to.textContent = written ? to.dataset.again : to.dataset.first;
  }

  dress(box) {
    const text = box.querySelector("textarea");
    box.querySelector("[data-tools]").hidden = false;
    box.querySelector("[data-close]").addEventListener("click", () => {
      box.open = false;
      box.querySelector("summary").focus();
    });
    box.querySelector("[data-clear]").addEventListener("click", () => {
      text.value = "";
      this.changed();
      text.focus();
    });
  }

  forget() {
    this.memory.forget();
    this.form.reset();
    location.replace(location.pathname);
  }

  submit(event) {
    if (this.sender.asking) return;
    const button = this.sender.button(event);
    // Agreeing to all in one tap would send what else is held unseen: it is looked over first.
    if ("atOnce" in button.dataset && (this.elsewhere().length || this.here().length)) {
      button.removeAttribute("formaction");
    }
    this.added.forEach((field) => field.remove());
    this.added = this.elsewhere().map((pair) => this.sender.add(pair[0], pair[1]));
  }
}

const sent = document.querySelector("script[data-sent]");
if (sent) new Memory("gop-y:" + sent.dataset.sent).forget();

const form = document.querySelector("form[data-draft]");
if (form) new Draft(form).start();
