// Time charts over ApexCharts. Keeps every reading of the window, draws a few hundred, and never while nobody looks.
import ApexCharts from 'apexcharts';
import { ChartZoom } from './chart-zoom.js';
import { axisTime, clock, figure, nice } from './format.js';

const drawnAtMost = 300;
const pixelsEach = 3;
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const escape = text => String(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);

// Texture beside colour: what matters most is told apart without seeing colours.
const textures = { lock: 'slantedLines', hidden: 'slantedLines', open: 'horizontalLines' };

// #rrggbb of two colours mixed: areas of a stack lie upon each other, so none may be translucent.
const parts = colour => [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16));
const mix = (one, other, share) => {
  const b = parts(other);
  return `#${parts(one).map((v, i) => Math.round(v * share + b[i] * (1 - share)).toString(16).padStart(2, '0')).join('')}`;
};

class TimeChart {
  times = [];
  rows = [];
  paused = false;
  windowMs = 900_000;
  from = null;
  stepMs = 0;
  limits = [];
  marks = [];

  constructor(element, options) {
    this.element = element;
    this.options = options;
    this.themes = new MutationObserver(() => this.restart());
    this.themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    this.seen = () => {
      if (!document.hidden) this.draw();
    };
    document.addEventListener('visibilitychange', this.seen);
    // A redraw takes the tooltip away: while somebody points at a reading, the chart stands still.
    this.enter = () => (this.held = true);
    this.leave = () => {
      this.held = false;
      this.draw();
    };
    element.addEventListener('pointerenter', this.enter);
    element.addEventListener('pointerleave', this.leave);
    if (options.zoom) this.zoom = new ChartZoom(element, () => this.plot(), options.zoom);
  }

  settings({ paused, windowMs, from, stepMs, limits, marks }) {
    const resumed = this.paused && !paused;
    const moved = this.from !== from || this.windowMs !== windowMs;
    const changed = JSON.stringify([this.limits, this.marks]) !== JSON.stringify([limits, marks]);
    Object.assign(this, { paused, windowMs, from, stepMs, limits, marks });
    if (!this.chart) return;
    if (changed) this.restart();
    else if (moved) {
      this.held = this.frozen = false;
      this.draw();
    } else if (resumed) this.draw();
  }

  points(replace, times, rows) {
    if (replace) {
      this.times = [];
      this.rows = [];
      this.frozen = null;
    }
    for (let i = 0; i < times.length; i++) {
      this.times.push(times[i]);
      this.rows.push(rows[i]);
    }
    const from = this.times.findIndex(t => t >= this.times.at(-1) - this.windowMs - 5000);
    if (this.from === null && from > 0) {
      this.times.splice(0, from);
      this.rows.splice(0, from);
    }
    if (!this.paused || replace) this.draw();
  }

  /** Where the readings are drawn, and which times its edges are. */
  plot() {
    const g = this.chart?.w.globals;
    return g && g.gridWidth > 0 ? { left: g.translateX, top: g.translateY, width: g.gridWidth, height: g.gridHeight, ...this.span() } : null;
  }

  span() {
    const max = this.from === null ? this.end() : this.from + this.windowMs;
    return { min: max - this.windowMs, max };
  }

  draw() {
    if (this.destroyed || document.hidden || (this.chart && (this.held || (this.paused && this.frozen)))) return;
    this.frozen = this.paused;
    if (!this.chart) {
      this.chart = new ApexCharts(this.element, this.build());
      this.chart.render();
    } else {
      this.chart.updateOptions({ series: this.series(), ...this.axes() }, false, false, false);
    }
  }

  restart() {
    this.held = false;
    this.chart?.destroy();
    this.chart = null;
    this.frozen = null;
    this.draw();
  }

  end() {
    return this.times.at(-1) ?? Date.now();
  }

  // Each stretch of time is drawn by one true reading of it, the one with the highest total: spikes show, and no figure is made up.
  // Stretches are fixed in time, so that what is drawn does not dance.
  thinned() {
    const slots = Math.max(60, Math.min(drawnAtMost, this.element.clientWidth / pixelsEach));
    const width = Math.max(1, Math.ceil(this.windowMs / slots / 1000)) * 1000;
    const kept = [];
    let stretch;
    for (let i = 0; i < this.times.length; i++) {
      const row = this.rows[i];
      const known = row.some(v => v !== null);
      const candidate = { at: this.times[i], row, known, total: known ? row.reduce((sum, v) => sum + (v ?? 0), 0) : -1 };
      const at = Math.floor(candidate.at / width);
      if (at !== stretch) {
        stretch = at;
        kept.push(candidate);
      } else if (candidate.total > kept.at(-1).total) {
        kept[kept.length - 1] = candidate;
      }
    }
    // Silence longer than three stretches is a gap even where nobody wrote one.
    const silence = Math.max(3 * width, 15_000, 1.5 * this.stepMs);
    const isGap = k => !k || k.row.every(v => v === null);
    for (let i = kept.length - 1; i > 0; i--) {
      if (kept[i].at - kept[i - 1].at > silence) kept.splice(i, 0, { at: kept[i - 1].at + Math.max(width, this.stepMs), row: kept[i].row.map(() => null) });
    }
    // A value of the past holds for its whole step: the last one before a gap is drawn to the end of its own.
    if (this.from !== null && this.stepMs > 0) {
      for (let i = kept.length - 1; i >= 0; i--) {
        if (!isGap(kept[i]) && isGap(kept[i + 1])) kept.splice(i + 1, 0, { ...kept[i], at: Math.min(kept[i].at + this.stepMs * 0.98, Math.max(kept[i].at, this.span().max)) });
      }
    }
    return kept;
  }

  series() {
    const kept = (this.drawn = this.thinned());
    return this.options.series.map((series, index) => ({ name: series.name, data: kept.map(({ at, row }) => [at, row[index] ?? null]) }));
  }

  top() {
    const totals = this.rows.map(row => (this.options.stacked ? row.reduce((sum, v) => sum + (v ?? 0), 0) : Math.max(0, ...row.map(v => v ?? 0))));
    const highest = Math.max(0, ...totals);
    const limit = Math.max(0, ...this.limits.map(l => l.value));
    // Far below the limit its line would press the readings flat: then it is named at the top instead. Two thresholds, so that
    // readings about one of them do not make the axis jump.
    this.far = highest < limit * (this.far ? 0.25 : 0.2);
    return nice((this.far ? highest : Math.max(highest, limit)) * 1.04, this.options.unit);
  }

  annotations(max) {
    const colours = { Reference: css('--quiet'), Warning: css('--ink-warning'), Hard: css('--ink-critical') };
    const dashes = { Reference: 2, Warning: 6, Hard: 0 };
    const { min, max: end } = this.span();
    const seen = this.marks.filter(mark => mark.at >= min && mark.at <= end);
    // Limits that lie above the axis are named at its top: marks stand below them. Of marks close together the last is named; the list has them all.
    const below = 14 + 16 * this.limits.filter(limit => limit.value > max).length;
    const named = seen.map((mark, index) => index + 1 === seen.length || seen[index + 1].at - mark.at > this.windowMs / 8);
    return {
      xaxis: seen.map((mark, index) => ({
        x: mark.at, borderColor: css('--edge'), strokeDashArray: 3,
        label: {
          text: named[index] ? mark.label : '', orientation: 'horizontal', position: 'top', borderWidth: 0, offsetY: below,
          ...(mark.at > end - this.windowMs / 5 ? { textAnchor: 'end', offsetX: -4 } : { textAnchor: 'start', offsetX: 4 }),
          style: { background: css('--surface'), color: css('--text'), fontSize: '12px', padding: { left: 3, right: 3, top: 1, bottom: 1 } },
        },
      })),
      // Two lines may lie close together: their labels stand apart, one above its line at the right, one below at the left.
      yaxis: this.limits.toSorted((a, b) => b.value - a.value).map((limit, index) => {
        const above = limit.value > max;
        const left = index % 2 === 1 && !above;
        return {
          y: above ? max : limit.value, borderColor: above ? 'transparent' : colours[limit.level], strokeDashArray: dashes[limit.level],
          label: {
            text: above ? `↑ ${limit.label}` : limit.label, borderWidth: 0,
            ...(left ? { position: 'left', textAnchor: 'start', offsetX: 4, offsetY: 16 } : { position: 'right', textAnchor: 'end', offsetX: -4, offsetY: above ? 14 + 16 * index : -2 }),
            style: { background: 'transparent', color: colours[limit.level], fontSize: '12px', padding: { left: 0, right: 0, top: 0, bottom: 0 } },
          },
        };
      }),
    };
  }

  axes() {
    const max = this.top();
    return {
      xaxis: { type: 'datetime', ...this.span() },
      yaxis: { min: 0, max, tickAmount: 4, labels: { minWidth: 36, style: { colors: css('--quiet'), fontSize: '12px' }, formatter: v => figure(v, this.options.unit) } },
      annotations: this.annotations(max),
    };
  }

  build() {
    const { series, stacked, unit, height, group } = this.options;
    const surface = css('--surface');
    const colours = series.map(s => (stacked && s.meaning === 'other' ? mix(css('--fill-other'), surface, 0.45) : css(`--fill-${s.meaning}`)));
    const axes = this.axes();
    const line = css('--line');
    return {
      chart: {
        type: stacked ? 'area' : 'line', stacked, height, group, id: group ? this.element.id || undefined : undefined,
        animations: { enabled: false }, toolbar: { show: false }, zoom: { enabled: false }, selection: { enabled: false },
        background: 'transparent', fontFamily: 'inherit', parentHeightOffset: 0, redrawOnParentResize: true, accessibility: { enabled: false },
        events: { mounted: () => this.groundTextures(colours), updated: () => this.groundTextures(colours) },
      },
      series: this.series(),
      colors: colours,
      dataLabels: { enabled: false },
      legend: { show: false },
      markers: { size: 0, hover: { size: 3 } },
      stroke: { curve: 'straight', width: stacked ? 0.75 : 1.5, colors: stacked ? [surface] : colours },
      fill: stacked
        ? {
            type: series.map(s => (textures[s.meaning] ? 'pattern' : 'solid')),
            opacity: 1,
            pattern: { style: series.map(s => textures[s.meaning] ?? 'slantedLines'), width: 5, height: 5, strokeWidth: 2.5 },
          }
        : { type: 'solid', opacity: 1 },
      grid: { borderColor: line, strokeDashArray: 0, padding: { left: 8, right: 12, top: -12, bottom: 0 } },
      xaxis: {
        ...axes.xaxis,
        tickAmount: 5, axisBorder: { color: line }, axisTicks: { color: line }, tooltip: { enabled: false },
        crosshairs: { stroke: { color: css('--edge'), width: 1, dashArray: 0 } },
        labels: { datetimeUTC: false, style: { colors: css('--quiet'), fontSize: '12px' }, formatter: (_, at) => axisTime(at, this.windowMs) },
      },
      yaxis: axes.yaxis,
      annotations: axes.annotations,
      tooltip: { shared: true, intersect: false, followCursor: false, custom: ({ dataPointIndex, w }) => this.tip(dataPointIndex, w) },
      states: { hover: { filter: { type: 'none' } }, active: { filter: { type: 'none' } } },
      noData: { text: 'No reading yet', style: { color: css('--quiet'), fontSize: '13px' } },
    };
  }

  /** ApexCharts draws a texture on nothing; it needs an opaque ground of its own colour. */
  groundTextures(colours) {
    const surface = css('--surface');
    for (const pattern of this.element.querySelectorAll('pattern')) {
      const stroke = pattern.firstElementChild?.getAttribute('stroke');
      if (!colours.includes(stroke)) continue;
      const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      const share = stroke === css('--fill-hidden') ? 0.25 : 0.5;
      for (const [name, value] of Object.entries({ width: '100%', height: '100%', fill: mix(stroke, surface, share) })) ground.setAttribute(name, value);
      pattern.prepend(ground);
    }
  }

  tip(index, w) {
    const at = w.globals.seriesX.find(x => x[index] !== undefined)?.[index];
    const row = this.drawn.find(k => k.at === at && k.row.some(v => v !== null))?.row;
    const { series, stacked, unit } = this.options;
    const near = this.marks.filter(mark => Math.abs(mark.at - at) <= Math.max(this.stepMs, this.windowMs / 100)).map(mark => `<div class="chart-tip-mark">${escape(mark.words)}</div>`);
    const time = `<div class="chart-tip-time">${escape(at ? clock(at) : '')}</div>${near.join('')}`;
    if (!row) return `<div class="chart-tip">${time}not read</div>`;
    const rows = series.map((s, i) => `<div class="chart-tip-row"><span class="swatch swatch-${s.meaning}"></span>${escape(s.name)}<b>${escape(figure(row[i], unit))}</b></div>`);
    const total = stacked ? `<div class="chart-tip-row chart-tip-total">together<b>${escape(figure(row.reduce((sum, v) => sum + (v ?? 0), 0), unit))}</b></div>` : '';
    return `<div class="chart-tip">${time}${rows.reverse().join('')}${total}</div>`;
  }

  async save(form) {
    const name = `${this.options.title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').toLowerCase()}-${new Date(this.end()).toISOString().slice(0, 19).replace(/:/g, '')}`;
    if (form === 'png') {
      const { imgURI } = await this.chart.dataURI({ scale: 2 });
      download(imgURI, `${name}.png`);
    } else {
      const quoted = text => `"${String(text).replace(/"/g, '""')}"`;
      const lines = [['time (UTC)', ...this.options.series.map(s => s.name)].map(quoted).join(',')];
      this.times.forEach((at, i) => lines.push([new Date(at).toISOString(), ...this.rows[i].map(v => v ?? '')].join(',')));
      const url = URL.createObjectURL(new Blob([lines.join('\r\n') + '\r\n'], { type: 'text/csv' }));
      download(url, `${name}.csv`);
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    }
  }

  destroy() {
    this.destroyed = true;
    this.themes.disconnect();
    this.zoom?.destroy();
    this.element.removeEventListener('pointerenter', this.enter);
    this.element.removeEventListener('pointerleave', this.leave);
    document.removeEventListener('visibilitychange', this.seen);
    this.chart?.destroy();
    this.chart = null;
  }
}

function download(href, name) {
  Object.assign(document.createElement('a'), { href, download: name }).click();
}

export const create = (element, options) => new TimeChart(element, options);
