/* Receiving people where the network comes and goes. Each form gets its own key here, is kept on this telephone until the
   server has it, and is sent again by itself; the server takes a key once. Without this script the form works online. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-receive]");
  if (!form || !window.fetch || !window.localStorage) return;
  const said = form.dataset;
  const STORE = `lvzhi.visits.${said.owner}`;
  const find = (name) => document.querySelector(`[data-${name}]`);
  const offline = find("offline");
  let sending = false;
  let next = Number(said.next);

  const load = () => {
    try { return JSON.parse(localStorage.getItem(STORE) || "[]"); } catch { return []; }
  };
  const save = (items) => {
    if (items.length) localStorage.setItem(STORE, JSON.stringify(items));
    else localStorage.removeItem(STORE);
    draw(items);
  };
  const fresh = () => (crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
    (digit) => (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16)));

  const draw = (items) => {
    offline.hidden = navigator.onLine;
    const list = find("waiting-list");
    list.replaceChildren(...items.map((item) => {
      const line = document.createElement("li");
      const words = document.createElement("span");
      words.textContent = item.fields.subject;
      const why = document.createElement("span");
      why.className = "small soft";
      why.textContent = ` ${item.problem || said.saidWait} `;
      line.append(words, why);
      if (item.problem) {
        const drop = document.createElement("button");
        drop.type = "button";
        drop.className = "btn btn--small btn--quiet";
        drop.textContent = said.saidDrop;
        drop.addEventListener("click", () => save(load().filter((each) => each.fields.once !== item.fields.once)));
        line.append(drop);
      }
      return line;
    }));
    find("waiting").hidden = !items.length;
  };

  const tell = (subject, number, code) => {
    find("kept").hidden = false;
    find("kept-subject").textContent = subject;
    find("kept-code").hidden = !number;
    find("kept-number").textContent = number || "";
    find("kept-secret").textContent = code || "";
  };

  /* Sends one form. Answers what came of it: "kept", "wait" (no network, or the server is not there), or a problem. */
  const send = async (item) => {
    const body = new URLSearchParams(item.fields);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    let answer;
    try {
      answer = await fetch(item.to, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    } catch { return { state: "wait" }; }
    if (answer.type === "opaqueredirect" || answer.status === 403) return { state: "problem", words: said.saidSignin, again: true };
    if (answer.status >= 500) return { state: "wait" };
    let found = {};
    try { found = await answer.json(); } catch { return { state: "wait" }; }
    if (answer.ok) return { state: "kept", ...found };
    return { state: "problem", words: Object.values(found.errors || {}).flat().join(" "), errors: found.errors };
  };

  /* Everything that waits, oldest first; what is taken is forgotten at once. */
  const flush = async () => {
    if (sending) return;
    sending = true;
    for (const item of load().filter((each) => !each.problem || each.again)) {
      const found = await send(item);
      const items = load().filter((each) => each.fields.once !== item.fields.once);
      if (found.state === "kept") { save(items); tell(found.subject, found.number, found.code); continue; }
      if (found.state === "problem") {
        save([...items, { ...item, problem: found.errors ? said.saidMend + found.words : found.words, again: found.again }]);
        continue;
      }
      break;
    }
    sending = false;
    draw(load());
  };

  const count = () => {
    next += 1;
    document.querySelector(".pocket__top h1").textContent = said.heading.replace("§", next);
  };
  const clear = () => {
    form.reset();
    form.elements.once.value = fresh();
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
    for (const old of document.querySelectorAll(".error-summary")) old.remove();
    form.elements.subject.focus();
    scrollTo(0, 0);
  };

  form.addEventListener("submit", async (event) => {
    if (!form.elements.subject.value.trim()) return;   // the server says what is missing
    event.preventDefault();
    const fields = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
    fields.at = new Date().toISOString();
    const item = { to: location.pathname + location.search, fields };
    save([...load(), item]);                           // kept before anything is tried: a telephone may go dark
    const found = navigator.onLine ? await send(item) : { state: "wait" };
    const others = load().filter((each) => each.fields.once !== fields.once);
    if (found.state === "problem" && found.errors) {   // mend it here and now, by the ordinary way
      save(others);
      form.submit();
      return;
    }
    if (found.state === "kept") { save(others); tell(found.subject, found.number, found.code); }
    else {
      if (found.state === "problem") save([...others, { ...item, problem: found.words, again: true }]);
      tell(`${fields.subject}（${said.saidLater}）`, "", "");
    }
    count();
    clear();
  });
  find("send").addEventListener("click", flush);
  addEventListener("online", flush);
  addEventListener("offline", () => draw(load()));
  setInterval(() => { if (navigator.onLine && load().length) flush(); }, 20000);
  draw(load());
  if (navigator.onLine) flush();
})();
