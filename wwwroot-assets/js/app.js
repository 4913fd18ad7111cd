import './times.js';
import './moments.js';
import './copy.js';
import './dialogs.js';
import './keys.js';
import './reconnect.js';
import './passkey.js';
import './scroll-here.js';
import { saveFile, saveText } from './save.js';

// What components call by name.
window.mnfst = { saveFile, saveText };
