// Makes writing a letter easier: counts signs, warns of numbers at once, holds what was typed on
// this phone until it is sent. Old web views read this too: no optional chaining.
import { Memory } from "./memory.js";
import { Sender } from "./sender.js";

const FIELDS = ["loai", "linh_vuc", "ve", "noi_dung"];
// Ten digits of a telephone, nine or twelve of an identity card, however they are spaced.
const TELLING = /(?:\+?84|0)(?:[ .\-–]?\d){9,10}(?!\d)|(?:\d[ .\-–]?){11}\d(?!\d)|(?:\d[ .\-–]?){8}\d(?!\d)/g;
const COVER = "▪▪▪";

class Writing {
  constructor(form) {
    this.form = form;
    this.memory = new Memory("thu:" + form.dataset.letter);
    this.most = Number(form.dataset.most);
    this.text = form.elements.noi_dung;
    this.count = form.querySelector("[data-count]");
    this.telling = form.querySelector("[data-telling]");
    this.kept = document.querySelector("[data-kept]");
  }

  start() {
    if ("cameBack" in this.form.dataset) this.keep();
    else this.restore();
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.form.querySelector("[data-cover]").addEventListener("click", () => this.cover());
    document.querySelector("[data-forget]").addEventListener("click", () => this.forget());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload(); // It may have been sent since.
    });
    this.show();
  }

  values() {
    return FIELDS.map((name) => {
      const field = this.form.elements[name];
      return [name, field ? field.value : ""];
    });
  }

  changed() {
    this.ownKey();
    this.keep();
    this.show();
  }

  keep() {
    const values = this.values();
    const something = values.some((pair) => pair[1]);
    const kept = something && this.memory.write(this.form.elements.khoa.value, values);
    this.kept.hidden = !kept;
  }

  restore() {
    const kept = this.memory.read();
    if (!kept) return;
    kept.fields.forEach((pair) => {
      const field = this.form.elements[pair[0]];
      if (field) field.value = pair[1];
    });
    this.kept.hidden = false;
    if (!this.text.value) return; // Nothing that could have been sent.
    this.begun = this.text.value;
    this.fresh = this.form.elements.khoa.value;
    this.form.elements.khoa.value = kept.key;
  }

  /** What replaces words that another window may still hold is a letter of its own. */
  ownKey() {
    if (!this.fresh) return;
    if (this.text.value.slice(0, 20) === this.begun.slice(0, 20)) return;
    if (this.text.value && this.begun.startsWith(this.text.value)) return; // Still being cut.
    this.form.elements.khoa.value = this.fresh;
    this.fresh = "";
  }

  show() {
    const length = Array.from(this.text.value.trim().normalize()).length;
    const language = document.documentElement.lang;
    this.count.hidden = false;
    this.count.textContent = length.toLocaleString(language) + "/" + this.most.toLocaleString(language);
    this.count.classList.toggle("over", length > this.most);
    this.telling.hidden = this.text.value.search(TELLING) < 0;
  }

  cover() {
    this.text.value = this.text.value.replace(TELLING, COVER);
    this.changed();
    this.text.focus();
  }

  forget() {
    this.memory.forget();
    this.form.reset();
    location.replace(location.pathname);
  }
}

const sent = document.querySelector("script[data-sent]");
if (sent) new Memory("thu:" + sent.dataset.sent).forget();

const form = document.querySelector("form[data-letter]");
if (form) new Writing(form).start();
document.querySelectorAll("form[data-letter], form[data-sends]").forEach((each) => new Sender(each));
