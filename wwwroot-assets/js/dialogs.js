// Menus, dialogs and panels: the browser's own, with the focus where a person expects it.
const pressClose = element => element.querySelector('[data-close]')?.click();

/** Shows the <dialog> inside as soon as Blazor has put it there; Esc or a click beside it presses [data-close]. */
class ModalDialog extends HTMLElement {
  connectedCallback() {
    requestAnimationFrame(() => {
      const dialog = this.querySelector('dialog');
      if (!dialog || dialog.open) return;
      dialog.showModal();
      dialog.addEventListener('cancel', e => {
        e.preventDefault();
        pressClose(this);
      });
      dialog.addEventListener('pointerdown', e => {
        if (e.target === dialog && outside(dialog, e)) pressClose(this);
      });
      keepSelectedInSight(dialog);
    });
  }

  disconnectedCallback() {
    this.watching?.disconnect();
  }
}

function outside(dialog, { clientX: x, clientY: y }) {
  const box = dialog.getBoundingClientRect();
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}

function keepSelectedInSight(dialog) {
  const list = dialog.querySelector('[role=listbox]');
  if (!list) return;
  const watching = new MutationObserver(() => list.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }));
  watching.observe(list, { subtree: true, attributes: true, attributeFilter: ['aria-selected'] });
  dialog.parentElement.watching = watching;
}

/** Moves the focus to the panel's heading, and back to where it was when the panel goes. Esc closes. */
class SidePanel extends HTMLElement {
  connectedCallback() {
    this.before = document.activeElement;
    requestAnimationFrame(() => this.querySelector('h2')?.focus({ preventScroll: true }));
    this.onKey = e => {
      const onTop = !document.querySelector('dialog[open], [popover]:popover-open, .mud-dialog, .mud-popover-open');
      if (e.key === 'Escape' && onTop && !e.defaultPrevented) pressClose(this);
    };
    document.addEventListener('keydown', this.onKey);
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.onKey);
    if (this.before?.isConnected && (document.activeElement === document.body || !document.activeElement)) this.before.focus({ preventScroll: true });
  }
}

customElements.define('modal-dialog', ModalDialog);
customElements.define('side-panel', SidePanel);

document.addEventListener('click', e => {
  const target = e.target;
  if (!target.closest) return;
  if (target.closest('[data-open-shortcuts]')) document.getElementById('shortcuts')?.showModal();
  if (target.closest('[data-reload]')) location.reload();
  if (target.closest('[data-skip]')) {
    e.preventDefault();
    document.getElementById('content')?.focus();
  }
  const dialog = target.closest('dialog#shortcuts');
  if (dialog && (target.closest('[data-close]') || (target === dialog && outside(dialog, e)))) dialog.close();
  // A link or a choice in a menu has been made: the menu goes.
  const menu = target.closest('[popover]');
  if (menu?.matches(':popover-open') && target.closest('a, button.menu-item, [data-close-menu]')) menu.hidePopover();
}, true);

// A menu opens under its button, inside the window.
document.addEventListener('toggle', e => {
  const menu = e.target;
  if (e.newState !== 'open' || !menu.classList?.contains('menu')) return;
  const button = document.querySelector(`[popovertarget="${menu.id}"]`);
  if (!button) return;
  const at = button.getBoundingClientRect();
  const room = document.documentElement.clientWidth - menu.offsetWidth - 8;
  const left = at.left + menu.offsetWidth > document.documentElement.clientWidth - 8 ? at.right - menu.offsetWidth : at.left;
  menu.style.left = `${Math.max(8, Math.min(left, room))}px`;
  menu.style.top = `${Math.min(at.bottom + 4, innerHeight - menu.offsetHeight - 8)}px`;
}, true);
