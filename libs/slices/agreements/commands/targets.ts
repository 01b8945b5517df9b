/** The indicator that a command is about. */
export interface IndicatorTarget {
  readonly agreementId: string;
  readonly indicatorId: string;
}
