// Runs before anything is painted: the page is never shown in the wrong colours. What the system prefers, unless the person chose.
const key = 'mnfst-admin-theme';
const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');

function chosen() {
  try {
    const value = localStorage.getItem(key);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system'; // storage is switched off in this browser
  }
}

let choice = chosen();

function apply() {
  const theme = choice === 'system' ? (system.matches ? 'dark' : 'light') : choice;
  if (root.dataset.theme !== theme) root.dataset.theme = theme;
  if (root.dataset.themeChoice !== choice) root.dataset.themeChoice = choice;
}

apply();
system.addEventListener('change', apply);
addEventListener('storage', e => {
  if (e.key === key) {
    choice = chosen();
    apply();
  }
});

// Blazor's enhanced navigation takes foreign attributes off <html>.
new MutationObserver(apply).observe(root, { attributes: true, attributeFilter: ['data-theme', 'data-theme-choice'] });

addEventListener('click', e => {
  const button = e.target.closest?.('[data-choose-theme]');
  if (!button) return;
  choice = button.dataset.chooseTheme;
  try {
    if (choice === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
  } catch {
    // storage is switched off: the choice holds for this page
  }
  apply();
});
