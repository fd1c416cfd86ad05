// What this machine holds of a draft until the portal has it.

const PASSING = ["csrf_token", "version", "command"];

export class Held {
  constructor(id) { this.name = "van-ban:" + id; }

  /** @returns {URLSearchParams | null} */
  read() {
    try {
      const text = localStorage.getItem(this.name);
      return text && new URLSearchParams(text);
    } catch { return null; }
  }

  /** @param {URLSearchParams} fields */
  write(fields) {
    try { localStorage.setItem(this.name, fields); } catch { /* Full or private: the form remains. */ }
  }

  forget() {
    try { localStorage.removeItem(this.name); } catch { /* Nothing was held. */ }
  }

  /** Whether what is held says the same as these fields: then it was saved after all. */
  says(fields) {
    return text(this.read()) === text(fields);
  }
}

function text(fields) {
  const kept = Array.from(fields).filter(([name]) => !PASSING.includes(name));
  // Browsers send line ends as \r\n; a field gives them back as \n.
  return kept.map((pair) => pair.join("=").replaceAll("\r", "").trim()).join("\n");
}
