// <scroll-here>: brings what it stands in into sight, once, when it appears.
class ScrollHere extends HTMLElement {
  connectedCallback() {
    requestAnimationFrame(() => this.parentElement?.scrollIntoView({ block: 'center' }));
  }
}

customElements.define('scroll-here', ScrollHere);
