// Gradio labels each message with its HTML source, which a screen reader would read out.
new MutationObserver(() => {
  for (const bubble of document.querySelectorAll('#pq-chat [aria-label*="<div"]')) {
    bubble.removeAttribute("aria-label");
  }
}).observe(document, { subtree: true, childList: true });
