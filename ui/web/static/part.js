// Choosing a part of a picture: drawn with a pointer or a finger, or moved with the arrow keys.
window.dalmPart = (() => {
  "use strict";

  const SMALLEST = 0.03, STEP = 0.02, AROUND = 0.2;
  let box = null, drawn = null;

  const rectangle = () => document.querySelector("#sheet .part");
  const within = (value) => Math.min(1, Math.max(0, value));
  const active = () => Boolean(rectangle()) && !rectangle().hidden;

  function show() {
    const part = rectangle(), share = (value) => `${Math.round(value * 100)} %`;
    part.style.inset = [box.top, 1 - box.right, 1 - box.bottom, box.left]
      .map((side) => `${(side * 100).toFixed(2)}%`).join(" ");
    document.getElementById("part-said").textContent =
      `${share(box.right - box.left)} of the width from ${share(box.left)}, ` +
      `${share(box.bottom - box.top)} of the height from ${share(box.top)}`;
  }

  function begin() {
    box = { left: 0.25, top: 0.25, right: 0.75, bottom: 0.75 };
    toggle(true);
    show();
    rectangle().focus();
  }

  function end() {
    if (!rectangle()) return;
    toggle(false);
    document.getElementById("part-on").focus();
  }

  function toggle(on) {
    rectangle().hidden = !on;
    rectangle().parentElement.classList.toggle("choosing", on);
    document.getElementById("parting").hidden = !on;
    document.getElementById("part-on").setAttribute("aria-expanded", String(on));
  }

  function chosen() {
    return [box.left, box.top, box.right, box.bottom].map((side) => side.toFixed(4)).join(",");
  }

  // --- drawn -----------------------------------------------------------------------------------

  function point(event) {
    const place = drawn.frame.getBoundingClientRect();
    return {
      x: within((event.clientX - place.left) / place.width),
      y: within((event.clientY - place.top) / place.height),
    };
  }

  function pressed(event) {
    const frame = event.target.closest?.(".frame.choosing");
    if (!frame || event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    drawn = { frame, before: { ...box } };
    drawn.from = point(event);
    frame.setPointerCapture(event.pointerId);
  }

  function moved(event) {
    if (!drawn || !event.isPrimary) return;
    const { x, y } = point(event), { from } = drawn;
    box = {
      left: Math.min(x, from.x), top: Math.min(y, from.y),
      right: Math.max(x, from.x), bottom: Math.max(y, from.y),
    };
    show();
  }

  function released(event) {
    if (!drawn || !event.isPrimary) return;
    moved(event);
    if (Math.max(box.right - box.left, box.bottom - box.top) < SMALLEST) around(drawn.from);
    grown();
    drawn = null;
    show();
    rectangle().focus({ preventScroll: true });
  }

  function givenUp() {
    if (!drawn) return;
    box = drawn.before;
    drawn = null;
    show();
  }

  function around({ x, y }) {
    box = {
      left: within(x - AROUND), top: within(y - AROUND),
      right: within(x + AROUND), bottom: within(y + AROUND),
    };
  }

  // A line is no part: what is too thin is widened inside the picture.
  function grown() {
    for (const [low, high] of [["left", "right"], ["top", "bottom"]]) {
      if (box[high] - box[low] >= SMALLEST) continue;
      box[low] = Math.min(box[low], 1 - SMALLEST);
      box[high] = box[low] + SMALLEST;
    }
  }

  // --- keys ------------------------------------------------------------------------------------

  const ARROWS = {
    ArrowLeft: ["left", "right", -STEP], ArrowRight: ["left", "right", STEP],
    ArrowUp: ["top", "bottom", -STEP], ArrowDown: ["top", "bottom", STEP],
  };

  function key(event) {
    const arrow = ARROWS[event.key];
    if (!arrow || event.target !== rectangle()) return false;
    event.preventDefault();
    const [low, high, step] = arrow;
    if (event.shiftKey) {
      box[high] = Math.max(box[low] + SMALLEST, within(box[high] + step));
    } else {
      const far = Math.max(-box[low], Math.min(1 - box[high], step));
      box[low] += far;
      box[high] += far;
    }
    grown();
    show();
    return true;
  }

  document.addEventListener("pointerdown", pressed);
  document.addEventListener("pointermove", moved);
  document.addEventListener("pointerup", released);
  document.addEventListener("pointercancel", givenUp);
  return { active, begin, chosen, end, key, rectangle };
})();
