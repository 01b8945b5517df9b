import { TextDecoder } from 'node:util';
import { fileTypeFromBuffer } from 'file-type/core';
import { EXTENSION_OF_MEDIA_TYPE, UNKNOWN_MEDIA_TYPE } from './media-types';
import { isCsv } from './csv-text';

// Control characters, but the white space that people type.
const NOT_TEXT = /(?![\t\n\f\r])\p{Cc}/u;
// Markup, and the first line of a program of the shell.
const NOT_PLAIN = /^\s*(?:<|#!)/;
const LOOKS_LIKE_JSON = /^\s*[[{]/;

/**
 * Tells the type of a file from its bytes, as they pass. Binary types go by their first chunk; text only where every byte of
 * the file is text in UTF-8. In doubt the type is unknown, which costs nobody more than a double click.
 */
export class MediaTypeRecognition {
  #first: Uint8Array | undefined;
  #firstText = '';
  #chunkCount = 0;
  #decoder: TextDecoder | undefined = new TextDecoder('utf-8', { fatal: true });

  /** Takes the next chunk of the file in. */
  take(chunk: Uint8Array): void {
    this.#chunkCount += 1;
    const text = this.#decoded(chunk);
    if (this.#first) return;
    this.#first = chunk;
    this.#firstText = text;
  }

  /** The type of the file, once all of it was taken in. */
  async mediaType(): Promise<string> {
    if (!this.#first) return UNKNOWN_MEDIA_TYPE;
    const found = await fileTypeFromBuffer(this.#first).catch(() => undefined);
    // A type that has a mark of its own is that type or, if we hand out none such, unknown: never text.
    if (found) return Object.hasOwn(EXTENSION_OF_MEDIA_TYPE, found.mime) ? found.mime : UNKNOWN_MEDIA_TYPE;
    this.#decoded();
    return this.#decoder ? this.#textType() : UNKNOWN_MEDIA_TYPE;
  }

  #textType(): string {
    const text = this.#firstText;
    if (NOT_PLAIN.test(text)) return UNKNOWN_MEDIA_TYPE;
    const isWhole = this.#chunkCount === 1;
    if (isWhole && LOOKS_LIKE_JSON.test(text) && isJson(text)) return 'application/json';
    return isCsv(text, isWhole) ? 'text/csv' : 'text/plain';
  }

  /** The chunk as text; without one, checks that the file did not end within a character. */
  #decoded(chunk?: Uint8Array): string {
    if (!this.#decoder) return '';
    try {
      const text = this.#decoder.decode(chunk, { stream: chunk !== undefined });
      if (!NOT_TEXT.test(text)) return text;
    } catch {
      // Not UTF-8.
    }
    this.#decoder = undefined;
    return '';
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
