// Questions and sections are carried by the six dots at their left.

export class Dragging {
  /**
   * @param {HTMLElement} list
   * @param {(command: string) => void} run
   */
  constructor(list, run) {
    this.list = list;
    this.run = run;
    list.addEventListener("pointerdown", (event) => {
      const grip = event.target.closest("[data-grip]");
      if (grip && event.button === 0) this.take(grip, event);
    });
  }

  take(grip, event) {
    event.preventDefault();
    this.block = grip.closest(".block");
    this.place = null;
    this.block.classList.add("is-carried");
    grip.setPointerCapture(event.pointerId);
    const move = (moved) => this.over(moved.clientY);
    const drop = (dropped) => {
      grip.removeEventListener("pointermove", move);
      this.end(dropped.type === "pointerup");
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", drop, { once: true });
    grip.addEventListener("pointercancel", drop, { once: true });
  }

  /** Mark the piece before which the carried one would come. */
  over(y) {
    if (y < 60) window.scrollBy(0, -16);
    if (y > window.innerHeight - 60) window.scrollBy(0, 16);
    const blocks = this.targets();
    this.place = blocks.find((block) => {
      const box = block.getBoundingClientRect();
      return y < box.top + box.height / 2;
    }) ?? null;
    this.mark(this.place ?? blocks.at(-1), Boolean(this.place));
  }

  targets() {
    const sections = this.block.dataset.block.startsWith("section-");
    const kinds = sections ? ".block-section" : ".block-question, .block-foot";
    return Array.from(this.list.querySelectorAll(kinds));
  }

  mark(block, before) {
    this.list.querySelectorAll(".drop-before, .drop-after").forEach((marked) => {
      marked.classList.remove("drop-before", "drop-after");
    });
    block?.classList.add(before ? "drop-before" : "drop-after");
  }

  end(dropped) {
    this.mark(null);
    this.block.classList.remove("is-carried");
    const moved = this.place !== null && this.place !== this.block;
    if (dropped && (moved || this.isSection)) this.run(this.command());
  }

  get isSection() { return this.block.dataset.block.startsWith("section-"); }

  command() {
    const [, name] = this.block.dataset.block.split("-");
    if (this.isSection) {
      const sections = this.targets();
      const at = this.place ? sections.indexOf(this.place) : sections.length;
      const from = sections.indexOf(this.block);
      return `section.into.${name}.${at > from ? at : at + 1}`;
    }
    // Counted without the carried one, from the heading of the section it is dropped in.
    let section = this.place, before = 0;
    while (!section.classList.contains("block-section")) {
      section = section.previousElementSibling;
      if (section.classList.contains("block-question") && section !== this.block) before += 1;
    }
    return `question.into.${name}.${section.dataset.block.split("-")[1]}.${before + 1}`;
  }
}
