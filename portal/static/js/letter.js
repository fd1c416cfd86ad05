// Makes writing a letter easier: counts signs, warns of numbers at once, holds what was typed on
// this phone until it is sent. Old web views read this too: no optional chaining.
const WEEK = 7 * 86400 * 1000;
const FIELDS = ["loai", "linh_vuc", "ve", "noi_dung"];
// Ten digits of a telephone, nine or twelve of an identity card, however they are spaced.
const TELLING = /(?:\+?84|0)(?:[ .\-–]?\d){9,10}(?!\d)|(?:\d[ .\-–]?){11}\d(?!\d)|(?:\d[ .\-–]?){8}\d(?!\d)/g;
const COVER = "▪▪▪";

/** What this phone keeps of a letter, with its form's number, so that a resend is one letter. */
class Memory {
  constructor(code) { this.name = "thu:" + code; }

  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.name));
      return kept && Date.now() - kept.at < WEEK ? kept : null;
    } catch (error) {
      return null;
    }
  }

  write(key, fields) {
    try {
      localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), key, fields }));
      return true;
    } catch (error) {
      return false; // Private windows keep nothing; the form works all the same.
    }
  }

  forget() {
    try { localStorage.removeItem(this.name); } catch (error) { /* Nothing was kept. */ }
  }
}

/** Sends a form the plain way once the server answers; without a network nothing is lost. */
class Sender {
  constructor(form) {
    this.form = form;
    this.offline = form.querySelector("[data-offline]");
    this.asking = false;
    form.addEventListener("submit", (event) => this.submit(event));
  }

  submit(event) {
    event.preventDefault();
    if (this.asking) return;
    this.asking = true;
    this.offline.hidden = true;
    const button = event.submitter || this.form.querySelector("button[type=submit]");
    fetch(location.pathname.replace(/^(\/h\/[^/]+).*/, "$1"), { method: "HEAD", cache: "no-store" })
      .then(() => this.send(button), () => this.lost());
  }

  send(button) {
    this.asking = false;
    if (button.formAction && button.hasAttribute("formaction")) this.form.action = button.formAction;
    if (button.name) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = button.name;
      field.value = button.value;
      this.form.append(field);
    }
    this.form.submit();
  }

  lost() {
    this.asking = false;
    this.offline.hidden = false;
    this.offline.scrollIntoView({ block: "center" });
  }
}

class Writing {
  constructor(form) {
    this.form = form;
    this.memory = new Memory(form.dataset.letter);
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
    this.form.elements.khoa.value = kept.key;
    kept.fields.forEach((pair) => {
      const field = this.form.elements[pair[0]];
      if (field) field.value = pair[1];
    });
    this.kept.hidden = false;
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
if (sent) new Memory(sent.dataset.sent).forget();

const form = document.querySelector("form[data-letter]");
if (form) new Writing(form).start();
document.querySelectorAll("form[data-letter], form[data-sends]").forEach((each) => new Sender(each));
