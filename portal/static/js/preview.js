// Shows the pages as they will be printed beside what is written, and turns them.

export class Preview {
  /** @param {HTMLElement | null} desk */
  constructor(desk) {
    this.desk = desk;
    if (!desk) return;
    this.sheets = desk.querySelector("[data-sheets]");
    const blank = document.createElement("div");
    blank.className = "sheet sheet-blank"; // Until the first page is drawn.
    this.sheets.replaceChildren(blank);
    desk.querySelectorAll("[data-turn]").forEach((button) => {
      button.addEventListener("click", () => this.turn(Number(button.dataset.turn)));
    });
  }

  /** Fetch the pages anew; one that is asked for while another is on its way comes after it. */
  async refresh(version = "") {
    if (!this.desk) return;
    if (this.busy) {
      this.wanted = version;
      return;
    }
    this.busy = true;
    this.sheets.classList.add("is-old");
    try {
      await this.load(version);
      this.sheets.classList.remove("is-old");
    } catch { /* The pages of before remain, dimmed, until the next saving. */ }
    this.busy = false;
    if (this.wanted !== undefined) {
      const next = this.wanted;
      this.wanted = undefined;
      this.refresh(next);
    }
  }

  async load(version) {
    const answer = await fetch(this.desk.dataset.preview + "?v=" + version);
    if (!answer.ok || answer.redirected) throw new Error("no preview");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-pages]");
    const pages = Array.from(fresh.querySelectorAll("img"));
    // Seen only once it is drawn, so that nothing flickers.
    await pages[0]?.decode().catch(() => null);
    this.sheets.replaceChildren(...pages);
    this.desk.querySelector("[data-count]").textContent = fresh.dataset.words;
    this.desk.querySelectorAll("[data-turn]").forEach((button) => {
      button.hidden = pages.length < 2;
    });
  }

  turn(by) {
    const pages = Array.from(this.sheets.querySelectorAll("img"));
    const top = this.desk.getBoundingClientRect().top + 70;
    const at = pages.findLastIndex((page) => page.getBoundingClientRect().top <= top);
    pages[Math.min(Math.max(at + by, 0), pages.length - 1)].scrollIntoView({ block: "start" });
  }
}
