// Copies the words of another element. Its button is hidden in the page, for it needs this script.

/** @param {HTMLElement} source */
async function copy(source) {
  const text = "value" in source ? source.value : source.textContent.trim();
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // On plain HTTP inside an intranet there is no clipboard object; the old command still works.
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.className = "sr-only";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy refused");
}

/** @param {HTMLButtonElement} button */
function bind(button) {
  const source = document.getElementById(button.dataset.copy);
  const face = button.lastChild;
  const word = face.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await copy(source);
      face.textContent = button.dataset.copied;
    } catch {
      source.select?.();
      return;
    }
    window.setTimeout(() => { face.textContent = word; }, 2000);
  });
  button.setAttribute("aria-live", "polite");
}

document.querySelectorAll("[data-copy]").forEach(bind);
