/* Keeps a page of the room up to date and sends its forms without reloading. Without this script
   the same pages and forms work by plain reloads. */
(() => {
  "use strict";
  const body = document.body;
  const box = document.getElementById("live");
  const line = document.getElementById("line");
  const alerts = document.getElementById("alert");
  const SILENCE = 50000;
  let socket = null, wait = 500, timer = 0, heard = Date.now(), unsent = null, known = false;

  const liveUrl = () => {
    const url = new URL(body.dataset.live, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return url.href;
  };

  const say = (words) => { if (line.textContent !== words) line.textContent = words; };
  const complain = (words) => {
    alerts.replaceChildren();
    if (!words) return;
    const p = document.createElement("p");
    p.className = "alert";
    p.textContent = words;
    alerts.append(p);
  };

  /* What somebody has typed or ticked and not sent yet survives a new fragment. */
  const key = (el) => (el.closest("form[data-key]") || {dataset: {}}).dataset.key;
  const dirty = (el) => el.type === "radio" || el.type === "checkbox"
    ? el.checked !== el.defaultChecked
    : el.tagName === "SELECT"
      ? [...el.options].some((o) => o.selected !== o.defaultSelected)
      : el.value !== el.defaultValue;

  const drafts = () => [...box.querySelectorAll("input[id], textarea[id], select[id]")]
    .filter(dirty).map((el) => ({id: el.id, key: key(el), value: el.value, checked: el.checked}));

  const restore = (saved) => saved.forEach((d) => {
    const el = document.getElementById(d.id);
    if (!el || key(el) !== d.key) return;
    if (el.type === "radio" || el.type === "checkbox") el.checked = d.checked;
    else el.value = d.value;
  });

  const show = (html, forget) => {
    const focus = document.activeElement && box.contains(document.activeElement)
      ? document.activeElement : null;
    const at = focus && focus.id ? {id: focus.id, from: focus.selectionStart, to: focus.selectionEnd} : null;
    const inside = Boolean(focus);
    const open = new Map([...box.querySelectorAll("details[id]")].map((d) => [d.id, d.open]));
    const before = (box.querySelector("h1") || {}).textContent;
    const saved = drafts().filter((d) => d.key !== forget);
    box.innerHTML = html;
    box.querySelectorAll("input[name=_xsrf]").forEach((el) => { el.value = body.dataset.xsrf; });
    open.forEach((value, id) => {
      const el = document.getElementById(id);
      if (el) el.open = value;
    });
    restore(saved);
    const heading = box.querySelector("h1");
    const again = at && document.getElementById(at.id);
    if (again && !again.disabled) {
      again.focus({preventScroll: true});
      if (at.from !== null && at.from !== undefined && again.setSelectionRange) {
        try { again.setSelectionRange(at.from, at.to); } catch { /* not a text field */ }
      }
    } else if (inside && heading) {
      heading.tabIndex = -1;
      heading.focus({preventScroll: true});
    }
    if (heading && before && heading.textContent !== before) {
      scrollTo(0, 0);
      say("New step: " + heading.textContent);
    }
  };

  const connect = () => {
    clearTimeout(timer);
    if (socket && socket.readyState <= 1) return;
    socket = new WebSocket(liveUrl());
    socket.onopen = () => {
      wait = 500; heard = Date.now(); body.classList.remove("offline");
      if (known) say("Connected again.");
      known = true;
      if (unsent) send(...unsent);
    };
    socket.onmessage = (event) => {
      heard = Date.now();
      const news = JSON.parse(event.data);
      if (news.html !== undefined) show(news.html);
    };
    socket.onclose = (event) => {
      if (event.code === 4000) { say("This room is open in too many tabs; reload this one to use it."); return; }
      body.classList.add("offline");
      say(unsent ? "No connection. Your answer is kept here and sent when it is back." : "No connection. Trying again…");
      timer = setTimeout(connect, wait * (0.7 + Math.random() * 0.6));
      wait = Math.min(wait * 1.7, 8000);
    };
  };

  const wake = () => {
    if (document.visibilityState === "hidden") return;
    if (socket && socket.readyState === 1 && Date.now() - heard > SILENCE) socket.close();
    wait = 500;
    if (!socket || socket.readyState > 1) connect();
    else if (unsent && socket.readyState === 1) send(...unsent);
  };
  document.addEventListener("visibilitychange", wake);
  addEventListener("online", wake);
  addEventListener("pageshow", wake);
  setInterval(() => { if (socket && socket.readyState === 1) socket.send("beat"); }, 20000);

  /* One answer at a time; if the line is down it waits here and goes out when the line is back.
     Sending it twice is harmless: the room counts a voter once. */
  const send = async (url, data, forget) => {
    let answer;
    try {
      answer = await fetch(url, {method: "POST", body: data, headers: {"X-Room": "1"}, credentials: "same-origin"});
    } catch {
      unsent = [url, data, forget];
      say("No connection. Your answer is kept here and sent when it is back.");
      if (socket && socket.readyState === 1) setTimeout(wake, 1500);
      return;
    }
    unsent = null;
    let news = {};
    try { news = await answer.json(); } catch { /* not for this script */ }
    if (answer.ok) { complain(""); say("Saved."); }
    else complain(news.error || "The room did not take that. Reload the page and try again.");
    if (news.html !== undefined) show(news.html, forget);
  };

  box.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("live" in form.dataset)) return;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form, event.submitter));
    send(new URL(form.getAttribute("action"), location.href).href, data, form.dataset.key);
  });

  setInterval(() => {
    const clock = box.querySelector(".clock");
    if (!clock) return;
    if (!clock.dataset.from) clock.dataset.from = String(Date.now() / 1000 - Number(clock.dataset.since));
    clock.textContent = Math.floor((Date.now() / 1000 - Number(clock.dataset.from)) / 60) + " min here";
  }, 5000);

  connect();
})();
