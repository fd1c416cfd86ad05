// Keeps a draft safe while it is written: saves by itself, holds what is not saved on this machine,
// and lets the buttons that add, move and remove work without a new page.
import { Held } from "./held.js";
import { Preview } from "./preview.js";

const PAUSE = 2000; // Typing has stopped for so long.
const AT_MOST = 15000; // Whoever types without a pause is saved nevertheless.
const RETRY = 5000;
const IN_PLACE = /^(section|duty|recipient|appendix|comment|resolve|fix|keep|paste-duties)\b/;
const ORDER = /-(level|role|kind|to)$/; // Choices after which the page looks different.

class Draft {
  constructor(form) {
    this.form = form;
    this.say = form.dataset;
    this.line = document.querySelector("[data-saved]");
    this.held = new Held(form.dataset.draft);
    this.preview = new Preview(document.querySelector("[data-preview]"));
    this.stamp = 0; // Counts changes, so that what is typed while saving is not taken for saved.
    this.dirty = "unsaved" in form.dataset;
    this.stopped = false; // Somebody else saved first, or the draft is closed: no more tries.
    this.offerHeld();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", (event) => {
      if (ORDER.test(event.target.name)) this.run(this.body("go-on"));
    });
    form.addEventListener("submit", (event) => this.submitted(event));
    form.addEventListener("focusin", (event) => takeInHand(event.target.closest(".sec")));
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty) event.preventDefault();
    });
    window.addEventListener("online", () => this.save());
    grow(form);
    this.preview.refresh();
    if (this.dirty) this.changed();
  }

  get version() { return this.form.elements.version; }

  get token() { return this.form.elements.csrf_token; }

  body(command) {
    const fields = new URLSearchParams(new FormData(this.form));
    fields.set("command", command);
    return fields;
  }

  changed() {
    this.stamp += 1;
    this.dirty = true;
    grow(this.form);
    this.held.write(this.body("restore"));
    if (this.stopped) return;
    this.tell(this.say.sayUnsaved, true);
    this.first ??= Date.now();
    this.later(Math.min(PAUSE, Math.max(0, this.first + AT_MOST - Date.now())));
  }

  later(wait) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.save(), wait);
  }

  save() {
    clearTimeout(this.timer);
    if (!this.dirty || this.stopped) return Promise.resolve();
    this.saving ??= this.send().finally(() => { this.saving = null; });
    return this.saving;
  }

  async send() {
    const stamp = this.stamp;
    this.tell(this.say.saySaving);
    const answer = await this.post(() => this.body("autosave"));
    this.first = null;
    if (answer?.ok && !answer.redirected) this.stored(await answer.json(), stamp);
    else await this.refused(answer);
  }

  /** Post what is typed; after signing in anew, with the new session's token. */
  async post(fields) {
    const options = () => ({ method: "POST", body: fields(), headers: { Accept: "application/json" } });
    try {
      let answer = await fetch(this.form.action, options());
      if (isAway(answer) && await this.renew()) answer = await fetch(this.form.action, options());
      return answer;
    } catch {
      return null;
    }
  }

  async renew() {
    const answer = await fetch(this.form.action);
    if (!answer.ok || answer.redirected) return false;
    const token = parse(await answer.text()).querySelector("[data-draft] [name=csrf_token]");
    if (token) this.token.value = token.value;
    return Boolean(token);
  }

  stored(answer, stamp) {
    this.version.value = answer.version;
    if (stamp === this.stamp) {
      this.dirty = false;
      this.held.forget();
      this.tell(this.say.saySaved.replace("{time}", answer.saved_at));
    } else {
      this.changed();
    }
    this.show(answer.live);
    this.preview.refresh(answer.version);
  }

  /** @param {Response | null} answer - null if the portal could not be reached */
  async refused(answer) {
    if (!answer || answer.status >= 500 || answer.status === 429) {
      this.tell(this.say.sayTrying, true);
      this.later(RETRY);
    } else if (isAway(answer)) {
      this.tell(this.say.sayAway, true);
      this.later(RETRY);
    } else {
      // Too long to be stored, or another was first: the answer says it, and only a person helps.
      const said = await answer.json().catch(() => ({}));
      this.stopped = answer.status !== 422;
      this.tell(said.message ?? this.say.sayUnsaved, true);
    }
  }

  /** Puts numbers, first words and warnings in place; never under the hands that write. */
  show(html) {
    const fresh = parse(html);
    this.form.querySelectorAll("[data-live]").forEach((old) => {
      const made = fresh.querySelector(`[data-live="${old.dataset.live}"]`);
      const used = old.contains(document.activeElement) || old.querySelector("details[open]");
      if (made && !used) old.replaceWith(made);
    });
  }

  tell(words, unsaved = false) {
    this.line.lastElementChild.textContent = words;
    this.line.classList.toggle("is-unsaved", unsaved);
  }

  async submitted(event) {
    event.preventDefault();
    const command = event.submitter?.value || "save";
    if (this.leaving) return; // Pressed twice.
    if (IN_PLACE.test(command)) {
      await this.run(this.body(command));
      return;
    }
    this.leaving = true;
    // Saved first: if that fails the page stays, and with it what is typed.
    await this.saving;
    await this.save();
    this.leaving = this.stopped || !this.dirty;
    if (this.leaving) this.leave(command);
  }

  leave(command) {
    this.dirty = false;
    const pressed = document.createElement("input");
    Object.assign(pressed, { type: "hidden", name: "command", value: command });
    this.form.append(pressed);
    this.form.submit();
  }

  /** Has the portal carry out a command on what is typed, and puts its answer in place. */
  async run(fields) {
    const editor = this.form.querySelector("[data-editor]");
    const at = document.activeElement?.id;
    if (editor.inert) return;
    editor.inert = true; // Nothing may be typed that the answer does not know of.
    await this.saving;
    const answer = await this.post(() => {
      fields.set("version", this.version.value);
      fields.set("csrf_token", this.token.value);
      return fields;
    });
    if (answer?.ok && !answer.redirected) {
      this.put(editor, parse(await answer.text()), at);
    } else {
      editor.inert = false;
      await this.refused(answer);
    }
  }

  put(editor, fresh, at) {
    const open = new Set(Array.from(
      editor.querySelectorAll("[data-part][open]"), (part) => part.dataset.part,
    ));
    const made = fresh.querySelector("[data-editor]");
    made.querySelectorAll("[data-part]").forEach((part) => {
      part.open ||= open.has(part.dataset.part);
    });
    editor.replaceWith(made);
    this.version.value = fresh.querySelector("[name=version]").value;
    this.changed();
    reach(made.querySelector("[autofocus]") ?? document.getElementById(at));
  }

  offerHeld() {
    const box = document.querySelector("[data-kept]");
    const held = this.held.read();
    if (!held || this.dirty) return;
    if (this.held.says(this.body("restore"))) {
      this.held.forget();
      return;
    }
    box.hidden = false;
    box.querySelector("[data-restore]").addEventListener("click", async () => {
      const version = held.get("version");
      await this.run(held);
      // Saved over what came since only after both texts have been seen.
      this.version.value = version;
      box.hidden = true;
    });
    box.querySelector("[data-forget]").addEventListener("click", () => {
      this.held.forget();
      box.hidden = true;
    });
  }
}

/** Whether the answer comes from nobody being signed in, or from another session's form. */
function isAway(answer) {
  return answer.redirected || answer.status === 400;
}

/**
 * Keeps the tools of a row open until another is taken: if they went when it loses the focus, what
 * somebody is about to press would move away from under the pointer.
 * @param {HTMLElement | null} row
 */
function takeInHand(row) {
  if (!row || row.classList.contains("in-hand")) return;
  document.querySelector(".sec.in-hand")?.classList.remove("in-hand");
  row.classList.add("in-hand");
}

/** @param {HTMLElement | null} field - focused, and opened to where it lies hidden */
function reach(field) {
  for (let box = field?.closest("details"); box; box = box.parentElement.closest("details")) {
    box.open = true;
  }
  field?.focus();
}

function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/** Browsers that know field-sizing grow fields by themselves. */
function grow(form) {
  if (CSS.supports("field-sizing", "content")) return;
  form.querySelectorAll("textarea.grows").forEach((area) => {
    area.rows = 1;
    area.rows = Math.max(1, Math.ceil((area.scrollHeight - 16) / 27));
  });
}

// A page that the browser brings back as it was left knows nothing of what has been saved since.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

document.querySelectorAll("form[data-draft]").forEach((form) => new Draft(form));
