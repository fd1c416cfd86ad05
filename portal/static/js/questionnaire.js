// The editor of a questionnaire without a new page for every button: what is typed saves itself,
// only the pieces that changed are put in place, and questions move by keyboard and by mouse.
import { Dragging } from "./questionnaire-drag.js";

const PAUSE = 1500; // Typing has stopped for so long.
const AT_MOST = 12000; // Whoever types without a pause is saved nevertheless.
const RETRY = 5000;
const LEAVES = /^go\./;
const STAYS = /^save|^close|^[a-z]+\.(up|down|into|scale)\./; // The hand goes nowhere else.

class Composer {
  constructor(form) {
    this.form = form;
    this.say = form.dataset;
    this.list = form.querySelector("[data-blocks]");
    this.beside = document.querySelector("[data-aside]");
    this.line = document.querySelector("[data-saved]");
    this.stamp = 0; // Counts changes, so that what is typed while saving is not taken for saved.
    this.dirty = "unsaved" in form.dataset;
    this.queue = Promise.resolve();
    this.stopped = false; // Somebody else saved first: only a person helps.
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", (event) => {
      if ("reshapes" in event.target.dataset) this.run("save");
    });
    form.addEventListener("submit", (event) => this.submitted(event));
    form.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty && !this.leaving) event.preventDefault();
    });
    window.addEventListener("online", () => this.save());
    new Dragging(this.list, (command) => this.run(command));
    document.querySelector("[data-keys]").hidden = false;
    this.hideSpareButtons();
    reach(form.querySelector("[autofocus]"));
  }

  field(name) { return this.form.elements[name]; }

  changed() {
    this.stamp += 1;
    this.dirty = true;
    if (this.stopped) return;
    this.tell(this.say.sayUnsaved, true);
    this.first ??= Date.now();
    clearTimeout(this.timer);
    const wait = Math.min(PAUSE, Math.max(0, this.first + AT_MOST - Date.now()));
    this.timer = setTimeout(() => this.save(), wait);
  }

  save() {
    return this.dirty && !this.stopped ? this.run("autosave") : this.queue;
  }

  submitted(event) {
    const command = event.submitter?.value || "save";
    if (this.leaving || this.stopped) return; // The plain way, which shows both texts.
    event.preventDefault();
    if (LEAVES.test(command)) this.leave(command);
    else this.run(command);
  }

  async leave(command) {
    await this.save();
    if (this.dirty && !this.stopped) return;
    this.leaving = true;
    const pressed = document.createElement("input");
    Object.assign(pressed, { type: "hidden", name: "lenh", value: command });
    this.form.append(pressed);
    this.form.submit();
  }

  /** Have the portal carry out a command after those before it, and put the answer in place. */
  run(command) {
    clearTimeout(this.timer);
    this.queue = this.queue.then(() => this.send(command)).catch(() => {
      this.list.inert = false;
      this.lost();
    });
    return this.queue;
  }

  async send(command) {
    if (this.stopped) return;
    const stamp = this.stamp, typing = command === "autosave";
    this.tell(this.say.saySaving);
    const hand = document.activeElement;
    if (hand !== document.body) this.at = hand.id; // A command that waited comes when nothing has it.
    if (!typing) this.list.inert = true; // Nothing may be typed that the answer does not know of.
    const answer = await this.post(command, typing);
    const found = answer?.ok && !answer.redirected ? await answer.json() : null;
    this.list.inert = false; // Only then can a field be reached.
    if (found) this.stored(found, stamp, command);
    else await this.refused(answer);
  }

  /** Post what is typed; after signing in anew, with the new session's token. */
  async post(command, typing) {
    const send = () => fetch(this.form.action, {
      method: "POST", body: this.body(command, typing), headers: { Accept: "application/json" },
    });
    try {
      const answer = await send();
      return isAway(answer) && await this.renew() ? await send() : answer;
    } catch {
      return null;
    }
  }

  body(command, typing) {
    const fields = new URLSearchParams(new FormData(this.form));
    // Lines that are being pasted are added once, by their own button.
    if (typing) Array.from(fields.keys()).filter(isPasted).forEach((name) => fields.delete(name));
    fields.set("lenh", command);
    fields.set("co", JSON.stringify(Object.fromEntries(
      Array.from(this.list.children, (block) => [block.dataset.block, block.dataset.print]),
    )));
    return fields;
  }

  async renew() {
    const answer = await fetch(this.form.action);
    if (!answer.ok || answer.redirected) return false;
    const token = parse(await answer.text()).querySelector("#soan [name=csrf_token]");
    if (token) this.field("csrf_token").value = token.value;
    return Boolean(token);
  }

  stored(answer, stamp, command) {
    const typing = command === "autosave";
    this.field("version").value = answer.version;
    this.put(answer, typing);
    this.first = null;
    if (stamp === this.stamp) {
      this.dirty = false;
      this.tell(this.say.saySaved.replace("{time}", answer.saved));
    } else {
      this.changed();
    }
    if (typing) return;
    this.field("mo").value = answer.mo;
    const stays = document.getElementById(this.at);
    const wanted = document.getElementById(answer.field);
    const block = document.getElementById(answer.mo);
    // What was just made is written in; what was moved keeps the hand on its button.
    reach(STAYS.test(command) ? stays ?? wanted : wanted ?? stays ?? block);
  }

  /** Put the pieces in their order; those that came are new, the others stay as they are. */
  put(answer, typing) {
    const have = new Map(Array.from(this.list.children, (block) => [block.dataset.block, block]));
    const hand = typing ? this.list.querySelector(".block:has([name$='-hoi'], [name='ten'])") : null;
    answer.order.forEach(([key, print], place) => {
      let block = have.get(key);
      const html = answer.blocks[key];
      if (block && block === hand && html !== undefined) {
        refreshFindings(block, html); // Never under the hands that write.
      } else if (html !== undefined && !(typing && block?.contains(document.activeElement))) {
        const made = piece(key, print, html);
        if (block) block.replaceWith(made);
        block = made;
      }
      have.delete(key);
      if (this.list.children[place] !== block) this.list.insertBefore(block, this.list.children[place]);
    });
    have.forEach((gone) => gone.remove());
    this.beside.innerHTML = answer.aside;
    this.hideSpareButtons();
  }

  /** @param {Response | null} answer - null if the portal could not be reached */
  async refused(answer) {
    if (!answer || answer.status >= 500 || answer.status === 429) {
      this.lost();
    } else if (isAway(answer)) {
      this.dirty = true;
      this.tell(this.say.sayAway, true);
      this.timer = setTimeout(() => this.save(), RETRY);
    } else {
      const said = await answer.json().catch(() => ({}));
      this.stopped = answer.status === 409;
      this.dirty = true;
      this.tell(said.message ?? this.say.sayUnsaved, true);
    }
  }

  lost() {
    this.dirty = true;
    this.tell(this.say.sayTrying, true);
    this.timer = setTimeout(() => this.save(), RETRY);
  }

  tell(words, unsaved = false) {
    this.line.lastElementChild.textContent = words;
    this.line.classList.toggle("is-unsaved", unsaved);
  }

  key(event) {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      if (event.target.matches("select")) return; // There it opens the list.
      const box = event.target.closest("[data-movable], .block-question, .block-section");
      const button = box?.querySelector(event.key === "ArrowUp" ? "[data-up]" : "[data-down]");
      if (!button) return;
      event.preventDefault();
      this.run(button.value);
    } else if (event.key === "Enter" && "option" in event.target.dataset) {
      event.preventDefault();
      this.run(event.target.closest("fieldset").querySelector("[data-add]").value);
    }
  }

  /** What a choice does by itself needs no button. */
  hideSpareButtons() {
    this.form.querySelectorAll("[data-no-script]").forEach((button) => { button.hidden = true; });
  }
}

function piece(key, print, html) {
  const made = document.createElement("li");
  made.id = key;
  made.className = "block block-" + key.split("-")[0];
  made.dataset.block = key;
  made.dataset.print = print;
  made.innerHTML = html;
  made.querySelectorAll("[autofocus]").forEach((field) => { field.autofocus = false; });
  return made;
}

function refreshFindings(block, html) {
  const fresh = parse(html).querySelector("[data-found]");
  const old = block.querySelector("[data-found]");
  if (fresh && old) old.replaceWith(fresh);
}

/** Whether the answer comes from nobody being signed in, or from another session's form. */
function isAway(answer) {
  return answer.redirected || answer.status === 400;
}

function isPasted(name) {
  return /-dan(-dong)?$/.test(name);
}

/** @param {HTMLElement | null} field */
function reach(field) {
  if (!field) return;
  if (!field.matches("input, textarea, select, button, a")) field.tabIndex = -1;
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "nearest" });
}

function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

// A page that the browser brings back as it was left knows nothing of what has been saved since.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

document.querySelectorAll("form[data-questionnaire]").forEach((form) => new Composer(form));
