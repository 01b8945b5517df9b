import { Cancelled, RunningCheck } from '../checking/running-check';
import { mistakesIn, type Held } from '../checking/held';
import type { Progress, Task } from '../checking/task';
import { byId } from './element';
import { countIn, resultView, type Result } from './result-view';
import { textIn, TEXTS, type Language, type TextName } from './texts';

const LOG = '/log/';
const ANNOUNCED_STEP = 0.25;

/** Makes the page work. */
export function startPage(page: Document): void {
  new Page(page).start();
}

class Page {
  #language: Language = 'th';
  #running: RunningCheck | undefined;
  #last: Task | undefined;
  #result: Result | undefined;
  #failure: string | undefined;
  #progress: Progress = { done: 0, total: 0 };
  #announced = 0;

  readonly #file = byId('file', HTMLInputElement);
  readonly #drop = byId('drop', HTMLElement);
  readonly #again = byId('again', HTMLButtonElement);
  readonly #checkLive = byId('check-live', HTMLButtonElement);
  readonly #working = byId('working', HTMLElement);
  readonly #bar = byId('progress', HTMLProgressElement);
  readonly #announcement = byId('announcement', HTMLElement);
  readonly #resultPlace = byId('result', HTMLElement);

  constructor(private readonly page: Document) {}

  start(): void {
    // A page from a disk has no server to ask.
    const isServed = this.page.location.protocol.startsWith('http');
    byId('live', HTMLElement).hidden = !isServed;
    byId('take-away', HTMLElement).hidden = !isServed;
    for (const button of this.page.querySelectorAll<HTMLElement>('[data-language]'))
      button.addEventListener('click', () => this.#speak(button.dataset['language'] === 'en' ? 'en' : 'th'));
    this.#file.addEventListener('change', () => this.#takeFile(this.#file.files?.[0]));
    this.#checkLive.addEventListener('click', () => this.#begin({ kind: 'live', address: LOG, held: this.#held() }));
    this.#again.addEventListener('click', () => this.#last && this.#begin({ ...this.#last, held: this.#held() }));
    byId('cancel', HTMLButtonElement).addEventListener('click', () => this.#running?.cancel());
    this.#acceptDrops();
    this.#speak('th');
  }

  #speak(language: Language): void {
    this.#language = language;
    this.page.documentElement.lang = language;
    this.page.title = textIn(language, 'pageTitle');
    for (const place of this.page.querySelectorAll<HTMLElement>('[data-text]')) {
      const name = place.dataset['text'];
      if (isTextName(name)) place.textContent = textIn(language, name);
    }
    for (const button of this.page.querySelectorAll<HTMLElement>('[data-language]'))
      button.setAttribute('aria-pressed', String(button.dataset['language'] === language));
    this.#showProgress();
    this.#showResult();
  }

  #held(): Held {
    const textOf = (id: string): string => byId(id, HTMLTextAreaElement).value.trim();
    return { keys: textOf('held-keys'), policy: textOf('held-policy'), checkpoint: textOf('held-checkpoint') };
  }

  #acceptDrops(): void {
    const isOver = (over: boolean): void => void this.#drop.classList.toggle('over', over);
    // A file that is dropped beside the frame must not take the place of the page.
    this.page.addEventListener('dragover', (event) => event.preventDefault());
    this.page.addEventListener('drop', (event) => event.preventDefault());
    this.#drop.addEventListener('dragover', () => isOver(true));
    this.#drop.addEventListener('dragleave', () => isOver(false));
    this.#drop.addEventListener('drop', (event) => {
      isOver(false);
      this.#takeFile(event.dataTransfer?.files[0]);
    });
  }

  #takeFile(file: File | undefined): void {
    if (file === undefined) return;
    byId('file-name', HTMLElement).textContent = file.name;
    this.#begin({ kind: 'file', file, held: this.#held() });
    // The same file may be chosen again when it has changed.
    this.#file.value = '';
  }

  #begin(task: Task): void {
    this.#running?.cancel();
    this.#last = task;
    if (this.#showMistakes(task.held)) return;
    this.#result = undefined;
    this.#failure = undefined;
    this.#progress = { done: 0, total: 0 };
    this.#announced = 0;
    const begun = performance.now();
    const running = new RunningCheck(task, (progress) => {
      if (this.#running !== running) return;
      this.#progress = progress;
      this.#showProgress();
    });
    this.#running = running;
    this.#showRunning();
    running.report.then(
      (report) => {
        if (this.#running !== running) return;
        const seconds = (performance.now() - begun) / 1_000;
        const fileName = task.kind === 'file' ? task.file.name : undefined;
        this.#result = { report, fileName, checkedAt: new Date(), seconds };
        this.#end(textIn(this.#language, report.outcome));
      },
      (error: unknown) => {
        if (this.#running !== running) return;
        if (!(error instanceof Cancelled)) this.#failure = error instanceof Error ? error.message : String(error);
        this.#end(textIn(this.#language, error instanceof Cancelled ? 'cancelled' : 'failedTitle'));
      },
    );
  }

  /** @returns whether there are any; the first field of them is where the reader is led */
  #showMistakes(held: Held): boolean {
    const mistaken = mistakesIn(held);
    for (const name of ['keys', 'policy', 'checkpoint'] as const) {
      byId(`held-${name}`, HTMLTextAreaElement).setAttribute('aria-invalid', String(mistaken.includes(name)));
      byId(`${name}-mistake`, HTMLElement).hidden = !mistaken.includes(name);
    }
    const [first] = mistaken;
    if (first === undefined) return false;
    this.#again.hidden = false;
    byId('held', HTMLDetailsElement).open = true;
    byId(`held-${first}`, HTMLTextAreaElement).focus();
    return true;
  }

  #end(announcement: string): void {
    this.#running = undefined;
    this.#showRunning();
    this.#showResult();
    this.#announcement.textContent = announcement;
    if (!this.#resultPlace.hidden) this.#resultPlace.focus();
  }

  #showRunning(): void {
    const isRunning = this.#running !== undefined;
    this.#working.hidden = !isRunning;
    this.#checkLive.disabled = isRunning;
    this.#again.hidden = isRunning || this.#last === undefined;
    if (isRunning) this.#resultPlace.hidden = true;
    this.#showProgress();
  }

  #showProgress(): void {
    if (this.#running === undefined) return;
    const { done, total } = this.#progress;
    const values = { done: countIn(this.#language, done), total: countIn(this.#language, total) };
    const title = textIn(this.#language, 'workingTitle');
    const text = textIn(this.#language, total > 0 ? 'workingFound' : 'workingOpen', values);
    byId('working-title', HTMLElement).textContent = title;
    byId('working-text', HTMLElement).textContent = text;
    if (total === 0) return this.#bar.removeAttribute('value');
    this.#bar.max = total;
    this.#bar.value = done;
    // Whoever listens hears of it now and then, not at every step.
    if (done / total < this.#announced) return;
    this.#announced = done / total + ANNOUNCED_STEP;
    this.#announcement.textContent = `${title} · ${text}`;
  }

  #showResult(): void {
    const place = this.#resultPlace;
    if (this.#result !== undefined) {
      place.replaceChildren(...resultView(this.#result, this.#language, () => window.print()));
    } else if (this.#failure !== undefined) {
      const title = this.page.createElement('h2');
      title.id = 'verdict-title';
      title.textContent = textIn(this.#language, 'failedTitle');
      const reason = this.page.createElement('p');
      reason.textContent = this.#failure;
      place.replaceChildren(title, reason);
    } else {
      place.replaceChildren();
    }
    place.hidden = place.childElementCount === 0;
  }
}

function isTextName(name: string | undefined): name is TextName {
  return name !== undefined && Object.hasOwn(TEXTS, name);
}
