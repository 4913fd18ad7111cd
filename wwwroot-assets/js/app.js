import './times.js';
import './copy.js';
import './dialogs.js';
import './keys.js';
import './reconnect.js';
import './passkey.js';
