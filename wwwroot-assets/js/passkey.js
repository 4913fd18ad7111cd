// Passkey ceremonies of the account pages. A form with data-passkey asks the server for a challenge, the browser for the
// credential, and sends itself with that. Without it (or without WebAuthn) the form says why it cannot.
const able = typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function'
  && typeof window.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function';

const words = {
  NotAllowedError: 'No passkey was given: the dialog was closed, or its time was over.',
  InvalidStateError: 'This device holds a passkey of this account already.',
  SecurityError: 'Passkeys are bound to another address of this dashboard. Open it at that address, with https or at localhost.',
};

async function challenge(form) {
  const token = form.elements.namedItem('__RequestVerificationToken').value;
  const response = await fetch(form.dataset.passkeyOptions, { method: 'POST', headers: { RequestVerificationToken: token } });
  if (!response.ok) throw new Error(`The server gave no challenge (${response.status}). Load the page again.`);
  return await response.json();
}

async function credential(form) {
  const options = await challenge(form);
  return form.dataset.passkey === 'create'
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

function say(form, text) {
  const place = form.querySelector('[data-passkey-fault]');
  place.textContent = text;
  place.hidden = !text;
}

document.addEventListener('submit', async event => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.passkey) return;
  event.preventDefault();
  if (!able) {
    say(form, 'This browser knows no passkeys. Use a current one, or sign in with the password.');
    return;
  }
  say(form, '');
  const button = form.querySelector('[type="submit"]');
  button.disabled = true;
  try {
    const answer = await credential(form);
    form.querySelector('input[name$=".Credential"]').value = JSON.stringify(answer);
    form.submit();
  } catch (fault) {
    say(form, words[fault.name] ?? fault.message);
    button.disabled = false;
  }
});
