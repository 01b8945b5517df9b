/** The agreement that a command is about. */
export interface AgreementTarget {
  readonly agreementId: string;
}

/** The indicator that a command is about. */
export interface IndicatorTarget extends AgreementTarget {
  readonly indicatorId: string;
}

/** The figures of an indicator for a period, by the key of its span; of a joint indicator the body names the keeper whose part is meant. */
export interface FigureTarget extends IndicatorTarget {
  readonly period: string;
}

/** The evaluation round that a command is about, by its code in the calendar. */
export interface RoundTarget {
  readonly agreementId: string;
  readonly round: string;
}

/** The amendment that a command decides. */
export interface AmendmentTarget extends AgreementTarget {
  readonly amendmentId: string;
}
