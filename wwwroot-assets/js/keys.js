// Chords, never single letters: those would get in the way of speech input and of fields.
const pressed = e => {
  const chord = [];
  if (e.ctrlKey || e.metaKey) chord.push('mod');
  if (e.altKey) chord.push('alt');
  if (e.shiftKey) chord.push('shift');
  // With Alt some keyboards write another letter: the key's place is what is meant.
  chord.push(e.altKey && e.code.startsWith('Key') ? e.code.slice(3).toLowerCase() : e.key.toLowerCase());
  return chord.join('+');
};

document.addEventListener('keydown', e => {
  if (e.target.matches?.('[data-keep-arrows]') && (e.key === 'ArrowUp' || e.key === 'ArrowDown')) e.preventDefault();
  const chord = pressed(e);
  const press =
    chord === 'mod+k' ? document.querySelector('[data-open-palette]')
    : chord === 'mod+/' ? document.querySelector('[data-open-shortcuts]')
    : e.altKey ? document.querySelector(`[data-key="${CSS.escape(chord)}"]`)
    : null;
  if (press) {
    e.preventDefault();
    press.click();
  }
});
