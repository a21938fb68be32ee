/* Keeps a page of the room up to date and sends its forms without reloading. Without this script
   the same pages and forms work by plain reloads. */
(() => {
  "use strict";
  const body = document.body;
  const box = document.getElementById("live");
  const line = document.getElementById("line");
  const alerts = document.getElementById("alert");
  const words = JSON.parse(body.dataset.words);
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

  /* A new fragment is laid over the old one node by node, so that a click, the focus, an open list
     and half a sentence survive what other people do in the meantime. */
  const name = (el) => [el.nodeName, el.id, el.dataset ? el.dataset.key : "", el.getAttribute("name")].join("|");
  const same = (a, b) => a.nodeType === b.nodeType && (a.nodeType !== 1 || name(a) === name(b));

  const attributes = (from, to) => {
    const kept = from.nodeName === "DETAILS" ? ["open"] : [];
    for (const {name: key} of [...from.attributes]) {
      if (!to.hasAttribute(key) && !kept.includes(key)) from.removeAttribute(key);
    }
    for (const {name: key, value} of [...to.attributes]) {
      if (from.getAttribute(key) !== value && !kept.includes(key)) from.setAttribute(key, value);
    }
  };

  /* What the room says anew wins over what was ticked or typed; what it repeats does not. */
  const properties = (from, to, was) => {
    if (from.nodeName === "INPUT" && to.defaultChecked !== was.checked) from.checked = to.defaultChecked;
    if (from.nodeName === "INPUT" && to.defaultValue !== was.value && from !== document.activeElement) from.value = to.defaultValue;
    if (from.nodeName === "TEXTAREA" && to.defaultValue !== was.value && from !== document.activeElement) from.value = to.defaultValue;
    if (from.nodeName === "OPTION" && to.defaultSelected !== was.selected) from.selected = to.defaultSelected;
  };

  const lay = (from, to) => {
    if (from.nodeType !== 1) {
      if (from.data !== to.data) from.data = to.data;
      return;
    }
    const was = {checked: from.defaultChecked, value: from.defaultValue, selected: from.defaultSelected};
    attributes(from, to);
    children(from, to);
    properties(from, to, was);
  };

  const children = (from, to) => {
    const old = [...from.childNodes];
    let at = 0;
    for (const next of [...to.childNodes]) {
      let found = at;
      while (found < old.length && !same(old[found], next)) found += 1;
      if (found === old.length) {
        from.insertBefore(next, old[at] || null);
        continue;
      }
      for (; at < found; at += 1) old[at].remove();
      lay(old[at], next);
      at += 1;
    }
    for (; at < old.length; at += 1) old[at].remove();
  };

  const show = (html) => {
    const inside = box.contains(document.activeElement);
    const before = (box.querySelector("h1") || {}).textContent;
    const sheet = document.createElement("template");
    sheet.innerHTML = html;
    sheet.content.querySelectorAll("input[name=_xsrf]").forEach((el) => el.setAttribute("value", body.dataset.xsrf));
    children(box, sheet.content);
    const heading = box.querySelector("h1");
    if (!heading) return;
    if (inside && !box.contains(document.activeElement)) {
      heading.tabIndex = -1;
      heading.focus({preventScroll: true});
    }
    if (before && heading.textContent !== before) {
      scrollTo(0, 0);
      say(words.step.replace("{title}", () => heading.textContent));
    }
  };

  const connect = () => {
    clearTimeout(timer);
    if (socket && socket.readyState <= 1) return;
    socket = new WebSocket(liveUrl());
    socket.onopen = () => {
      wait = 500; heard = Date.now(); body.classList.remove("offline");
      if (known) say(words.again);
      known = true;
      if (unsent) send(...unsent);
    };
    socket.onmessage = (event) => {
      heard = Date.now();
      const news = JSON.parse(event.data);
      if (news.html !== undefined) show(news.html);
    };
    socket.onclose = (event) => {
      if (event.code === 4000) { say(words.tabs); return; }
      body.classList.add("offline");
      say(unsent ? words.unsent : words.offline);
      timer = setTimeout(connect, wait * (0.7 + Math.random() * 0.6));
      wait = Math.min(wait * 1.6, 4000);
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
  const send = async (url, data, form) => {
    let answer;
    try {
      answer = await fetch(url, {method: "POST", body: data, headers: {"X-Room": "1"}, credentials: "same-origin"});
    } catch {
      unsent = [url, data, form];
      say(words.unsent);
      if (socket && socket.readyState === 1) setTimeout(wake, 1500);
      return;
    }
    unsent = null;
    let news = {};
    try { news = await answer.json(); } catch { /* not for this script */ }
    if (answer.ok) {
      complain("");
      say(words.saved);
      if (form && "clear" in form.dataset) form.reset();
    }
    else complain(news.error || words.refused);
    if (news.html !== undefined) show(news.html);
  };

  box.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("live" in form.dataset)) return;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form, event.submitter));
    send(new URL(form.getAttribute("action"), location.href).href, data, form);
  });

  setInterval(() => {
    const clock = box.querySelector(".clock");
    if (!clock) return;
    if (!clock.dataset.from) clock.dataset.from = String(Date.now() / 1000 - Number(clock.dataset.since));
    clock.textContent = words.minutes.replace("{minutes}", Math.floor((Date.now() / 1000 - Number(clock.dataset.from)) / 60));
  }, 5000);

  connect();
})();
