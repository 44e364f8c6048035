// The thin part of the page that must be quick: patches, selection, uploads, keys.
// What anything means and what it looks like is decided by the server.
(() => {
  "use strict";

  const state = {
    thread: "", last: 0, busy: false, ready: false, deciding: new Set(),
    selection: new Map(), uploads: new Map(), filters: {}, query: "", without: new Set(), like: null,
    view: "chat", wanted: null, sent: null, queue: [],
  };
  const FIRST_TICK = 1500, TICK = 4000;
  const part = window.dalmPart;
  let send = () => {}, timer = 0, opener = null, stuck = true;
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- patches ---------------------------------------------------------------------------------

  function parsed(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content;
  }

  // Make `old` like `next` and touch only what differs: no picture reloads, no fold closes.
  function morph(old, next) {
    if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName) {
      old.replaceWith(next.cloneNode(true));
      return;
    }
    if (old.nodeType === Node.TEXT_NODE) {
      if (old.data !== next.data) old.data = next.data;
      return;
    }
    const own = new Set(["aria-pressed", "aria-current", "open"]);
    for (const { name } of [...old.attributes]) {
      if (!next.hasAttribute(name) && !own.has(name)) old.removeAttribute(name);
    }
    for (const { name, value } of [...next.attributes]) {
      if (own.has(name) && old.hasAttribute(name)) continue;
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    children(old, next);
  }

  function children(old, next) {
    const before = [...old.childNodes], after = [...next.childNodes];
    after.forEach((node, i) => {
      if (before[i]) morph(before[i], node);
      else old.appendChild(node.cloneNode(true));
    });
    before.slice(after.length).forEach((node) => node.remove());
  }

  const shown = new Map();

  function slot(id, html) {
    const place = $(id);
    if (!place || shown.get(id) === html) return;
    shown.set(id, html);
    if (id === "shelf" || id === "asset") place.replaceChildren(parsed(html));
    else children(place, parsed(html));
    if (id === "asset") place.parentElement.scrollTop = 0;
  }

  function thread(items, whole) {
    const place = $("thread");
    if (whole) {
      const kept = new Set(items.map(([key]) => key));
      for (const node of [...place.children]) {
        if (kept.has(node.dataset.key)) continue;
        shown.delete(`item ${node.dataset.key}`);
        node.remove();
      }
    }
    for (const [key, html] of items) {
      const known = all(":scope > *", place).find((node) => node.dataset.key === key);
      const name = `item ${key}`;
      if (known && shown.get(name) === html) continue;
      shown.set(name, html);
      const next = parsed(html).firstElementChild;
      next.dataset.key = key;
      if (known) morph(known, next);
      else place.appendChild(next);
    }
    if (items.length && items[0][0] !== "welcome") {
      all('[data-key="welcome"]', place).forEach((node) => node.remove());
      shown.delete("item welcome");
    }
    follow();
  }

  function receive(patch) {
    if (!patch || typeof patch !== "object") return;
    if (patch.thread !== undefined) {
      const opened = patch.asked !== undefined && patch.asked === state.wanted;
      const begun = state.wanted === null && !state.thread && state.busy;
      if (opened) state.wanted = null;
      if (opened || begun) {
        state.thread = patch.thread;
        address();
      } else if (patch.thread !== state.thread || state.wanted !== null) {
        // It tells of a conversation that is not on the page any more.
        for (const name of ["items", "last", "busy"]) delete patch[name];
      }
    }
    if (patch.items) thread(patch.items, patch.whole);
    for (const [id, html] of Object.entries(patch.slots || {})) slot(id, html);
    if (patch.last !== undefined) state.last = patch.last;
    if (patch.busy !== undefined) busy(patch.busy);
    if (patch.waiting !== undefined) waiting(patch.waiting);
    if (patch.ready !== undefined) state.ready = patch.ready;
    if (patch.toast) toast(patch.toast);
    if (patch.taken) {
      clearTimeout(state.unheard);
    }
    if (patch.begun !== undefined) {
      if (patch.begun) state.sent = null;
      else giveBack();
      keep();
    }
    if (patch.busy === false) nextRequest();
    if (patch.decided) state.deciding.delete(patch.decided);
    if (patch.follow) go("follow", { thread: state.thread });
    marks();
  }

  function address() {
    const url = new URL(location.href);
    if (state.thread) url.searchParams.set("thread", state.thread);
    else url.searchParams.delete("thread");
    history.replaceState(null, "", url);
    remember();
  }

  function waiting(number) {
    const tally = $("waiting");
    tally.textContent = number ? String(number) : "";
    tally.setAttribute("aria-label", number ? `${number} waiting` : "");
  }

  function toast(words) {
    const note = document.createElement("p");
    note.textContent = words;
    $("toasts").replaceChildren(note);
    setTimeout(() => note.remove(), 7000);
  }

  // --- where one is ----------------------------------------------------------------------------

  function follow(force) {
    const place = $("scroll"), latest = $("thread").lastElementChild;
    if (!latest || !(force || stuck)) return;
    // Stay at the end, but never past the beginning of a long answer.
    place.scrollTop = Math.min(place.scrollHeight, latest.offsetTop - 16);
  }

  function busy(on) {
    state.busy = on;
    $("stop").hidden = !on;
    grow();
    document.documentElement.classList.toggle("is-busy", on);
  }

  function view(name) {
    state.view = name;
    for (const section of all(".view")) section.hidden = section.id !== `view-${name}`;
    for (const button of all("[data-view]")) {
      if (button.dataset.view === name) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
    drawer(false);
    if (name === "library") browse();
    if (name === "chat") follow();
  }

  function drawer(on) {
    document.documentElement.classList.toggle("has-drawer", on);
    all("[data-act=menu]").forEach((b) => b.setAttribute("aria-expanded", String(on)));
  }

  function open(thread) {
    state.wanted = thread;
    unqueueAll();
    state.selection.clear();
    state.uploads.clear();
    stuck = true;
    marks();
    view("chat");
    go("open", { thread });
    if (matchMedia("(min-width: 760px)").matches) $("say").focus();
  }

  function go(name, data) {
    send(name, data);
  }

  // --- selection -------------------------------------------------------------------------------

  function remember() {
    const kept = [...state.selection];
    sessionStorage.setItem(`selection ${state.thread}`, JSON.stringify(kept));
  }

  function pick(id, title) {
    if (state.selection.has(id)) state.selection.delete(id);
    else state.selection.set(id, title || id);
    remember();
    marks();
  }

  function picture(id) {
    const image = document.createElement("img");
    image.src = `/assets/${encodeURIComponent(id)}/thumbnail?side=160`;
    image.alt = "";
    return image;
  }

  function button(act, words, data = {}) {
    const made = document.createElement("button");
    made.type = "button";
    made.dataset.act = act;
    Object.assign(made.dataset, data);
    made.textContent = words;
    return made;
  }

  function marks() {
    for (const known of all("[data-thread]")) {
      if (known.dataset.thread === state.thread) known.setAttribute("aria-current", "true");
      else known.removeAttribute("aria-current");
    }
    for (const tile of all("[data-act=pick]")) {
      const on = String(state.selection.has(tile.dataset.id));
      if (tile.getAttribute("aria-pressed") !== on) tile.setAttribute("aria-pressed", on);
    }
    const chip = $("selection"), number = state.selection.size;
    if (chip.dataset.ids !== [...state.selection.keys()].join(" ")) {
      chip.dataset.ids = [...state.selection.keys()].join(" ");
      const pictures = document.createElement("span");
      pictures.className = "stack";
      pictures.append(...[...state.selection.keys()].slice(0, 5).map(picture));
      const words = document.createElement("span");
      words.textContent = `Selection: ${number} ${number === 1 ? "asset" : "assets"}`;
      words.setAttribute("role", "status");
      chip.replaceChildren(pictures, words, button("clear", "Clear"));
    }
    chip.hidden = number === 0;
    $("use").hidden = number === 0;
    $("use-words").textContent = `Ask about ${number} selected`;
  }

  // --- asking ----------------------------------------------------------------------------------

  // Words are kept until the server has begun with them: a lost connection loses nothing.
  function keep() {
    const words = [state.sent, ...state.queue].filter(Boolean).map((one) => one.text);
    const draft = [...words, $("say").value].filter(Boolean).join("\n");
    if (draft) sessionStorage.setItem("draft", draft);
    else sessionStorage.removeItem("draft");
    grow();
    const signs = JSON.stringify(state.queue.map((one) => one.text));
    if ($("queue").dataset.signs === signs) return;
    $("queue").dataset.signs = signs;
    const waits = state.queue.map((one, place) => {
      const row = document.createElement("div"), said = document.createElement("bdi");
      row.className = "upload";
      said.textContent = `Next: ${one.text}`;
      const drop = button("unqueue", "×", { place: String(place) });
      drop.setAttribute("aria-label", `Take back: ${one.text}`);
      row.append(said, drop);
      return row;
    });
    $("queue").replaceChildren(...waits);
  }

  function giveBack() {
    const words = [state.sent, ...state.queue].filter(Boolean).map((one) => one.text);
    $("say").value = [...words, $("say").value].filter(Boolean).join("\n");
    state.sent = null;
    state.queue = [];
    keep();
  }

  // Who stops, or goes elsewhere, does not want the next request to begin by itself.
  function unqueueAll() {
    const { sent } = state;
    state.sent = null;
    giveBack();
    state.sent = sent;
    keep();
  }

  function nextRequest() {
    if (state.busy || !state.queue.length) return;
    const request = state.queue.shift();
    ask(request, { aside: true });
    keep();
  }

  function ask(data, { aside = false } = {}) {
    if (state.busy) return toast("One moment, the last request is still being answered.");
    state.sent = data.text ? data : null;
    busy(true);
    clearTimeout(state.unheard);
    state.unheard = setTimeout(() => {
      busy(false);
      giveBack();
      toast("The server has not answered yet. Your request is back in the box.");
    }, 15000);
    if (!aside) view("chat");
    stuck = true;
    go("ask", { thread: state.thread, ...data });
  }

  function say(text) {
    const words = (text ?? $("say").value).trim();
    if (!words) return $("say").focus();
    if ([...state.uploads.values()].some((one) => one.going)) {
      return toast("One moment, files are still being added.");
    }
    const uploads = [...state.uploads.values()].map((one) => one.id).filter(Boolean);
    const request = { text: words, selection: [...state.selection.keys()], uploads };
    if (state.busy) state.queue.push(request);
    else ask(request);
    if (text === undefined) $("say").value = "";
    keep();
    state.uploads.clear();
    $("uploads").replaceChildren();
    // A selection is for one request: the next "these" would silently mean the old ones.
    acts.clear();
    follow(true);
  }

  function grow() {
    const box = $("say");
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 220)}px`;
    $("send").hidden = state.busy && !box.value.trim();
  }

  function decide(button, approved) {
    const approval = button.dataset.id;
    if (state.deciding.has(approval)) return;
    state.deciding.add(approval);
    const card = button.closest("[data-plan]");
    const because = card.querySelector("[name=because]")?.value || "";
    for (const same of all(`[data-plan="${CSS.escape(approval)}"] .decision button`)) {
      same.setAttribute("aria-disabled", "true");
    }
    go("decide", { approval, approved: approved ? "yes" : "no", because, thread: state.thread });
  }

  // --- library ---------------------------------------------------------------------------------

  function browse(more = {}) {
    const without = [...state.without];
    go("browse", { query: state.query, filters: { ...state.filters }, without, ...state.like, ...more });
  }

  function like(id, part) {
    state.like = { like: id, part };
    state.filters = {};
    state.without.clear();
    state.query = $("find").value = "";
    opener = null;
    sheet(false);
    const words = document.createElement("p");
    words.className = "count";
    words.textContent = part ? "Looking for what is like this part" : "Looking for what is like it";
    shown.delete("shelf");
    $("shelf").replaceChildren(words);
    view("library");
    $("view-library").scrollTop = 0;
    $("shelf").focus();
  }

  function sheet(on) {
    const box = $("sheet");
    box.hidden = !on;
    $("shade").hidden = !on;
    for (const player of box.querySelectorAll("video, audio")) player.pause();
    if (on) box.querySelector(".close").focus();
    else if (opener?.isConnected) opener.focus();
  }

  // --- uploads ---------------------------------------------------------------------------------

  function chip(name) {
    const made = document.createElement("div");
    made.className = "upload";
    const words = document.createElement("bdi");
    words.textContent = name;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `Adding ${name}`);
    made.append(words, bar);
    $("uploads").append(made);
    return { made, words, bar };
  }

  function upload(file) {
    const key = crypto.randomUUID(), shownAs = chip(file.name || "pasted.png");
    const entry = { going: true, id: null };
    state.uploads.set(key, entry);
    const request = new XMLHttpRequest();
    request.open("POST", `/uploads?name=${encodeURIComponent(file.name || "pasted.png")}`);
    request.responseType = "json";
    request.upload.onprogress = (e) => { if (e.lengthComputable) shownAs.bar.value = e.loaded / e.total; };
    const drop = button("unload", "×", { key });
    drop.setAttribute("aria-label", `Leave ${file.name} out`);
    request.onloadend = () => {
      const told = request.response || {};
      entry.going = false;
      shownAs.bar.remove();
      if (told.id) {
        entry.id = told.id;
        const look = button("asset", "", { id: told.id });
        look.setAttribute("aria-label", `Open ${file.name || "the picture"}`);
        look.append(picture(told.id));
        shownAs.made.prepend(look);
        if (state.view === "library") browse();
      } else {
        state.uploads.delete(key);
        shownAs.made.classList.add("failed");
        const why = told.reason || "It could not be added. Is the server still running?";
        shownAs.words.textContent = `${file.name}: ${why}`;
        toast(`${file.name}: ${why}`);
      }
      shownAs.made.append(drop);
      next();
    };
    waitingFiles.push(() => request.send(file));
    next();
  }

  // Two at a time: fifty dropped files must not open fifty connections.
  const waitingFiles = [];
  let flying = 0;
  function next() {
    const going = [...state.uploads.values()].filter((one) => one.sent && one.going).length;
    flying = going;
    while (flying < 2 && waitingFiles.length) {
      const entry = [...state.uploads.values()].find((one) => one.going && !one.sent);
      if (entry) entry.sent = true;
      flying += 1;
      waitingFiles.shift()();
    }
  }

  function take(files) {
    if (files.length && state.view === "inbox") view("chat");
    for (const file of files) upload(file);
  }

  // --- what is clicked and typed ---------------------------------------------------------------

  const acts = {
    pick: (b) => pick(b.dataset.id, b.dataset.title),
    clear: () => { state.selection.clear(); remember(); marks(); },
    more: (b) => { b.previousElementSibling.classList.add("whole"); b.remove(); },
    asset: (b) => {
      opener = b;
      go("asset", { id: b.dataset.id, page: b.dataset.page || "", at: b.dataset.at || "" });
      sheet(true);
    },
    deny: (b) => go("judge", { id: b.dataset.id, word: b.dataset.word }),
    revoke: (b) => go("judge", { id: b.dataset.id, word: b.dataset.word, revoke: "yes" }),
    seek: (b) => {
      const player = $("sheet").querySelector("video, audio");
      if (!player) return;
      player.currentTime = Number(b.dataset.at);
      player.play().catch(() => {});
    },
    close: () => sheet(false),
    like: (b) => like(b.dataset.id, ""),
    unlike: () => { state.like = null; browse(); $("find").focus(); },
    part: () => (part.active() ? part.end() : part.begin()),
    "part-off": () => part.end(),
    "part-find": (b) => like(b.dataset.id, part.chosen()),
    about: (b) => {
      sheet(false);
      if (!state.selection.has(b.dataset.id)) pick(b.dataset.id, b.dataset.title);
      view("chat");
      $("say").focus();
    },
    use: () => { view("chat"); $("say").focus(); },
    say: (b) => say(b.dataset.text),
    undo: (b) => ask({ undo: b.dataset.id }),
    approve: (b) => decide(b, true),
    reject: (b) => decide(b, false),
    stop: () => {
      unqueueAll();
      go("stop", { thread: state.thread });
    },
    unqueue: (b) => {
      const [taken] = state.queue.splice(Number(b.dataset.place), 1);
      if (!$("say").value) $("say").value = taken.text;
      keep();
    },
    new: () => open(""),
    thread: (b) => open(b.dataset.thread),
    view: (b) => view(b.dataset.view),
    menu: () => drawer(!document.documentElement.classList.contains("has-drawer")),
    facet: (b) => {
      const { name, value } = b.dataset;
      if (state.filters[name] === value) delete state.filters[name];
      else state.filters[name] = value;
      browse();
    },
    page: (b) => { browse({ offset: b.dataset.offset }); $("view-library").scrollTop = 0; },
    weak: () => browse({ weak: "yes" }),
    without: (b) => { state.without.add(b.dataset.label); browse(); },
    upload: () => $("files").click(),
    unload: (b) => { state.uploads.delete(b.dataset.key); b.parentElement.remove(); },
    theme: () => {
      const root = document.documentElement;
      const dark = getComputedStyle(root).colorScheme.trim() === "dark";
      root.dataset.theme = dark ? "light" : "dark";
      localStorage.setItem("dalm-theme", root.dataset.theme);
    },
  };

  function clicked(event) {
    if (event.target.id === "shade") return sheet(false);
    if (event.target.closest(".bar, [data-act=menu]") === null) drawer(false);
    const target = event.target.closest("[data-act]");
    if (!target || target.disabled || target.getAttribute("aria-disabled") === "true") return;
    const act = acts[target.dataset.act];
    if (act) { event.preventDefault(); act(target); }
  }

  function keys(event) {
    if (part.key(event)) return;
    if (event.target === part.rectangle() && event.key === "Enter") {
      return like(event.target.dataset.id, part.chosen());
    }
    if (event.key === "Escape") {
      if (!$("sheet").hidden && part.active()) return part.end();
      if (!$("sheet").hidden) return sheet(false);
      if (document.documentElement.classList.contains("has-drawer")) return drawer(false);
      if (state.busy) return acts.stop();
    }
    if (event.key === "Tab" && !$("sheet").hidden) return trap(event);
    if (event.target.id === "say" && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      say();
    }
    if (event.target.name === "because" && event.key === "Enter") event.preventDefault();
    if (event.key === "/" && !/INPUT|TEXTAREA/.test(event.target.tagName) && state.view === "chat") {
      event.preventDefault();
      $("say").focus();
    }
  }

  function trap(event) {
    const stops = all('button, a[href], input, [tabindex="0"]', $("sheet")).filter((e) => e.offsetParent);
    const [first, last] = [stops[0], stops[stops.length - 1]];
    if (event.shiftKey && document.activeElement === first) { event.preventDefault(); last.focus(); }
    if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
  }

  function listen() {
    document.addEventListener("click", clicked);
    document.addEventListener("keydown", keys);
    $("composer").addEventListener("submit", (e) => { e.preventDefault(); say(); });
    $("say").value = sessionStorage.getItem("draft") || "";
    grow();
    $("say").addEventListener("input", () => {
      keep();
    });
    $("files").addEventListener("change", (e) => { take([...e.target.files]); e.target.value = ""; });
    $("scroll").addEventListener("scroll", () => {
      const place = $("scroll");
      const top = ($("thread").lastElementChild?.offsetTop || 0) - 16;
      stuck = place.scrollTop > Math.min(top, place.scrollHeight - place.clientHeight) - 80;
    });
    let typing = 0;
    $("finder").addEventListener("submit", (e) => { e.preventDefault(); browse(); });
    $("find").addEventListener("input", (e) => {
      state.query = e.target.value;
      state.like = null;
      state.without.clear();
      clearTimeout(typing);
      typing = setTimeout(browse, 250);
    });
    document.addEventListener("paste", (e) => {
      const files = [...(e.clipboardData?.files || [])];
      if (files.length) { e.preventDefault(); take(files); }
    });
    const dragging = (e) => [...(e.dataTransfer?.types || [])].includes("Files");
    document.addEventListener("dragover", (e) => {
      if (dragging(e)) { e.preventDefault(); $("drop").hidden = false; }
    });
    document.addEventListener("dragleave", (e) => { if (!e.relatedTarget) $("drop").hidden = true; });
    document.addEventListener("drop", (e) => {
      $("drop").hidden = true;
      if (dragging(e)) { e.preventDefault(); take([...e.dataTransfer.files]); }
    });
    document.addEventListener("error", (e) => {
      if (e.target.tagName === "IMG") e.target.classList.add("gone");
    }, true);
  }

  function tick() {
    clearTimeout(timer);
    timer = setTimeout(tick, state.ready ? TICK : FIRST_TICK);
    if (document.visibilityState !== "visible" || state.busy) return;
    go("tick", { thread: state.thread, last: String(state.last) });
  }

  function mount(element, trigger, events) {
    send = (name, data) => { if (events.includes(name)) trigger(name, data); };
    // The style is there from the first paint; once more at the end it outranks Gradio's own.
    document.head.append(document.querySelector('link[href="/ui/dalm.css"]').cloneNode());
    listen();
    state.thread = new URL(location.href).searchParams.get("thread") || "";
    const kept = sessionStorage.getItem(`selection ${state.thread}`);
    if (state.thread && kept) state.selection = new Map(JSON.parse(kept));
    document.documentElement.classList.add("is-mounted");
    state.wanted = state.thread;
    // The wires are mounted after the shell; what is sent before they listen would be lost.
    setTimeout(() => { go("open", { thread: state.thread }); tick(); }, 0);
  }

  const theme = localStorage.getItem("dalm-theme");
  if (theme) document.documentElement.dataset.theme = theme;
  window.dalm = { mount, receive };
})();
