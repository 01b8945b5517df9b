import { int8Array, textArray } from '@khamrap/platform/database';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionWriter } from '@khamrap/platform/projections';

/** Which events of agreements name which files, and who stated them. An event never changes, so there is no history of it. */
export const EVIDENCE_USE = 'evidence_use';

export function evidenceUseStatements(schema: string): readonly string[] {
  return [
    `CREATE TABLE ${schema}.${EVIDENCE_USE} (
       sha256    text COLLATE "C" NOT NULL,
       position  bigint NOT NULL,
       stream    text COLLATE "C" NOT NULL,
       indicator text COLLATE "C",
       stated_by text COLLATE "C" NOT NULL,
       PRIMARY KEY (sha256, position)
     )`,
  ];
}

/** How a canonical body that may name a file says so. */
const NAMES_A_FILE = /"(?:sha256|\w+Sha256)":"/;

/** Whether a body may name a file: those that do not are not decoded for it. */
export function mayNameFile(body: string): boolean {
  return NAMES_A_FILE.test(body);
}

/** Writes the files that the events of agreements name: evidence of figures, scans of signatures, papers that changes rest on. */
export async function writeUses(batch: readonly DecodedEvent[], { client, schema }: ProjectionWriter): Promise<void> {
  const uses = batch
    .filter(({ stream }) => stream.startsWith('agreement-'))
    .flatMap((event) => [...new Set(filesIn(event.data))].map((sha256) => ({ sha256, event })));
  if (uses.length === 0) return;
  await client.query({
    name: `${schema}.${EVIDENCE_USE}`,
    text: `INSERT INTO ${schema}.${EVIDENCE_USE} (sha256, position, stream, indicator, stated_by)
           SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[])`,
    values: [
      textArray(uses.map(({ sha256 }) => sha256)),
      int8Array(uses.map(({ event }) => event.position)),
      textArray(uses.map(({ event }) => event.stream)),
      textArray(uses.map(({ event }) => indicatorOf(event))),
      textArray(uses.map(({ event }) => event.actor.id)),
    ],
  });
}

function indicatorOf({ data }: DecodedEvent): string | null {
  const { indicatorId } = data as { readonly indicatorId?: unknown };
  return typeof indicatorId === 'string' ? indicatorId : null;
}

/** Every hash of a file in what an event says: `sha256`, or a field that ends like `scanSha256`. */
function filesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string' ? (/^sha256$|Sha256$/.test(name) ? [inner] : []) : filesIn(inner),
  );
}
