// The page's own script. Gradio's gr.HTML and js= need eval, which our Content-Security-Policy
// forbids; so a click on one of our links is handed to Python through a hidden text box.
(() => {
  "use strict";
  const narrow = window.matchMedia("(max-width: 1023px)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let count = 0;
  let wantsSource = false;

  // Svelte's own setter would hide a change of the value from Svelte.
  const write = (selector, text) => {
    const box = document.querySelector(selector);
    if (!box) return null;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    return box;
  };

  // The number makes the same request twice a change.
  const send = (request) =>
    write("#request textarea, #request input", JSON.stringify({ ...request, n: ++count }));

  const show = (element, block) =>
    element?.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block });

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    const cite = event.target.closest("[data-cite]");
    const ask = event.target.closest("[data-ask]");
    const back = event.target.closest("[data-back]");
    const fill = event.target.closest("[data-fill]");
    if (cite) {
      event.preventDefault();
      wantsSource = true;
      document.querySelectorAll(".chip.open").forEach((c) => c.classList.remove("open"));
      if (cite.classList.contains("chip")) cite.classList.add("open");
      const { cite: name, span = "", core = "" } = cite.dataset;
      send({ do: "cite", cite: name, span, core });
      // What is shown already does not change; go there all the same.
      setTimeout(() => wantsSource && sourceChanged(), 500);
    } else if (ask) {
      event.preventDefault();
      send({ do: "ask", question: ask.dataset.ask });
    } else if (fill) {
      event.preventDefault();
      write("#question textarea", fill.dataset.fill)?.focus();
    } else if (back) {
      event.preventDefault();
      show(document.querySelector("#conversation .turn:last-of-type, #conversation"), "start");
    }
  });

  // The marked words come into view inside the panel; on a narrow screen, where the panel is
  // below the chat, the page goes there too, but only when the reader asked for it.
  const sourceChanged = () => {
    const panel = document.querySelector("#source-scroll");
    const mark =
      document.querySelector("#source mark.core") ?? document.querySelector("#source mark");
    if (!panel) return;
    if (narrow.matches) {
      if (wantsSource) show(mark ?? document.querySelector("#source-panel"), mark ? "center" : "start");
    } else {
      const top = mark
        ? mark.getBoundingClientRect().top - panel.getBoundingClientRect().top + panel.scrollTop
        : 0;
      panel.scrollTo({ top: Math.max(0, top - panel.clientHeight / 3) });
    }
    wantsSource = false;
  };

  const conversationChanged = () => {
    const turns = document.querySelectorAll("#conversation .turn");
    if (turns.length) show(turns[turns.length - 1], "start");
  };

  const languageChanged = () => {
    const language = document.querySelector("#masthead [lang]")?.lang;
    if (language) document.documentElement.lang = language;
  };

  const watch = (selector, changed) => {
    const element = document.querySelector(selector);
    if (!element) return false;
    // Gradio keeps a progress text of its own beside ours.
    const ours = () => element.querySelector(".tw")?.textContent ?? "";
    let shown = ours();
    new MutationObserver(() => {
      if (ours() === shown) return;
      shown = ours();
      changed();
    }).observe(element, { childList: true, subtree: true, characterData: true });
    return true;
  };

  // Gradio draws the page after this script has run, and redraws a tab when it is opened.
  const watched = new Set();
  const start = () => {
    for (const [selector, changed] of [
      ["#source", sourceChanged],
      ["#conversation", conversationChanged],
      ["#masthead", languageChanged],
    ])
      if (!watched.has(selector) && watch(selector, changed)) watched.add(selector);
    for (const id of ["conversation", "source", "rules-list"])
      document.getElementById(id)?.setAttribute("aria-live", "polite");
    languageChanged();
    if (watched.size < 3) return setTimeout(start, 100);
    // On a phone the keyboard would cover the page.
    if (!narrow.matches) document.querySelector("#question textarea")?.focus();
    sourceChanged();
  };
  start();
})();
