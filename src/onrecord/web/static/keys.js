/* Keys, and nothing a page needs to be read: every key presses something that is there for the mouse as well. */
"use strict";
(() => {
  const root = document.documentElement;
  const stored = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const store = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private window */ } };
  const find = (selector) => document.querySelector(selector);
  const say = (words) => { const place = find("#said"); if (place) place.textContent = words; };

  const showMarks = (on) => {
    root.classList.toggle("plain", !on);
    document.querySelectorAll("[data-marks]").forEach((link) => { link.textContent = on ? "marks off" : "marks on"; });
  };
  const toggleMarks = () => {
    const on = root.classList.contains("plain");
    if (on && new URLSearchParams(location.search).get("marks") === "off") { find("[data-marks]")?.click(); return; }
    showMarks(on);
    store("marks", on ? "on" : "off");
    say(on ? "Marks on" : "Marks off");
  };

  const items = () => {
    const hits = [...document.querySelectorAll(".src mark.hit")];
    return hits.length ? hits : [...document.querySelectorAll(".item")].filter((item) => item.offsetParent !== null || item.tagName === "TR");
  };
  const step = (by) => {
    const all = items();
    if (!all.length) return;
    const now = all.findIndex((item) => item === document.activeElement || item.contains(document.activeElement));
    const first = all.findIndex((item) => item.getBoundingClientRect().top > 60);
    const next = now < 0 ? (by > 0 ? Math.max(first, 0) : Math.max(first - 1, 0)) : Math.min(Math.max(now + by, 0), all.length - 1);
    all[next].tabIndex = -1;
    all[next].focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "center" });
  };

  const keysOn = () => stored("keys") !== "off";
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  const press = (key) => {
    const target = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    if (target) target.click();
    return Boolean(target);
  };
  const moveEnd = (event) => {
    const handles = event.target.closest(".handles");
    const side = { ArrowLeft: "left", ArrowRight: "right" }[event.key];
    if (!handles || !side) return false;
    handles.querySelector(`[data-move="${event.shiftKey ? "start" : "end"}-${side}"]`)?.click();
    return true;
  };
  const openItem = () => {
    const link = document.activeElement?.classList.contains("item") && document.activeElement.querySelector("a[href]");
    if (link) link.click();
    return Boolean(link);
  };

  const actions = {
    "/": () => { find("#q")?.focus(); find("#q")?.select(); return true; },
    j: () => { step(1); return true; },
    k: () => { step(-1); return true; },
    m: () => { toggleMarks(); return true; },
    "?": () => { find("#keys")?.showModal(); return true; },
    Enter: () => openItem() || (document.activeElement === document.body && press("Enter")),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (moveEnd(event)) { event.preventDefault(); return; }
    if (typing(event.target) || !keysOn() || find("dialog[open]")) return;
    const own = actions[event.key];
    if (own ? own() : event.key.length === 1 || event.key === "Escape" ? press(event.key) : false) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-marks], [data-print], [data-help], [data-copy]");
    if (!target) return;
    if (target.matches("[data-print]")) window.print();
    else if (target.matches("[data-help]")) find("#keys").showModal();
    else if (target.matches("[data-copy]")) navigator.clipboard.writeText(find(target.dataset.copy).textContent.trim()).then(() => say("Copied"));
    else if (new URLSearchParams(location.search).get("marks") !== "off") { event.preventDefault(); toggleMarks(); }
  });

  document.querySelectorAll(".script").forEach((button) => { button.hidden = false; });
  const switcher = find("#keys-on");
  if (switcher) {
    switcher.checked = keysOn();
    switcher.addEventListener("change", () => store("keys", switcher.checked ? "on" : "off"));
  }
  if (stored("marks") === "off" && find("[data-marks]")) showMarks(false);

  /* A link to a passage that has no anchor of its own on this page: ask the server to mark it. */
  const passage = /^#c(\d+-\d+)$/.exec(location.hash);
  if (passage && find(".src") && !document.getElementById(location.hash.slice(1))) {
    const address = new URL(location.href);
    if (address.searchParams.get("at") !== passage[1]) {
      address.searchParams.set("at", passage[1]);
      location.replace(address);
    }
  }
})();
