import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

interface SingleFileOptions {
  /** The page as it is built, such as `verify/index.html`. */
  readonly page: string;
  /** What it is written to besides, such as `verify.html`. */
  readonly file: string;
}

const STYLE = /<link rel="stylesheet"[^>]* href="\/([^"]+)">/g;
const SCRIPT = /<script type="module"[^>]* src="\/([^"]+)"><\/script>/g;

/**
 * Writes a page once more, with its script and style in it, so that it opens from a disk. Its own policy forbids it every
 * request: whoever opens it need not believe that it keeps what is checked to itself.
 */
export function singleFile({ page, file }: SingleFileOptions): Plugin {
  return {
    name: 'single-file',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const textOf = (name: string): string => {
          const output = bundle[name];
          if (output === undefined) throw new Error(`${name} was not built`);
          const text = output.type === 'chunk' ? output.code : output.source;
          return typeof text === 'string' ? text : new TextDecoder().decode(text);
        };
        const hashes: string[] = [];
        const inlined = (text: string): string => {
          hashes.push(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
          return text;
        };
        const html = textOf(page)
          .replace(STYLE, (_tag, name: string) => `<style>${inlined(textOf(name))}</style>`)
          .replace(
            SCRIPT,
            (_tag, name: string) => `<script type="module">${inlined(scriptText(textOf(name)))}</script>`,
          );
        if (hashes.length !== 2) throw new Error(`${page} has one style and one script, not ${hashes.length} of both`);
        this.emitFile({ type: 'asset', fileName: file, source: withPolicy(html, hashes) });
      },
    },
  };
}

/** In a page, a script ends where these characters are, also within a text of the program. */
function scriptText(code: string): string {
  return `\n${code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}`;
}

function withPolicy(html: string, hashes: readonly string[]): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashes.join(' ')} blob:`,
    `style-src ${hashes.join(' ')}`,
    'worker-src blob:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html.replace('<head>', `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`);
}
