/** The bell. Browsers keep a page silent until the first gesture; a toggle in the header mutes it for good. */

const STORED = "codebell.sandbox.muted";

/** @type {AudioContext|null} */
let context = null;
let quiet = localStorage.getItem(STORED) === "yes";

/** Lets the bell ring from the first gesture on. */
export function wakeOnGesture() {
  const wake = () => {
    context ??= new AudioContext();
    void context.resume();
  };
  for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, wake, { once: true });
}

/** @returns {boolean} */
export function muted() {
  return quiet;
}

/** @param {boolean} value */
export function mute(value) {
  quiet = value;
  localStorage.setItem(STORED, value ? "yes" : "no");
}

/** Rings two short tones, a bell's strike and its partial. */
export function ring() {
  if (quiet || context?.state !== "running") return;
  const start = context.currentTime;
  for (const [frequency, delay] of [
    [1318.5, 0],
    [1760, 0.09],
  ]) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.12, start + delay);
    volume.gain.exponentialRampToValueAtTime(0.0005, start + delay + 0.5);
    tone.connect(volume).connect(context.destination);
    tone.start(start + delay);
    tone.stop(start + delay + 0.5);
  }
}
