// A click on a citation hands its target and its quote to the server, which fills the panel.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href*="#guide-"]');
  if (!link) return;
  event.preventDefault();
  const field = document.querySelector("#open-source textarea, #open-source input");
  const quote = (link.title.match(/“([\s\S]*)”$/) || ["", ""])[1];
  field.value = link.getAttribute("href").replace(/^.*#/, "#") + "|" + quote;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// The highlighted words scroll into view when the panel has been filled.
new MutationObserver(() => {
  const mark = document.querySelector("#source mark:not([data-seen])");
  if (!mark) return;
  mark.dataset.seen = "yes";
  mark.scrollIntoView({ block: "center", behavior: "smooth" });
}).observe(document.documentElement, { childList: true, subtree: true });
