// What this phone keeps of a form that a citizen fills in, until it is sent or a week is over.
// Old web views read this too: no optional chaining.
const WEEK = 7 * 86400 * 1000;

/** Kept with the form's key, so that a resend is the same form. */
export class Memory {
  constructor(name) { this.name = name; }

  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.name));
      return kept && Date.now() - kept.at < WEEK ? kept : null;
    } catch (error) {
      return null;
    }
  }

  write(key, fields) {
    try {
      localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), key, fields }));
      return true;
    } catch (error) {
      return false; // Private windows keep nothing; the form works all the same.
    }
  }

  forget() {
    try { localStorage.removeItem(this.name); } catch (error) { /* Nothing was kept. */ }
  }
}
