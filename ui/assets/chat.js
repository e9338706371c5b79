// Gradio labels each message with its HTML source, which a screen reader would read out.
new MutationObserver(() => {
  for (const bubble of document.querySelectorAll('#pq-chat [aria-label*="<div"]')) {
    bubble.removeAttribute("aria-label");
  }
}).observe(document, { subtree: true, childList: true });

// Feedback. What is pressed is kept here, because Gradio may draw a bubble anew.
const policyqaRated = new Map(); // answer -> {rating, chosen}
let policyqaQueue = Promise.resolve(); // one after another: the last line about an answer counts

function policyqaShow() {
  for (const button of document.querySelectorAll(".pq-rate")) {
    const [answer, does] = button.value.split(" ");
    const rated = policyqaRated.get(answer);
    const pressed = String(
      !!rated && (does === `rating-${rated.rating}` || rated.chosen.includes(does.slice(5))),
    );
    if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
  }
}

function policyqaSend(button, answer, rated, before) {
  const line = button.parentElement.querySelector(".pq-saved");
  const body = JSON.stringify({ answer, ...rated });
  const headers = { "Content-Type": "application/json" };
  policyqaQueue = policyqaQueue
    .then(() => fetch("feedback", { method: "POST", headers, body }))
    .then((reply) => reply.json())
    .catch(() => ({ saved: false, text: "评价没有送到，请检查网络" }))
    .then((reply) => {
      for (const other of document.querySelectorAll(".pq-saved")) other.textContent = "";
      line.textContent = reply.text;
      line.classList.toggle("pq-failed", !reply.saved);
      if (!reply.saved) {
        policyqaRated.set(answer, before);
        policyqaShow();
      }
    });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".pq-rate");
  if (!button) return;
  const [answer, does] = button.value.split(" ");
  const before = policyqaRated.get(answer) || { rating: "", chosen: [] };
  const rated = structuredClone(before);
  const name = does.slice(does.indexOf("-") + 1);
  if (does.startsWith("rating-")) rated.rating = rated.rating === name ? "" : name;
  else if (rated.chosen.includes(name)) rated.chosen = rated.chosen.filter((card) => card !== name);
  else rated.chosen.push(name);
  policyqaRated.set(answer, rated);
  policyqaShow();
  policyqaSend(button, answer, rated, before);
});
new MutationObserver(policyqaShow).observe(document, { subtree: true, childList: true });

// 「改一改再问」 puts what a follow-up was read as into the question box.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".pq-edit");
  const box = document.querySelector("#pq-question textarea");
  if (!button || !box) return;
  box.value = button.value;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
});
