import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EventSourceAnswer } from '@khamrap/platform/http';
import { AMENDMENT_CHANGES, CAPACITIES, CAPTURES, SIDES } from '../../domain/agreement.events';
import { BasisDocumentAnswer, PSEUDONYM, StatedTargetAnswer } from './shared.answer';

class CertificateAnswer {
  @ApiProperty() readonly documentSha256: string;
  @ApiProperty() readonly certificateSha256: string;
}

export class SignatureAnswer {
  @ApiProperty({ enum: SIDES }) readonly side: string;
  @ApiProperty() readonly officeId: string;
  @ApiProperty() readonly signatoryName: string;
  @ApiProperty() readonly position: string;
  @ApiProperty({ enum: CAPACITIES }) readonly capacity: string;
  @ApiPropertyOptional() readonly authority?: string;
  @ApiProperty({ enum: CAPTURES }) readonly capture: string;
  @ApiPropertyOptional() readonly scanSha256?: string;
  @ApiPropertyOptional({ type: CertificateAnswer }) readonly certificate?: CertificateAnswer;
  @ApiProperty({ format: 'date' }) readonly signedOn: string;
  @ApiPropertyOptional(PSEUDONYM) readonly signedBy?: string;
  @ApiProperty() readonly termsHash: string;
  @ApiPropertyOptional() readonly termsRevision?: number;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class ProposalAnswer {
  @ApiProperty() readonly officeId: string;
  @ApiProperty() readonly termsRevision: number;
  @ApiProperty() readonly termsHash: string;
  @ApiPropertyOptional() readonly note?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class AcceptanceAnswer {
  @ApiProperty() readonly officeId: string;
  @ApiProperty() readonly termsHash: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class CommentAnswer {
  @ApiPropertyOptional({ format: 'uuid' }) readonly indicatorId?: string;
  @ApiProperty() readonly comment: string;
}

class ReturnAnswer {
  @ApiProperty() readonly officeId: string;
  @ApiProperty() readonly termsHash: string;
  @ApiProperty({ type: [CommentAnswer] }) readonly comments: readonly CommentAnswer[];
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

/** How far the parties are with each other. */
export class NegotiationAnswer {
  @ApiPropertyOptional({ type: ProposalAnswer, description: 'Absent while the terms are open' })
  readonly proposal?: ProposalAnswer;
  @ApiProperty({ type: [AcceptanceAnswer] }) readonly acceptances: readonly AcceptanceAnswer[];
  @ApiProperty({ type: [ReturnAnswer], description: 'The earliest first' }) readonly returns: readonly ReturnAnswer[];
}

/** A draft that was given up. */
export class WithdrawalAnswer {
  @ApiProperty() readonly officeId: string;
  @ApiProperty() readonly reason: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class ChangeAnswer {
  @ApiProperty({ enum: AMENDMENT_CHANGES }) readonly change: string;
  @ApiProperty({ format: 'uuid' }) readonly indicatorId: string;
  @ApiPropertyOptional({ type: StatedTargetAnswer }) readonly target?: StatedTargetAnswer;
  @ApiPropertyOptional() readonly weight?: string;
  @ApiPropertyOptional() readonly fromRound?: string;
}

class ApprovalAnswer {
  @ApiProperty() readonly officeId: string;
  @ApiPropertyOptional(PSEUDONYM) readonly approvedBy?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class RejectionAnswer {
  @ApiProperty() readonly officeId: string;
  @ApiPropertyOptional(PSEUDONYM) readonly rejectedBy?: string;
  @ApiProperty() readonly reason: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

export class AmendmentAnswer {
  @ApiProperty({ format: 'uuid' }) readonly amendmentId: string;
  @ApiProperty({ enum: ['requested', 'approved', 'rejected'] }) readonly status: string;
  @ApiProperty() readonly officeId: string;
  @ApiPropertyOptional(PSEUDONYM) readonly requestedBy?: string;
  @ApiProperty({ format: 'date' }) readonly requestedOn: string;
  @ApiProperty({ type: [ChangeAnswer] }) readonly changes: readonly ChangeAnswer[];
  @ApiProperty() readonly reason: string;
  @ApiPropertyOptional({ type: BasisDocumentAnswer }) readonly basisDocument?: BasisDocumentAnswer;
  @ApiProperty({ format: 'date' }) readonly effectiveFrom: string;
  @ApiProperty({ type: [ApprovalAnswer] }) readonly approvals: readonly ApprovalAnswer[];
  @ApiPropertyOptional({ type: RejectionAnswer }) readonly rejection?: RejectionAnswer;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}
