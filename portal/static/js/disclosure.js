// Lets what opens without script also close: by "Quay lại", by Escape, by a click elsewhere.

/** @param {HTMLDetailsElement} box */
function close(box) {
  box.open = false;
  box.querySelector("summary").focus();
}

document.querySelectorAll("[data-confirm]").forEach((box) => {
  const back = box.querySelector("[data-close]");
  back.hidden = false;
  back.addEventListener("click", () => close(box));
  box.addEventListener("toggle", () => {
    if (box.open) box.querySelector("textarea, input:not([type=hidden]), [type=submit]").focus();
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("[data-confirm][open], .phone-bar details[open]").forEach(close);
});

document.addEventListener("click", (event) => {
  const more = document.querySelector(".phone-bar details[open]");
  if (more && !more.contains(event.target)) more.open = false;
});

// A form that came back with errors starts at their summary.
document.getElementById("error-summary")?.focus();
