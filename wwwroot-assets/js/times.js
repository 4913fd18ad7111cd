// <local-time> and <data-age>: moments and ages in the reader's own time, ticking here and not on the server. What Blazor wrote
// between the tags stays for those without scripts; the words shown live in a shadow root, so that the two never meet.
import { ago, clock, dayMinute, duration, full } from './format.js';

const ticking = new Set();
setInterval(() => {
  if (!document.hidden) for (const element of ticking) element.write();
}, 1000);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) for (const element of ticking) element.write();
});

class Ticking extends HTMLElement {
  connectedCallback() {
    this.text ??= (this.shadowRoot ?? this.attachShadow({ mode: 'open' })).appendChild(document.createTextNode(''));
    ticking.add(this);
    this.write();
  }

  disconnectedCallback() {
    ticking.delete(this);
  }

  attributeChangedCallback() {
    this.received();
    if (this.text) this.write();
  }

  received() {}

  write() {
    const words = this.words();
    if (this.text.data !== words) this.text.data = words;
  }
}

class LocalTime extends Ticking {
  static observedAttributes = ['at', 'form'];

  words() {
    const at = Number(this.getAttribute('at'));
    const form = this.getAttribute('form');
    if (form === 'Clock') return clock(at);
    if (form === 'Minute') return dayMinute(at);
    const age = Date.now() - at;
    return form === 'Full' || Math.abs(age) >= 86_400_000 ? full(at) : ago(age);
  }
}

class DataAge extends Ticking {
  static observedAttributes = ['tick', 'age', 'mode', 'reason', 'fresh-for'];

  // The server gives an age, not a moment: its clock and ours need not agree.
  received() {
    this.from = performance.now();
  }

  words() {
    const reason = this.getAttribute('reason');
    const because = reason ? ` — ${reason}` : '';
    const mode = this.getAttribute('mode');
    if (mode === 'off') return `not watched${because}`;
    if (mode === 'waiting') return `no reading yet${because}`;
    const age = Number(this.getAttribute('age')) + performance.now() - (this.from ?? performance.now());
    if (mode === 'live' && age <= Number(this.getAttribute('fresh-for'))) return `live · ${duration(age < 10_000 ? Math.round(age / 100) * 100 || 100 : age)}`;
    return `as of ${clock(Date.now() - age)}, ${ago(age)}${because || (mode === 'live' ? ' — no newer reading has arrived' : '')}`;
  }
}

customElements.define('local-time', LocalTime);
customElements.define('data-age', DataAge);
