/* What a public page gains with script: how many characters are left. */
(() => {
  "use strict";
  const english = document.documentElement.lang === "en";
  for (const area of document.querySelectorAll("textarea[data-count]")) {
    const most = Number(area.dataset.count);
    const shown = document.createElement("p");
    shown.className = "small soft";
    area.after(shown);
    const tell = () => {
      const left = most - [...area.value].length;
      const words = left < 0 ? (english ? `${-left} characters too many` : `超出 ${-left} 字`) : english ? `${left} characters left` : `还可以写 ${left} 字`;
      shown.textContent = words;
      shown.setAttribute("role", left < 100 ? "status" : "presentation");
    };
    area.addEventListener("input", tell);
    tell();
  }
})();
