/* What the law library gains with script: suggestions while typing, a slider of days, previews, copying, notes beside
   the text. Without it every one of these is a plain link, a form or a word on the page. */
(() => {
  "use strict";
  const english = document.documentElement.lang === "en";
  const say = (zh, en) => (english ? en : zh);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const wide = matchMedia("(min-width: 64rem)");
  const elder = "elder" in document.documentElement.dataset;

  /* Suggestions: the pattern of a combobox with a list. */
  for (const input of all("input[data-suggest-url]")) {
    const list = document.createElement("ul");
    list.className = "lawfind__list";
    list.id = "law-suggested";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", say("可能要找的", "Suggestions"));
    list.hidden = true;
    input.parentElement.append(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-autocomplete", "list");
    let timer = 0;
    let at = -1;
    let found = [];
    const show = (open) => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) { at = -1; input.removeAttribute("aria-activedescendant"); }
    };
    const mark = (next) => {
      at = (next + found.length) % found.length;
      all("[role=option]", list).forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      input.setAttribute("aria-activedescendant", `law-suggested-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    };
    const ask = async () => {
      const typed = input.value.trim();
      if (!typed) { show(false); return; }
      const answer = await fetch(`${input.dataset.suggestUrl}?q=${encodeURIComponent(typed)}`).catch(() => null);
      if (!answer || !answer.ok || input.value.trim() !== typed) return;
      found = (await answer.json()).suggestions;
      list.replaceChildren(...found.map((each, place) => {
        const option = document.createElement("li");
        option.id = `law-suggested-${place}`;
        option.lang = "zh-Hans";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = each.text;
        option.addEventListener("mousedown", (event) => { event.preventDefault(); location.href = each.url; });
        return option;
      }));
      at = -1;
      show(found.length > 0 && document.activeElement === input);
    };
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 160); });
    input.addEventListener("blur", () => show(false));
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark(at < 0 ? found.length - 1 : at - 1); }
      else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); show(false); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); location.href = found[at].url; }
    });
  }

  /* A slider over the days from the first edition until today: it sets the day and picks the edition of that day. */
  for (const versions of all("[data-versions]")) {
    const day = document.querySelector("input[data-day]");
    const stops = all("label[data-since]", versions).map((label) => ({ since: label.dataset.since, radio: label.querySelector("input") }));
    if (!day || stops.length < 2) continue;
    const number = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / 86400000);
    const text = (n) => new Date(n * 86400000).toISOString().slice(0, 10);
    const slide = document.createElement("input");
    slide.type = "range";
    slide.className = "versions__slide";
    slide.min = Math.min(...stops.map((stop) => number(stop.since)));
    slide.max = Math.max(number(new Date().toISOString().slice(0, 10)), ...stops.map((stop) => number(stop.since)));
    slide.value = number(day.value);
    slide.setAttribute("aria-label", say("拖到哪一天", "Move to a day"));
    const ticks = document.createElement("datalist");
    ticks.id = "law-stops";
    ticks.append(...stops.map((stop) => { const tick = document.createElement("option"); tick.value = number(stop.since); return tick; }));
    slide.setAttribute("list", ticks.id);
    const tell = () => slide.setAttribute("aria-valuetext", day.value);
    slide.addEventListener("input", () => {
      day.value = text(Number(slide.value));
      const begun = stops.filter((stop) => stop.since <= day.value);
      (begun.length ? begun[begun.length - 1] : stops[0]).radio.checked = true;
      tell();
    });
    day.addEventListener("change", () => { if (day.value) { slide.value = number(day.value); tell(); } });
    tell();
    day.form.append(slide, ticks);
  }

  /* Contents fold away on a telephone; the chapter being read is marked. */
  for (const fold of all("details[data-fold]")) {
    const fit = () => { fold.open = wide.matches && !(elder && fold.matches(".toc-fold")); };
    fit();
    wide.addEventListener("change", fit);
    fold.addEventListener("click", (event) => { if (event.target.closest("a") && !wide.matches) fold.open = false; });
    const links = new Map(all(".toc a[href^='#']", fold).map((link) => [link.hash.slice(1), link]));
    const heads = all("[data-law] .law__h[id], [data-law] .law__art[id]").filter((each) => links.has(each.id));
    if (!heads.length) continue;
    fold.setAttribute("data-live", "");
    let current = null;
    let waiting = false;
    /* The last heading above the upper part of the window; found by halving, for a long law has hundreds. */
    const follow = () => {
      waiting = false;
      let low = 0;
      let high = heads.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (heads[middle].getBoundingClientRect().top <= innerHeight / 5) low = middle + 1; else high = middle;
      }
      const link = low ? links.get(heads[low - 1].id) : null;
      if (link === current) return;
      if (current) current.removeAttribute("aria-current");
      current = link;
      if (!current) return;
      current.setAttribute("aria-current", "true");
      if (wide.matches) fold.scrollTop = current.offsetTop - fold.clientHeight / 3;
    };
    addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(follow); } }, { passive: true });
    follow();
  }

  /* Copying. */
  const status = document.createElement("p");
  status.className = "sr";
  status.setAttribute("role", "status");
  document.body.append(status);
  const copy = async (words, button) => {
    try { await navigator.clipboard.writeText(words); } catch {
      const box = document.createElement("textarea");
      box.value = words;
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    const before = button.textContent;
    button.textContent = say("已复制", "Copied");
    status.textContent = say(`已复制：${words.slice(0, 60)}`, `Copied: ${words.slice(0, 60)}`);
    setTimeout(() => { button.textContent = before; }, 2000);
    button.focus();
  };
  const words = (eid) => {
    const article = document.getElementById(eid);
    return article ? all("p", article).map((line) => line.innerText.trim()).join("\n") : "";
  };
  const arm = (root) => {
    for (const button of all("[data-copy], [data-copy-words]", root)) button.hidden = false;
  };
  arm(document);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-copy-words]");
    if (!button) return;
    copy(button.dataset.copy || `${words(button.dataset.copyWords)}\n——${button.dataset.copyLabel}`, button);
  });

  /* The unit an address names is marked on its own page. */
  const one = document.querySelector(".law--one[data-here]");
  const here = one && document.getElementById(one.dataset.here);
  if (here && here.matches("p")) here.setAttribute("data-here", "");

  /* Beside the text: who cites an article, how to cite it. On a narrow page its number leads to the article's own page. */
  const notes = document.querySelector("[data-notes]");
  const text = document.querySelector("[data-law]");
  if (text && notes) text.addEventListener("click", async (event) => {
    const number = event.target.closest("a.law__no");
    if (!number || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const article = number.closest(".law__art");
    const answer = await fetch(`${number.href}?part=notes`).catch(() => null);
    if (!answer || !answer.ok) { location.href = number.href; return; }
    notes.innerHTML = await answer.text();
    notes.hidden = false;
    for (const other of all(".law__art[data-current]", text)) other.removeAttribute("data-current");
    article.setAttribute("data-current", "");
    history.replaceState(null, "", `#${article.id}`);
    arm(notes);
    notes.closest("aside").scrollTop = 0;
    notes.focus({ preventScroll: true });
    status.textContent = say("右边是这一条的注解", "Notes on this article are beside the text");
  });

  /* Previews: what a citation or an explained word leads to. Escape closes; the panel can be entered with the mouse. */
  const panel = document.createElement("div");
  panel.className = "pop pop--ref";
  panel.hidden = true;
  panel.id = "law-preview";
  document.body.append(panel);
  const kept = new Map();
  let owner = null;
  let timer = 0;
  const shut = () => {
    clearTimeout(timer);
    if (owner) owner.removeAttribute("aria-describedby");
    owner = null;
    panel.hidden = true;
  };
  const source = (link) => {
    const url = new URL(link.href, location.href);
    if (link.getAttribute("href").startsWith("#")) {
      const any = document.querySelector("a.law__no");
      if (!any) return "";
      url.pathname = new URL(any.href).pathname.replace(/[^/]+$/, url.hash.slice(1));
      url.search = "";
      url.hash = "";
    }
    url.searchParams.set("part", "preview");
    url.hash = "";
    return url.pathname.replace(/\/$/, "") === url.pathname ? url.href : "";
  };
  const open = async (link) => {
    const from = source(link);
    if (!from) return;
    if (!kept.has(from)) {
      const answer = await fetch(from).catch(() => null);
      kept.set(from, answer && answer.ok ? await answer.text() : "");
    }
    if (!kept.get(from) || owner !== link) return;
    panel.innerHTML = kept.get(from);
    for (const each of all("[id]", panel)) each.removeAttribute("id");
    panel.hidden = false;
    link.setAttribute("aria-describedby", panel.id);
    if (getComputedStyle(panel).position === "fixed") return;
    const place = link.getClientRects()[0];
    const left = Math.min(place.left, document.documentElement.clientWidth - panel.offsetWidth - 12);
    const below = place.bottom + panel.offsetHeight + 12 < innerHeight || place.top < panel.offsetHeight;
    panel.style.insetInlineStart = `${Math.max(8, left) + scrollX}px`;
    panel.style.top = `${(below ? place.bottom + 6 : place.top - panel.offsetHeight - 6) + scrollY}px`;
  };
  const want = (link, delay) => {
    if (owner === link) { clearTimeout(timer); return; }
    shut();
    owner = link;
    timer = setTimeout(() => open(link), delay);
  };
  /* A finger has no hover: the first touch opens the panel with the way on and the way back, a second one follows. */
  let touched = false;
  document.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest && event.target.closest("a.ref");
    if (!link) { if (!panel.hidden && !panel.contains(event.target)) shut(); return; }
    if (!touched || event.ctrlKey || event.metaKey || event.shiftKey || (owner === link && !panel.hidden) || !source(link)) return;
    event.preventDefault();
    shut();
    owner = link;
    await open(link);
    if (panel.hidden) { location.href = link.href; return; }
    const end = document.createElement("p");
    end.className = "pop__end";
    const on = document.createElement("a");
    on.className = "btn btn--small";
    on.href = link.href;
    on.textContent = say("去看这一条", "Go there");
    const back = document.createElement("button");
    back.type = "button";
    back.className = "btn btn--small";
    back.textContent = say("关上", "Close");
    back.addEventListener("click", () => { const from = owner; shut(); if (from) from.focus({ preventScroll: true }); });
    end.append(back, on);
    panel.append(end);
  });
  const leave = () => { clearTimeout(timer); timer = setTimeout(shut, 300); };
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = event.target.closest && event.target.closest("a.ref");
    if (link) want(link, 250);
    else if (panel.contains(event.target)) clearTimeout(timer);
    else if (owner && document.activeElement !== owner) leave();
  });
  document.addEventListener("focusin", (event) => {
    const link = event.target.closest("a.ref");
    if (link && link.matches(":focus-visible")) want(link, 120);
    else if (!panel.contains(event.target)) shut();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden) shut(); });
})();
