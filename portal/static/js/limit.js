// Says under a box how much of the longest comment is left, once that is not much: the same signs
// are counted as on the portal (NFC), of which a telephone may type two for one.
const NEAR = 0.9;

class Limit {
  constructor(text, words) {
    this.text = text;
    this.words = words;
    this.said = document.createElement("p");
    this.said.className = "limit";
    this.said.setAttribute("role", "status");
    text.after(this.said);
  }

  show() {
    const most = Number(this.words.most);
    const typed = this.text.value;
    const left = typed.length < most * NEAR ? most : most - Array.from(typed.trim().normalize("NFC")).length;
    const words = left < 0 ? this.words.over : this.words.left;
    const near = left <= most * (1 - NEAR);
    this.said.textContent = near ? words.replace("{n}", Math.abs(left).toLocaleString("vi")) : "";
    this.said.hidden = !near;
    this.said.classList.toggle("is-over", left < 0);
  }
}

document.querySelectorAll("form[data-most]").forEach((form) => {
  const limits = Array.from(form.querySelectorAll("textarea"))
    .map((text) => new Limit(text, form.dataset));
  const show = () => limits.forEach((one) => one.show());
  form.addEventListener("input", show);
  // Another button may empty a box.
  form.addEventListener("click", () => setTimeout(show));
  show();
});
