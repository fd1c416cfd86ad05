// Makes the form of a survey easier: a part at a time, conditions, answers kept on this phone.
// Old web views read this too: no optional chaining, no top-level await.
import { Memory } from "./memory.js";

/** One question: whether it is asked now, and whether its answer will do. */
class Question {
  constructor(box, say) {
    this.box = box;
    this.say = say;
    this.inputs = Array.from(box.querySelectorAll("input, textarea"));
    this.showIf = JSON.parse(box.dataset.showIf || "{}");
    box.addEventListener("change", (event) => this.changed(event.target));
    // A problem goes while one types: what moves on leaving the field would escape the finger.
    box.addEventListener("input", () => { if (!this.problem()) this.show(""); });
  }

  get name() { return this.inputs[0].name; }

  get asked() { return !this.box.hidden; }

  get chosen() {
    return this.inputs.filter((input) => input.checked).map((input) => input.value);
  }

  changed(input) {
    if (input.checked && input.type === "checkbox") {
      const alone = "alone" in input.dataset;
      this.inputs.forEach((other) => {
        if (other !== input && (alone || "alone" in other.dataset)) other.checked = false;
      });
    }
    if (!this.problem()) this.show("");
  }

  update(questions) {
    this.box.hidden = !Object.keys(this.showIf).every((name) => {
      const earlier = questions.find((question) => question.name === name);
      return earlier.asked && earlier.chosen.some((code) => this.showIf[name].includes(code));
    });
  }

  problem() {
    const kind = this.box.dataset.kind;
    const required = "required" in this.box.dataset;
    if (kind === "text") {
      const text = this.inputs[0].value.trim().normalize();
      const most = Number(this.box.dataset.most);
      if (Array.from(text).length > most) {
        return this.say.sayLong.replace("{n}", most.toLocaleString(document.documentElement.lang));
      }
      return required && !text ? this.say.sayWrite : "";
    }
    if (!required || this.chosen.length) return "";
    return kind === "multi" ? this.say.saySome : this.say.sayOne;
  }

  check() {
    const problem = this.asked ? this.problem() : "";
    this.show(problem);
    return !problem;
  }

  show(problem) {
    const notes = this.box.querySelector("[data-notes]");
    const before = notes.querySelector(".error-line");
    if (before) before.remove();
    this.box.classList.toggle("ask-error", Boolean(problem));
    if (!problem) return;
    const line = document.importNode(this.inputs[0].form.querySelector("template").content, true);
    line.querySelector("span").textContent = problem;
    notes.append(line);
  }

}

class Survey {
  constructor(form) {
    this.form = form;
    this.say = form.dataset;
    this.memory = new Memory("phieu:" + form.dataset.survey);
    this.opening = document.querySelector("[data-opening]");
    this.progress = document.querySelector("[data-progress]");
    this.offline = form.querySelector("[data-offline]");
    this.parts = Array.from(form.querySelectorAll(".part"));
    this.questions = Array.from(form.querySelectorAll(".ask"), (box) => new Question(box, this.say));
    this.at = 0;
    this.sending = false;
  }

  find(name) { return this.form.querySelector("[data-" + name + "]"); }

  start() {
    if (this.opening) this.restore();
    this.form.querySelectorAll("[data-condition]").forEach((hint) => { hint.hidden = true; });
    this.update();
    this.listen();
    if (this.opening) {
      const asked = /^#phan-(\d+)$/.exec(location.hash);
      this.show(asked ? Math.min(Number(asked[1]), this.parts.length) : 0, false);
    } else {
      this.keep(); // It came back from the server: what stands in it is the newest.
      this.showFirstProblem();
    }
  }

  listen() {
    this.form.addEventListener("input", () => { this.update(); this.keep(); });
    this.form.addEventListener("change", () => { this.update(); this.keep(); });
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.find("next").addEventListener("click", () => this.next());
    this.find("back").addEventListener("click", () => this.show(this.at - 1, true));
    this.find("all").addEventListener("click", () => this.showAll());
    document.querySelector("[data-forget]").addEventListener("click", () => this.forget());
    window.addEventListener("popstate", (event) => this.show((event.state || {}).part || 0, false));
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload(); // It may have been sent since.
    });
    const begin = document.querySelector("[data-begin]");
    if (begin) {
      begin.addEventListener("click", (event) => { event.preventDefault(); this.show(1, true); });
    }
  }

  // Parts. 0 is the opening; -1 shows all of them, as without script.

  show(part, remember) {
    this.at = part;
    this.opening.hidden = part > 0;
    this.form.hidden = part === 0;
    this.parts.forEach((box, i) => { box.hidden = i !== part - 1; });
    this.dress(part > 0);
    const last = part === this.parts.length;
    this.find("next").hidden = last;
    this.find("send").hidden = !last;
    this.find("back").textContent = part > 1
      ? this.say.sayBack.replace("{i}", part - 1) : this.say.sayOpening;
    if (part > 0) this.measure(part);
    if (remember) {
      history.pushState({ part }, "", part ? "#phan-" + part : location.pathname);
      window.scrollTo(0, 0);
      if (part > 0) this.parts[part - 1].querySelector("h2").focus({ preventScroll: true });
    }
  }

  showAll() {
    this.at = -1;
    this.parts.forEach((box) => { box.hidden = false; });
    this.dress(false);
    this.find("next").hidden = true;
    this.find("send").hidden = false;
    this.parts[0].querySelector("h2").focus();
  }

  /** Part by part the bar names the part; then its heading is for screen readers alone. */
  dress(stepping) {
    this.form.classList.toggle("stepping", stepping);
    this.progress.hidden = !stepping;
    this.find("foot").hidden = !stepping;
    this.parts.forEach((box) => {
      box.querySelector("legend").classList.toggle("sr-only", stepping);
    });
  }

  measure(part) {
    const of = (name) => this.progress.querySelector("[data-" + name + "]");
    of("part").textContent = this.say.sayPart
      .replace("{i}", part).replace("{n}", this.parts.length);
    of("part-name").textContent = this.parts[part - 1].dataset.partTitle;
    const before = this.parts.slice(0, part - 1)
      .reduce((sum, box) => sum + box.querySelectorAll(".ask").length, 0);
    const left = Math.ceil(this.say.minutes * (1 - before / this.questions.length));
    of("left").textContent = this.say.sayLeft.replace("{n}", left);
    this.progress.querySelectorAll("i").forEach((segment, i) => {
      segment.className = i < part - 1 ? "full" : i === part - 1 ? "half" : "";
    });
  }

  showFirstProblem() {
    const first = this.form.querySelector(".ask-error input, .ask-error textarea");
    (first || document.getElementById("error-summary")).focus();
  }

  next() {
    const here = this.questions.filter((each) => this.parts[this.at - 1].contains(each.box));
    if (this.checked(here)) this.show(this.at + 1, true);
  }

  checked(questions) {
    const wrong = questions.filter((question) => !question.check());
    if (!wrong.length) return true;
    const part = this.parts.findIndex((box) => box.contains(wrong[0].box)) + 1;
    if (this.at > 0 && this.at !== part) this.show(part, true);
    wrong[0].inputs[0].focus();
    return false;
  }

  update() {
    this.questions.forEach((question) => question.update(this.questions));
    this.form.querySelectorAll(".matrix").forEach((box) => {
      box.hidden = !box.querySelector(".ask:not([hidden])");
    });
  }

  // Keeping.

  fields() {
    return Array.from(new FormData(this.form)).filter((field) => field[0] !== "khoa");
  }

  keep() {
    const fields = this.fields().filter((field) => field[1]);
    const kept = this.memory.write(this.form.elements.khoa.value, fields);
    document.querySelector("[data-kept]").hidden = !kept || !fields.length;
  }

  restore() {
    const kept = this.memory.read();
    if (!kept) return;
    this.form.elements.khoa.value = kept.key;
    this.questions.forEach((question) => question.inputs.forEach((input) => {
      const values = kept.fields.filter((field) => field[0] === input.name);
      if (input.type === "textarea") input.value = values.length ? values[0][1] : "";
      else input.checked = values.some((field) => field[1] === input.value);
    }));
    document.querySelector("[data-kept]").hidden = !kept.fields.length;
  }

  forget() {
    this.memory.forget();
    this.form.reset();
    location.replace(location.pathname);
  }

  // Sending: in the background, so that without a network nothing is lost; if the server has
  // something to say, the form is sent once more in the plain way. Its key makes that safe.

  submit(event) {
    event.preventDefault();
    if (this.sending || !this.checked(this.questions)) return;
    this.sending = true;
    this.keep();
    const button = this.find("send");
    button.disabled = true;
    this.label = button.textContent;
    button.textContent = this.say.saySending;
    this.offline.hidden = true;
    fetch(this.form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(this.form)),
      credentials: "same-origin",
    }).then((answer) => this.answered(answer), () => this.lost());
  }

  answered(answer) {
    if (!answer.redirected) {
      this.form.submit();
      return;
    }
    this.memory.forget();
    answer.text().then(() => location.replace(answer.url));
  }

  lost() {
    this.sending = false;
    this.find("send").disabled = false;
    this.find("send").textContent = this.label;
    this.offline.hidden = false;
    this.offline.scrollIntoView({ block: "center" });
  }

}

const sent = document.querySelector("script[data-sent]");
if (sent) new Memory("phieu:" + sent.dataset.sent).forget();

const form = document.querySelector("form[data-survey]");
if (form) new Survey(form).start();
