// <button data-copy="…">: copies, and says so to eyes and ears.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Plain http away from localhost has no clipboard; the old way works there.
    const area = Object.assign(document.createElement('textarea'), { value: text });
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

export function announce(words) {
  const announcer = document.getElementById('announcer');
  if (announcer) announcer.textContent = words;
}

document.addEventListener('click', async e => {
  const button = e.target.closest?.('[data-copy]');
  if (!button) return;
  const done = await copy(button.dataset.copy);
  announce(done ? 'Copied' : 'The browser refused to copy');
  button.dataset.copied = done ? 'yes' : 'no';
  setTimeout(() => delete button.dataset.copied, 1600);
});
