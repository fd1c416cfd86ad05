// Typing a sheet of paper by the keyboard: digits choose, Enter goes on, the last one saves.

class Sheet {
  constructor(form) {
    this.form = form;
    this.asks = Array.from(form.querySelectorAll("[data-ask]"));
    this.save = form.querySelector("[data-save]");
    form.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("change", () => this.update());
    form.addEventListener("submit", () => { this.save.disabled = true; });
    window.addEventListener("pageshow", () => { this.save.disabled = false; });
    document.querySelector("[data-keys]").hidden = false;
    this.update();
  }

  get shown() {
    return this.asks.filter((ask) => !ask.hidden);
  }

  pressed(event) {
    const ask = event.target.closest("[data-ask]");
    if (!ask || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const writing = event.target.tagName === "TEXTAREA";
    if (event.key === "Enter" && !(writing && event.shiftKey)) {
      event.preventDefault();
      this.go(ask, event.shiftKey ? -1 : 1);
    } else if (!writing && event.key >= "1" && event.key <= "9") {
      this.choose(ask, Number(event.key) - 1, event);
    }
  }

  choose(ask, at, event) {
    const input = ask.querySelectorAll("input")[at];
    if (!input) return;
    event.preventDefault();
    input.checked = !input.checked;
    input.focus();
    this.update();
  }

  go(ask, step) {
    const shown = this.shown;
    const next = shown[shown.indexOf(ask) + step];
    if (next) this.enter(next);
    else if (step > 0) this.save.focus();
  }

  enter(ask) {
    (ask.querySelector("input:checked") || ask.querySelector("input, textarea")).focus();
    ask.scrollIntoView({ block: "center" });
  }

  /** A question that the answers before it do not bring up is passed over. */
  update() {
    this.asks.forEach((ask) => {
      const wanted = JSON.parse(ask.dataset.showIf || "{}");
      ask.hidden = !Object.keys(wanted).every((name) => this.chosen(name)
        .some((code) => wanted[name].includes(code)));
    });
  }

  chosen(name) {
    const ask = this.asks.find((one) => one.querySelector(`[name="${name}"]`));
    if (!ask || ask.hidden) return [];
    return Array.from(ask.querySelectorAll("input:checked"), (input) => input.value);
  }
}

const form = document.querySelector("form[data-sheet]");
if (form) new Sheet(form);
