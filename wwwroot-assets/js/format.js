// Figures as Words.cs writes them, for axes and tooltips, which are drawn here.
const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
const countUnits = ['', 'k', 'M', 'G', 'T'];

const rounded = v => (Math.abs(v) < 10 ? Math.round(v * 100) / 100 : Math.abs(v) < 100 ? Math.round(v * 10) / 10 : Math.round(v));
const signed = v => String(v).replace('-', '−');

function scaled(value, step, units) {
  let unit = 0;
  while (Math.abs(rounded(value)) >= step && unit < units.length - 1) {
    value /= step;
    unit++;
  }
  return value === 0 || !units[unit] ? signed(rounded(value)) : `${signed(rounded(value))} ${units[unit]}`;
}

const small = v => {
  const size = Math.abs(v);
  if (size === 0) return '0';
  if (size < 0.01) return v < 0 ? '−<0.01' : '<0.01';
  return signed(size < 10 ? rounded(v) : Math.round(v).toLocaleString('en'));
};
const count = v => (Math.abs(v) < 9999.5 ? small(v) : scaled(v, 1000, countUnits));

const two = (a, au, b, bu) => (b ? `${a} ${au} ${b} ${bu}` : `${a} ${au}`);

export function duration(ms) {
  if (ms < 0) return `−${duration(-ms)}`;
  if (ms === 0) return '0';
  if (ms < 1) return '<1 ms';
  if (ms < 100) return `${Math.floor(ms)} ms`;
  const s = Math.floor(ms / 1000);
  if (ms < 10_000) return `${Math.floor(ms / 100) / 10} s`;
  if (s < 60) return `${s} s`;
  if (s < 3600) return two(Math.floor(s / 60), 'm', s % 60, 's');
  if (s < 86_400) return two(Math.floor(s / 3600), 'h', Math.floor(s / 60) % 60, 'm');
  return two(Math.floor(s / 86_400), 'd', Math.floor(s / 3600) % 24, 'h');
}

export function ago(ms) {
  if (Math.abs(ms) < 1000) return 'just now';
  return ms < 0 ? `in ${duration(-ms)}` : `${duration(ms)} ago`;
}

// 0% and 100% are said only of exactly that.
function percent(ratio) {
  const v = ratio * 100;
  if (v > 0 && v < 0.01) return '<0.01%';
  if (v > 99.99 && v < 100) return '>99.99%';
  if (v > 99 && v < 100) return `${Math.floor(v * 100) / 100}%`;
  return `${signed(rounded(v))}%`;
}

const writers = {
  Count: count,
  PerSecond: v => `${count(v)}/s`,
  BytesPerSecond: v => `${scaled(v, 1024, byteUnits)}/s`,
  Bytes: v => scaled(v, 1024, byteUnits),
  Ratio: percent,
  Seconds: v => duration(v * 1000),
};

export const figure = (value, unit) => (value === null || value === undefined || !Number.isFinite(value) ? '–' : (writers[unit] ?? count)(value));

// The reader's own clock, in 24 hours and with months in words: 7/8 is another day in another country.
const clockOf = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const minuteOf = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayOf = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const shortDayOf = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const sameDay = (a, b) => a.toDateString() === b.toDateString();

export const clock = ms => (sameDay(new Date(ms), new Date()) ? clockOf.format(ms) : `${dayOf.format(ms)}, ${clockOf.format(ms)}`);
export const dayMinute = ms => (sameDay(new Date(ms), new Date()) ? minuteOf.format(ms) : `${shortDayOf.format(ms)}, ${minuteOf.format(ms)}`);
export const full = ms => `${dayOf.format(ms)}, ${clockOf.format(ms)}`;
export const minute = ms => minuteOf.format(ms);

/** A tick of a time axis that is so long: seconds, minutes, or days. */
export const axisTime = (ms, spanMs) =>
  spanMs <= 300_000 ? clockOf.format(ms)
  : spanMs <= 90_000_000 ? minuteOf.format(ms)
  : spanMs <= 400_000_000 ? `${shortDayOf.format(ms)}, ${minuteOf.format(ms)}`
  : shortDayOf.format(ms);

/** Top of an axis in four even steps, not below the value. */
export function nice(value, unit) {
  if (unit === 'Ratio') return 1;
  if (value <= 4 && unit === 'Count') return 4;
  if (value <= 0) return 1;
  const step = value / 4;
  const power = 10 ** Math.floor(Math.log10(step));
  const whole = unit === 'Count';
  return 4 * power * [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(m => m * power >= step - 1e-9 && (!whole || Number.isInteger(m * power)));
}
