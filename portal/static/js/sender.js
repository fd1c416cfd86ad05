// Sends a citizen's form the plain way once the server answers; without a network nothing is lost.
// Old web views read this too: no optional chaining.
const PAGE = /^(\/[hg]\/[^/]+).*/; // Of a box, or of a draft.

export class Sender {
  constructor(form) {
    this.form = form;
    this.offline = form.querySelector("[data-offline]");
    this.asking = false;
    // Browsers of some years ago do not say which button it was.
    form.addEventListener("click", (event) => {
      this.pressed = event.target.closest("button[type=submit]") || this.pressed;
    });
    form.addEventListener("submit", (event) => this.submit(event));
  }

  submit(event) {
    event.preventDefault();
    if (this.asking) return;
    this.asking = true;
    this.offline.hidden = true;
    const button = this.button(event);
    fetch(location.pathname.replace(PAGE, "$1"), { method: "HEAD", cache: "no-store" })
      .then(() => this.send(button), () => this.lost());
  }

  button(event) {
    return event.submitter || this.pressed || this.form.querySelector("button[type=submit]");
  }

  send(button) {
    this.asking = false;
    if (button.formAction && button.hasAttribute("formaction")) this.form.action = button.formAction;
    if (button.name) this.add(button.name, button.value);
    this.form.submit();
  }

  /** Have one more field go along. */
  add(name, value) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    this.form.append(field);
    return field;
  }

  lost() {
    this.asking = false;
    this.offline.hidden = false;
    this.offline.scrollIntoView({ block: "center" });
  }
}
