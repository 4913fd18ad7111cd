import './times.js';
import './moments.js';
import './copy.js';
import './dialogs.js';
import './keys.js';
import './reconnect.js';
import './passkey.js';
import './scroll-here.js';
import { saveText } from './save-text.js';

// What components call by name.
window.mnfst = { saveText };
