/** The door for other slices: what an agreement's events say. Types only, so nothing of this slice runs elsewhere. */
export type {
  ActualReported,
  AgreementBasis,
  AgreementDrafted,
  AgreementEvent,
  AgreementSigned,
  AgreementTookEffect,
  Direction,
  Finality,
  IndicatorAdded,
  Level,
  Side,
  SignatureCapture,
  SignaturesVoided,
  SigningCapacity,
  TargetSet,
  Unit,
} from './domain/agreement.events';
