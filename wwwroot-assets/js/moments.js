// <local-moment at="ms">: a datetime-local field in the reader's own time, and beside it a hidden field that tells Blazor the moment
// in Unix milliseconds, so that summer time is reckoned where the zone is known.
class LocalMoment extends HTMLElement {
  static observedAttributes = ['at'];

  connectedCallback() {
    requestAnimationFrame(() => {
      const [field, hidden] = this.querySelectorAll('input');
      if (!field || this.field) return;
      this.field = field;
      this.show();
      field.addEventListener('input', () => {
        const at = new Date(field.value).getTime();
        hidden.value = Number.isFinite(at) ? at : '';
        this.told = hidden.value;
        hidden.dispatchEvent(new Event('change', { bubbles: true }));
      });
    });
  }

  attributeChangedCallback() {
    if (this.field && (this.getAttribute('at') ?? '') !== this.told) this.show();
  }

  show() {
    const at = this.getAttribute('at');
    if (!at) {
      this.field.value = '';
      return;
    }
    const local = new Date(Math.floor(Number(at) / 1000) * 1000);
    this.field.value = new Date(local - local.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  }
}

customElements.define('local-moment', LocalMoment);
