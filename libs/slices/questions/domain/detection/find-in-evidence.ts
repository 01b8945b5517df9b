import type { EvidenceUse } from './around';
import type { Finding } from './finding';
import type { StatedFigure } from './stated-figure';

const LINKED_COUNT_MAX = 10;

/** Where a file is named: the province, or the agreement where none is stated. */
export function placeOfUse(province: string | undefined, agreementId: string): string {
  return province ?? agreementId;
}

/** Files of a figure that were named before for another span, or in another province. */
export function findInEvidence({ memory, told, data, around, place, named, watch }: StatedFigure): Finding[] {
  if (data.evidence.length === 0) return [];
  const own = placeOfUse(memory.heading.province, memory.agreementId);
  const hashes = new Set(data.evidence.map(({ sha256 }) => sha256));
  return [...hashes].flatMap((sha256): Finding[] => {
    const others = around.uses(sha256).filter((use) => use.place !== own || use.span !== data.span);
    if (others.length === 0) return [];
    const isForeign = others.some((use) => use.agreementId !== memory.agreementId);
    // Where else it was used is told to those who see there: the event is linked, and no word says it.
    const more = isForeign ? { th: ' รวมทั้งนอกคำรับรองนี้', en: ', outside this agreement too' } : { th: '', en: '' };
    return [
      {
        rule: 'evidenceUsedTwice',
        subject: [memory.agreementId, sha256],
        place,
        restsOn: [...others.slice(0, LINKED_COUNT_MAX).map((use) => linkOf(use, memory.agreementId)), told.link],
        measures: {},
        seen: {
          th: `ไฟล์ ${sha256.slice(0, 12)}… ที่เป็นหลักฐานของ${named.th} เคยใช้เป็นหลักฐานมาก่อน${more.th}`,
          en: `File ${sha256.slice(0, 12)}… supports ${named.en}, and was named as evidence before${more.en}.`,
        },
        watch,
      },
    ];
  });
}

function linkOf({ agreementId, province, offices, link }: EvidenceUse, own: string): Finding['restsOn'][number] {
  return agreementId === own ? link : { ...link, elsewhere: { province, offices } };
}
