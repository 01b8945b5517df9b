import { Injectable } from '@nestjs/common';
import { streamName, type StreamName } from '@khamrap/kernel';
import {
  GrantReader,
  requesterNow,
  sightNow,
  sightOf,
  type Permission,
  type Requester,
} from '@khamrap/platform/access';
import { ReadModels } from '@khamrap/platform/projections';
import { NarrationOfEvents } from '../narration/narration-of-events';
import { PublicationOfEvents } from '../publication/publication';
import { DISCLOSURES } from '../views/disclosures/disclosures.projection';
import { PLACE } from '../views/disclosures/disclosures.tables';
import { tellSights, type Sights } from '../views/trail/told-sights';
import { TRAIL } from '../views/trail/trail.tables';
import type { Between } from '../history/moments';

/** The projection of the slice that tells of all agreements that stand; what it tells here is published. */
const STANDINGS = 'standings';
const AUDIT = ['audit.read'] as const satisfies readonly Permission[];

// The view holds back what the reader may not have, so every stream that is found is theirs to know of, and may stand in a cursor.
const OF_PROVINCE = `
  SELECT DISTINCT t.stream FROM read_model.${TRAIL} AS t
  WHERE t.province = $1 AND t.position > $2 AND t.position <= $3 AND (t.published_position <= $3 OR t.is_reached)
    AND (t.stream LIKE 'agreement-%' OR t.stream LIKE 'office-%') AND t.stream > $4
  ORDER BY t.stream LIMIT $5`;
const MADE_BY_OFFICE = `
  SELECT 'agreement-' || agreement_id AS stream FROM read_model.agreement WHERE present AND maker_office_id = $1`;
// Drafts, where the reader audits: who stands as their maker is read from them.
const IN_SIGHT_OF_OFFICE = `
  SELECT stream FROM read_model.${PLACE}
  WHERE stream LIKE 'agreement-%' AND part = '' AND $1 = ANY (string_to_array(offices, E'\\n'))`;

/** How the pages of a list of streams are cut. */
export interface StreamsPage {
  /** The stream after which the page begins. */
  readonly after: string;
  readonly countMax: number;
}

/** Finds the streams of a place in which something may differ, as far as somebody may know of them. */
@Injectable()
export class StreamsOfPlaces {
  constructor(
    private readonly readModels: ReadModels,
    private readonly grantReader: GrantReader,
    private readonly publication: PublicationOfEvents,
    private readonly narrations: NarrationOfEvents,
  ) {}

  /**
   * The agreements and offices of a province of which something was recorded between two moments that the one who asks may have,
   * in the order of their names.
   * @throws NotProjectedYet, StoreUnavailable, GrantsUnavailable
   */
  async ofProvince(
    province: string,
    { from, to }: Between,
    requester: Requester | undefined,
    { after, countMax }: StreamsPage,
  ): Promise<readonly StreamName[]> {
    const sights = await this.#sights(requester);
    const { result } = await this.readModels.read(DISCLOSURES, { minPosition: Math.max(to, 0) }, async (manager) => {
      await tellSights(manager, sights);
      return manager.query<{ stream: StreamName }[]>(OF_PROVINCE, [province, from, to, after, countMax]);
    });
    return result.map(({ stream }) => stream);
  }

  /**
   * An office's own stream, and those of the agreements that it makes or may be about to make, in the order of their names.
   * @throws NotProjectedYet, StoreUnavailable, GrantsUnavailable
   */
  async ofOffice(
    officeId: string,
    { to }: Between,
    requester: Requester | undefined,
    { after, countMax }: StreamsPage,
  ): Promise<readonly StreamName[]> {
    const minPosition = Math.max(to, 0);
    const made = await this.readModels.read(STANDINGS, { minPosition }, (manager) =>
      manager.query<{ stream: StreamName }[]>(MADE_BY_OFFICE, [officeId]),
    );
    const sight = sightNow(this.grantReader, requester, 'audit.read');
    const drafts = await this.readModels.read(
      DISCLOSURES,
      { minPosition },
      (manager) => manager.query<{ stream: StreamName }[]>(IN_SIGHT_OF_OFFICE, [officeId]),
      sight,
    );
    const found = [...made.result, ...drafts.result].map(({ stream }) => stream);
    return [...new Set([streamName('office', officeId), ...found])]
      .sort()
      .filter((stream) => stream > after)
      .slice(0, countMax);
  }

  /** How far each permission that opens events lets somebody see now. */
  async #sights(requester: Requester | undefined): Promise<Sights> {
    if (!requester) return new Map();
    const now = await requesterNow(this.grantReader, requester);
    const permissions = this.narrations.types.flatMap((type) => this.publication.openingOf(type).permissions ?? AUDIT);
    return new Map([...new Set(permissions)].map((permission) => [permission, sightOf(now, permission)]));
  }
}
