// Blazor tells what became of the circuit; css shows the words of that state (components-reconnect-* classes on the dialog).
const dialog = document.getElementById('components-reconnect-modal');

async function again() {
  document.removeEventListener('visibilitychange', whenSeen);
  try {
    if (await Blazor.reconnect()) return;
    if (await Blazor.resumeCircuit()) dialog.close();
    else location.reload();
  } catch {
    // The server is still away: try once more when the person comes back to this tab.
    document.addEventListener('visibilitychange', whenSeen);
  }
}

async function goOn() {
  try {
    if (await Blazor.resumeCircuit()) dialog.close();
    else location.reload();
  } catch {
    location.reload(); // what the circuit held cannot be had back; the address has the filters
  }
}

function whenSeen() {
  if (document.visibilityState === 'visible') again();
}

dialog?.addEventListener('components-reconnect-state-changed', ({ detail: { state } }) => {
  if (state === 'show') dialog.open || dialog.showModal();
  else if (state === 'hide') dialog.close();
  else if (state === 'failed') document.addEventListener('visibilitychange', whenSeen);
  else if (state === 'rejected') location.reload();
});
dialog?.addEventListener('cancel', e => e.preventDefault());
document.addEventListener('click', e => {
  if (e.target.closest?.('[data-reconnect]')) again();
  if (e.target.closest?.('[data-resume]')) goOn();
});
