import { startPage } from './view/page';
import { serveChecks } from './checking/worker-side';

// The page and its worker are one program, so that the page that is one file holds it once.
if (typeof document === 'undefined') serveChecks();
else startPage(document);
