// A file made by the server and handed out at once. Nothing of it stays in the page.
export function saveText(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// A file that waits at an address of the dashboard, which says what it is called. A link fetches it, not a navigation: the page stays as it is,
// and its connection with it, also where the answer is a refusal.
export function saveFile(address) {
  Object.assign(document.createElement('a'), { href: address, download: '' }).click();
}
