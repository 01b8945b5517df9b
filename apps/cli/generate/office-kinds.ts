/** A kind of provincial office, of which each province has one. */
export interface OfficeKind {
  readonly code: string;
  readonly nameTh: string;
  readonly nameEn: string;
}

/** Offices that most provinces have; the generated ones take their names and nothing else from them. */
export const OFFICE_KINDS: readonly OfficeKind[] = (
  [
    ['cdd', 'สำนักงานพัฒนาชุมชนจังหวัด', 'Provincial Community Development Office'],
    ['agriculture', 'สำนักงานเกษตรจังหวัด', 'Provincial Agricultural Extension Office'],
    ['health', 'สำนักงานสาธารณสุขจังหวัด', 'Provincial Public Health Office'],
    ['commerce', 'สำนักงานพาณิชย์จังหวัด', 'Provincial Commercial Office'],
    ['tourism', 'สำนักงานการท่องเที่ยวและกีฬาจังหวัด', 'Provincial Office of Tourism and Sports'],
    ['industry', 'สำนักงานอุตสาหกรรมจังหวัด', 'Provincial Industry Office'],
    ['culture', 'สำนักงานวัฒนธรรมจังหวัด', 'Provincial Cultural Office'],
    ['labour', 'สำนักงานแรงงานจังหวัด', 'Provincial Labour Office'],
    ['environment', 'สำนักงานทรัพยากรธรรมชาติและสิ่งแวดล้อมจังหวัด', 'Provincial Natural Resources and Environment Office'],
    ['livestock', 'สำนักงานปศุสัตว์จังหวัด', 'Provincial Livestock Office'],
    ['fisheries', 'สำนักงานประมงจังหวัด', 'Provincial Fisheries Office'],
    ['land', 'สำนักงานที่ดินจังหวัด', 'Provincial Land Office'],
    ['transport', 'สำนักงานขนส่งจังหวัด', 'Provincial Land Transport Office'],
    ['education', 'สำนักงานศึกษาธิการจังหวัด', 'Provincial Education Office'],
    ['social', 'สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด', 'Provincial Social Development Office'],
    ['disaster', 'สำนักงานป้องกันและบรรเทาสาธารณภัยจังหวัด', 'Provincial Disaster Prevention Office'],
    ['energy', 'สำนักงานพลังงานจังหวัด', 'Provincial Energy Office'],
    ['statistics', 'สำนักงานสถิติจังหวัด', 'Provincial Statistical Office'],
    ['treasury', 'สำนักงานธนารักษ์พื้นที่', 'Area Treasury Office'],
    ['comptroller', 'สำนักงานคลังจังหวัด', 'Provincial Comptroller Office'],
    ['publicRelations', 'สำนักงานประชาสัมพันธ์จังหวัด', 'Provincial Public Relations Office'],
    ['cooperatives', 'สำนักงานสหกรณ์จังหวัด', 'Provincial Cooperative Office'],
    ['publicWorks', 'สำนักงานโยธาธิการและผังเมืองจังหวัด', 'Provincial Public Works and Town Planning Office'],
    ['probation', 'สำนักงานคุมประพฤติจังหวัด', 'Provincial Probation Office'],
    ['employment', 'สำนักงานจัดหางานจังหวัด', 'Provincial Employment Office'],
    ['skills', 'สำนักงานพัฒนาฝีมือแรงงานจังหวัด', 'Provincial Skill Development Office'],
    ['welfare', 'สำนักงานสวัสดิการและคุ้มครองแรงงานจังหวัด', 'Provincial Labour Protection Office'],
    ['socialSecurity', 'สำนักงานประกันสังคมจังหวัด', 'Provincial Social Security Office'],
  ] as const
).map(([code, nameTh, nameEn]) => ({ code, nameTh, nameEn }));
