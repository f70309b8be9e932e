/* What a page gains with script; without it every page still works. No framework, no inline handlers. */
(() => {
  "use strict";
  const body = document.body;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  /* Panels: one open at a time; Escape and a click outside close them, and focus goes back to the button. */
  const PANELS = "details.due[open], details.cite[open], details.menu[open]";
  const close = (panel) => {
    const inside = panel.contains(document.activeElement);
    panel.open = false;
    if (inside) panel.querySelector("summary").focus();
  };
  const openPanels = () => all(PANELS).filter((panel) => !panel.hasAttribute("data-keep"));
  document.addEventListener("click", (event) => {
    for (const panel of openPanels()) if (!panel.contains(event.target)) panel.open = false;
  });
  /* A panel that would leave the window on the right opens to the left. */
  document.addEventListener("toggle", (event) => {
    const pop = event.target.open && event.target.querySelector && event.target.querySelector(":scope > .pop");
    if (!pop || pop.classList.contains("pop--static") || getComputedStyle(pop).position === "fixed") return;
    if (pop.getBoundingClientRect().right > document.documentElement.clientWidth) pop.classList.add("pop--end");
  }, true);

  /* A step that cannot be taken back asks in a dialog; without script the same panel unfolds in the page. */
  for (const details of all("details.confirm")) {
    const dialog = details.querySelector("dialog");
    const summary = details.querySelector("summary");
    if (!dialog || !dialog.showModal) continue;
    summary.addEventListener("click", (event) => {
      event.preventDefault();
      details.open = true;
      dialog.showModal();
      const keep = dialog.querySelector("[data-close]");
      if (keep) keep.focus();
    });
    dialog.addEventListener("close", () => { details.open = false; summary.focus(); });
  }
  document.addEventListener("click", (event) => {
    if (!event.target.closest) return;
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) dialog.showModal();
    const closer = event.target.closest("[data-close]");
    if (closer && closer.closest("dialog")) closer.closest("dialog").close();
  });

  /* Forms: filters go off by themselves; a form is sent once; an error summary takes the focus. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form) form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 8000);   // a download leaves the page open
    if (event.submitter && event.submitter.classList.contains("btn")) event.submitter.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) delete form.dataset.sent;
    for (const button of all("form .btn[aria-busy]")) button.removeAttribute("aria-busy");
  });
  const summary = document.querySelector(".error-summary");
  if (summary && !summary.closest("[data-demo]")) summary.focus();

  /* A button that prints the page; without script it stays hidden. */
  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  /* Reading aloud, for the elder view. */
  for (const button of all("[data-speak]")) {
    if (!("speechSynthesis" in window)) break;
    button.hidden = false;
    button.addEventListener("click", () => {
      if (speechSynthesis.speaking) { speechSynthesis.cancel(); return; }
      const words = new SpeechSynthesisUtterance(document.getElementById("main").innerText.replace(button.innerText, ""));
      words.lang = document.documentElement.lang === "en" ? "en" : "zh-CN";
      words.rate = 0.9;
      speechSynthesis.speak(words);
    });
  }

  /* Hints while an answer is written; without script a button asks for them. */
  for (const form of all("form[data-hints]")) {
    const out = form.querySelector("[data-hints-out]");
    let asked = 0;
    form.addEventListener("input", () => {
      clearTimeout(asked);
      asked = setTimeout(async () => {
        const answer = await fetch(form.dataset.hints, { method: "POST", body: new FormData(form) }).catch(() => null);
        if (answer && answer.ok) out.innerHTML = await answer.text();
      }, 900);
    });
  }

  /* A suggested subject while a letter is typed in; one that was chosen by hand is left alone. Ctrl+Enter: the next. */
  for (const form of all("form[data-suggest]")) {
    const out = form.querySelector("[data-suggest-out]");
    const subject = form.elements.category;
    let asked = 0;
    let chosen = Boolean(subject.value);
    subject.addEventListener("change", () => { chosen = true; });
    form.elements.text.addEventListener("input", () => {
      clearTimeout(asked);
      asked = setTimeout(async () => {
        const answer = await fetch(form.dataset.suggest, { method: "POST", body: new FormData(form) }).catch(() => null);
        if (!answer || !answer.ok) return;
        out.innerHTML = await answer.text();
        const found = out.querySelector("[data-value]");
        if (found && !chosen) subject.value = found.dataset.value;
      }, 600);
    });
  }
  document.addEventListener("keydown", (event) => {
    const form = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("form[data-quick]");
    if (form) { event.preventDefault(); form.querySelector("[data-quick-next]").click(); }
  });

  /* Words picked with the mouse are added to those to be covered. */
  for (const button of all("[data-cover]")) {
    button.hidden = false;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      const picked = getSelection();
      const words = picked.toString().trim();
      if (!words || !picked.anchorNode.parentElement.closest("[data-cover-from]")) return;
      const box = document.getElementById(button.dataset.cover);
      box.value = [box.value.trim(), words].filter(Boolean).join("\n");
    });
  }

  /* Rows that answer to keys. */
  const rows = () => all(".wl__row, .finding, [data-row]").filter((row) => row.offsetParent !== null);
  const current = (list) => list.findIndex((row) => row.hasAttribute("data-current"));
  const mark = (list, at) => {
    for (const row of list) row.removeAttribute("data-current");
    list[at].setAttribute("data-current", "");
    (list[at].querySelector("a[href]") || list[at].querySelector("input") || list[at]).focus();
    list[at].scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".wl__row, [data-row]");
    if (!row || row.hasAttribute("data-current")) return;
    for (const other of rows()) other.removeAttribute("data-current");
    row.setAttribute("data-current", "");
  });

  let waiting = 0;
  const go = (key) => {
    const link = /^[a-z]$/.test(key) && document.querySelector(`a[data-go="${key}"]`);
    if (link) link.click();
  };
  const onRow = {
    x: (row) => { const box = row.querySelector("input[type=checkbox]"); if (box) box.click(); },
    a: (row) => { const accept = row.querySelector("[data-accept]"); if (accept) accept.click(); },
    d: (row) => {
      const due = row.querySelector("details.due");
      if (due) { due.open = !due.open; due.querySelector("summary").focus(); }
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { for (const panel of openPanels()) close(panel); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (body.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "/") {
      const find = document.querySelector("[role=search] input[type=search], input[type=search]");
      if (find) { event.preventDefault(); find.focus(); find.select(); }
      return;
    }
    const vote = "1234".includes(key) && all(".ballot input[type=radio]")[key - 1];
    if (vote) { vote.checked = true; vote.focus(); return; }
    if (body.dataset.face !== "desk") return;
    if (waiting && event.timeStamp - waiting < 1500) { waiting = 0; go(key); return; }
    waiting = key === "g" ? event.timeStamp : 0;
    if (key === "?") {
      const help = document.getElementById("keys");
      if (help) help.showModal();
      return;
    }
    const list = rows();
    const at = current(list);
    const next = { j: at + 1, k: at - 1 }[key];
    if (next !== undefined) { if (list[next]) mark(list, next); return; }
    if (at < 0) return;
    if (key === "Enter" && (event.target === body || event.target.id === "main")) {
      const link = list[at].querySelector("a[href]");
      if (link) link.click();
    }
    const choice = "123".includes(key) && all("input[type=radio]", list[at])[key - 1];
    if (choice) choice.click();
    if (onRow[key]) onRow[key](list[at]);
  });
})();
