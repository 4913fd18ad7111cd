// Looks closer at a chart: a drag with the mouse marks a stretch of time, a double click takes the zoom back. Fingers scroll the page.
const least = 8;

export class ChartZoom {
  constructor(element, plot, target) {
    this.element = element;
    this.plot = plot;
    this.target = target;
    this.listeners = {
      pointerdown: e => this.begin(e),
      pointermove: e => this.move(e),
      pointerup: e => this.end(e),
      pointercancel: () => this.leave(),
      dblclick: () => this.target.invokeMethodAsync('LookWider'),
    };
    for (const [name, listener] of Object.entries(this.listeners)) element.addEventListener(name, listener);
    this.onKey = e => {
      if (e.key === 'Escape') this.leave();
    };
  }

  x(e) {
    return e.clientX - this.element.getBoundingClientRect().left;
  }

  begin(e) {
    const plot = this.plot();
    if (e.button !== 0 || e.pointerType === 'touch' || !plot) return;
    const x = this.x(e);
    if (x < plot.left || x > plot.left + plot.width) return;
    this.from = { x, plot };
    document.addEventListener('keydown', this.onKey);
  }

  move(e) {
    if (!this.from) return;
    const { x, plot } = this.from;
    const to = Math.max(plot.left, Math.min(plot.left + plot.width, this.x(e)));
    if (!this.mark && Math.abs(to - x) < least) return;
    if (!this.mark) {
      this.element.setPointerCapture(e.pointerId);
      this.mark = this.element.appendChild(Object.assign(document.createElement('div'), { className: 'chart-selection' }));
    }
    this.to = to;
    Object.assign(this.mark.style, { left: `${Math.min(x, to)}px`, width: `${Math.abs(to - x)}px`, top: `${plot.top}px`, height: `${plot.height}px` });
  }

  end() {
    if (this.mark) {
      const { x, plot } = this.from;
      const at = px => Math.round(plot.min + ((px - plot.left) / plot.width) * (plot.max - plot.min));
      this.target.invokeMethodAsync('LookCloser', at(Math.min(x, this.to)), at(Math.max(x, this.to)));
    }
    this.leave();
  }

  leave() {
    this.mark?.remove();
    this.mark = this.from = null;
    document.removeEventListener('keydown', this.onKey);
  }

  destroy() {
    this.leave();
    for (const [name, listener] of Object.entries(this.listeners)) this.element.removeEventListener(name, listener);
  }
}
