import { EXTENSION_OF_MEDIA_TYPE, type EvidenceFile } from '@khamrap/platform/files';
import type { ByteRange } from '@khamrap/platform/http';

/** The strong entity tag of a file: its bytes never change. */
export function entityTagOf({ sha256 }: Pick<EvidenceFile, 'sha256'>): string {
  return `"${sha256}"`;
}

/**
 * The headers of a download. Whatever the file is, a browser saves it and shows nothing of it: a file that somebody has
 * uploaded must never speak in the name of this site.
 */
export function downloadHeaders(
  file: EvidenceFile,
  { first, last }: ByteRange,
  isPart: boolean,
): Readonly<Record<string, string>> {
  const { sha256, byteCount, mediaType } = file;
  return {
    'accept-ranges': 'bytes',
    'content-type': mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
    'content-length': String(last - first + 1),
    ...(isPart && { 'content-range': `bytes ${first}-${last}/${byteCount}` }),
    'content-disposition': `attachment; filename="${sha256}.${EXTENSION_OF_MEDIA_TYPE[mediaType] ?? 'bin'}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    etag: entityTagOf(file),
  };
}
