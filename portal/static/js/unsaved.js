// Asks before a page is left on which something was typed and not saved.
const written = (form) => new URLSearchParams(new FormData(form)).toString();

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  const before = written(form);
  let sent = false;
  form.addEventListener("submit", () => { sent = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && written(form) !== before) event.preventDefault();
  });
}
