/* The form of an opinion one step at a time, where scripts run; without them the three steps stand below one another. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-steps]");
  if (!form) return;
  const steps = [...form.querySelectorAll("[data-step]")];
  const list = form.querySelector("[data-step-list]");
  const hints = document.getElementById("hints");
  const english = document.documentElement.lang === "en";
  let now = 1;

  form.dataset.on = "1";
  list.hidden = false;
  for (const each of form.querySelectorAll("[data-go]")) each.hidden = false;
  for (const each of form.querySelectorAll("[data-without-script]")) each.hidden = true;

  const show = (number, focus) => {
    now = Math.min(Math.max(number, 1), steps.length);
    steps.forEach((step, at) => { step.hidden = at + 1 !== now; });
    [...list.children].forEach((item, at) => {
      item.dataset.s = at + 1 < now ? "done" : at + 1 === now ? "now" : "";
      if (at + 1 === now) item.setAttribute("aria-current", "step"); else item.removeAttribute("aria-current");
    });
    if (focus) {
      const title = steps[now - 1].querySelector(".step__t");
      title.focus({ preventScroll: true });
      form.scrollIntoView({ block: "start" });
    }
  };

  /* The way back of the telephone goes to the step before, not out of the form. */
  const go = (number) => { history.pushState({ step: number }, "", `#step-${number}`); show(number, true); };
  addEventListener("popstate", (event) => show((event.state && event.state.step) || 1, true));

  const missing = () => {
    const words = english ? { subject: "Say in one sentence what it is about.", text: "Tell us a little more, at least five characters." }
      : { subject: "请用一句话写明是什么事", text: "请把事情写清楚一些，至少五个字" };
    const least = { subject: 2, text: 5 };
    const found = [];
    for (const name of ["subject", "text"]) {
      const control = form.elements[name];
      const old = document.getElementById(`say-${name}`);
      if (old) old.remove();
      control.removeAttribute("aria-invalid");
      if ([...control.value.trim()].length >= least[name]) continue;
      const told = document.createElement("p");
      told.className = "field__error";
      told.id = `say-${name}`;
      told.textContent = words[name];
      control.before(told);
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", told.id);
      found.push(control);
    }
    return found;
  };

  /* Whether others said it already, and what in it is personal: asked in passing; sending never waits for it. */
  let asked = "";
  const look = () => {
    const said = `${form.elements.subject.value}\n${form.elements.text.value}`;
    if (said === asked || !window.fetch) return;
    asked = said;
    const body = new URLSearchParams();
    for (const name of ["csrfmiddlewaretoken", "subject", "text"]) body.append(name, form.elements[name].value);
    const like = form.querySelector("[name=like]:checked, [name=like][type=hidden]");
    if (like) body.append("like", like.value);
    fetch(form.dataset.look, { method: "POST", body, credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.text() : null))
      .then((html) => { if (html !== null) hints.innerHTML = html; })
      .catch(() => {});
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-next]");
    if (!button) return;
    const number = Number(button.dataset.next);
    if (number > 1) {
      const open = missing();
      if (open.length) { show(1, false); open[0].focus(); return; }
    }
    if (now === 1) look();
    go(number);
  });
  form.addEventListener("submit", (event) => {
    const open = missing();
    if (!open.length) return;
    event.preventDefault();
    show(1, false);
    open[0].focus();
  }, true);

  /* Enter in a line goes to the next step instead of sending half a form. */
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT" || now === steps.length) return;
    if (["submit", "file", "checkbox", "radio"].includes(event.target.type)) return;
    event.preventDefault();
    steps[now - 1].querySelector(".btn--primary[data-next]").click();
  });

  /* Only the communities of the chosen street are offered. */
  const street = form.elements.area;
  const community = form.elements.community;
  if (community) {
    const groups = [...community.querySelectorAll("optgroup")];
    const names = Object.fromEntries([...street.options].map((option) => [option.value, option.text]));
    const narrow = () => {
      for (const group of groups) {
        const fits = !street.value || group.label === names[street.value];
        if (fits && !group.isConnected) community.append(group);
        if (!fits && group.isConnected) {
          if (group.contains(community.selectedOptions[0])) community.value = "";
          group.remove();
        }
      }
    };
    street.addEventListener("change", narrow);
    narrow();
  }

  /* Name and telephone only where somebody wants to be told. */
  const particulars = form.querySelector("[data-named]");
  const named = () => {
    const chosen = form.querySelector("[name=named]:checked");
    particulars.hidden = !chosen || chosen.value !== "yes";
    for (const input of particulars.querySelectorAll("input")) input.disabled = particulars.hidden;
  };
  form.addEventListener("change", (event) => { if (event.target.name === "named") named(); });
  for (const input of particulars.querySelectorAll("input")) if (input.value) form.querySelector("[name=named][value=yes]").checked = true;
  named();

  /* A link of the error summary leads into the step where its field stands. */
  const stepOf = (element) => steps.findIndex((step) => step.contains(element)) + 1;
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target || !form.contains(target)) return;
    event.preventDefault();
    show(stepOf(target), false);
    target.focus();
  });
  const wrong = form.querySelector(".field__error");
  const start = /^#step-([123])$/.exec(location.hash);
  show(wrong ? stepOf(wrong) : hints.children.length && hints.querySelector(".alike") ? 2 : start ? Number(start[1]) : 1, false);
  history.replaceState({ step: now }, "");
})();
