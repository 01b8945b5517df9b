import 'reflect-metadata';
import { Body, Controller, HttpCode, Inject, Module, Param, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import { IsDateString, IsIn, IsNumberString, IsOptional, IsString, Matches, ValidateNested } from 'class-validator';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { programOptions } from '../server/run-program';

/** The route that everybody writes first: a validated body and one INSERT. No token, no rules, no history, no retries. */
export interface BareRouteOptions {
  readonly databaseUrl: string;
}

const POOL = Symbol('POOL');
const CONNECTION_COUNT = 10;

class SpanBody {
  @IsDateString()
  readonly from: string;

  @IsDateString()
  readonly to: string;
}

class SourceBody {
  @Matches(/^[0-9a-f]{64}$/)
  readonly document: string;

  @IsString()
  readonly passage: string;
}

class ActualBody {
  @ValidateNested()
  @Type(() => SpanBody)
  readonly span: SpanBody;

  @IsNumberString()
  readonly value: string;

  @IsIn(['baht', 'millionBaht', 'percent', 'count'])
  readonly unit: string;

  @IsIn(['provisional', 'final'])
  readonly finality: string;

  @IsOptional()
  @IsDateString()
  readonly asOf?: string;

  @ValidateNested()
  @Type(() => SourceBody)
  readonly source: SourceBody;
}

const CREATE = `CREATE TABLE IF NOT EXISTS actual (
  id uuid PRIMARY KEY, agreement_id uuid NOT NULL, indicator_id uuid NOT NULL, span_from date NOT NULL, span_to date NOT NULL,
  value numeric NOT NULL, unit text NOT NULL, finality text NOT NULL, as_of date, document text, passage text,
  created_at timestamptz NOT NULL DEFAULT now())`;

// Named, so that PostgreSQL plans it once for each connection.
const INSERT = {
  name: 'insert-actual',
  text: `INSERT INTO actual (id, agreement_id, indicator_id, span_from, span_to, value, unit, finality, as_of, document, passage)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
};

@Controller('v1/agreements')
class BareController {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  @Post(':agreementId/indicators/:indicatorId/actuals')
  @HttpCode(200)
  async report(
    @Param('agreementId') agreementId: string,
    @Param('indicatorId') indicatorId: string,
    @Body() { span, value, unit, finality, asOf, source }: ActualBody,
  ): Promise<{ id: string }> {
    const id = randomUUID();
    const { document, passage } = source;
    const values = [id, agreementId, indicatorId, span.from, span.to, value, unit, finality, asOf, document, passage];
    await this.pool.query({ ...INSERT, values });
    return { id };
  }
}

async function main({ databaseUrl }: BareRouteOptions): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: CONNECTION_COUNT });
  await pool.query(CREATE);

  @Module({ controllers: [BareController], providers: [{ provide: POOL, useValue: pool }] })
  class BareModule {}

  const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), { logger: false });
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
  await app.listen(0, '127.0.0.1');
  console.log(`listens at ${await app.getUrl()}`);
}

void main(programOptions<BareRouteOptions>());
