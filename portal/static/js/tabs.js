// On a narrow screen the views beside each other scroll; the one that is open comes into sight.

document.querySelectorAll(".tabs > [aria-current]").forEach((open) => {
  const row = open.parentElement;
  const gap = open.getBoundingClientRect().left - row.getBoundingClientRect().left;
  row.scrollLeft += gap - (row.clientWidth - open.offsetWidth) / 2;
});
