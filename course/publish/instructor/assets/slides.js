"use strict";
// One slide at a time, by keyboard, by the edges of the page or by touch; the address keeps the place.
(() => {
  const deck = [...document.querySelectorAll(".slide")];
  const said = document.getElementById("said");
  const help = document.getElementById("help");
  let here = 0;

  // Long texts are set smaller until they fit; below two thirds nobody could read them from the back.
  const fit = (slide) => {
    const box = slide.querySelector(".fit");
    for (let size = 1; size >= 0.55; size -= 0.05) {
      box.style.setProperty("--fit", size.toFixed(2));
      if (box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1) return;
    }
  };

  const go = (n, quiet) => {
    here = Math.max(0, Math.min(deck.length - 1, n));
    deck.forEach((slide, i) => {
      slide.classList.toggle("here", i === here);
      slide.inert = document.body.classList.contains("show") && i !== here;
    });
    history.replaceState(null, "", "#slide-" + (here + 1));
    const title = deck[here].querySelector("h1, h2, .kicker");
    if (!quiet) said.textContent = "Slide " + (here + 1) + " of " + deck.length + ": " + (title ? title.textContent : "");
    if (!document.body.classList.contains("show")) deck[here].scrollIntoView();
  };

  const keys = {
    ArrowRight: () => go(here + 1), ArrowDown: () => go(here + 1), PageDown: () => go(here + 1), " ": () => go(here + 1), Enter: () => go(here + 1),
    ArrowLeft: () => go(here - 1), ArrowUp: () => go(here - 1), PageUp: () => go(here - 1), Backspace: () => go(here - 1),
    Home: () => go(0), End: () => go(deck.length - 1),
    n: () => document.body.classList.toggle("notes"),
    a: () => { document.body.classList.toggle("show"); go(here, true); },
    f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    "?": () => { help.hidden = !help.hidden; },
    Escape: () => { help.hidden = true; document.body.classList.remove("notes"); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("a, button") && (event.key === "Enter" || event.key === " ")) return;
    const act = keys[event.key] || keys[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, aside, #help") || String(getSelection())) return;
    if (!document.body.classList.contains("show")) return;
    if (event.clientX < innerWidth / 4) go(here - 1);
    else if (event.clientX > innerWidth / 2) go(here + 1);
  });
  let down = null;
  document.addEventListener("touchstart", (event) => { down = event.changedTouches[0].clientX; }, { passive: true });
  document.addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - down;
    if (Math.abs(moved) > 60) go(here + (moved < 0 ? 1 : -1));
  }, { passive: true });
  addEventListener("resize", () => deck.forEach(fit));
  addEventListener("hashchange", () => go(Number(location.hash.replace("#slide-", "")) - 1 || 0));

  document.body.classList.add("show");
  deck.forEach(fit);
  go(Number(location.hash.replace("#slide-", "")) - 1 || 0, true);
})();
