import { ValidationPipe, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { rememberRules } from './remember-rules';
import { FORBIDDEN_KEYS, jsonPointer } from './json-body';
import { RequestRefused, type ProblemDetail } from './problem';
import { explain } from './validation-messages';

const ERROR_COUNT_MAX = 100;
const PLACE_LENGTH_MAX = 300;

type Place = (path: readonly string[]) => Pick<ProblemDetail, 'pointer' | 'parameter'>;

const inBody: Place = (path) => ({ pointer: jsonPointer(path) });
const inAddress: Place = (path) => ({ parameter: path.join('.') });

/** Nest's pipe without its one conversion by declared type: a parameter is what its decorators say, or refused. */
class StrictValidationPipe extends ValidationPipe {
  constructor(refusalOf: (errors: readonly ValidationError[]) => RequestRefused) {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { target: false, value: false },
      exceptionFactory: refusalOf,
    });
  }

  protected override transformPrimitive(value: unknown): unknown {
    return value;
  }
}

/** Validates every body, query and parameter by its class, and says where in the request each error lies. */
export class RequestValidationPipe implements PipeTransform {
  static {
    rememberRules();
  }

  private readonly body = new StrictValidationPipe(invalid(inBody));
  private readonly query = new StrictValidationPipe(invalid(inAddress));
  // What is no identifier names nothing, so there is nothing to be found.
  private readonly path = new StrictValidationPipe(() => new RequestRefused('notFound'));

  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    switch (metadata.type) {
      case 'custom':
        return value;
      case 'body':
        return this.body.transform(value, metadata);
      case 'query':
        // Nest would drop such a parameter without a word.
        refuseForbiddenParameters(value);
        return this.query.transform(value, metadata);
      case 'param':
        return this.path.transform(value, metadata);
    }
  }
}

function invalid(place: Place): (errors: readonly ValidationError[]) => RequestRefused {
  return (errors) => new RequestRefused('invalidRequest', { errors: detailsOf(errors, place) });
}

function refuseForbiddenParameters(query: unknown): void {
  if (typeof query !== 'object' || query === null) return;
  const parameter = Object.keys(query).find((key) => FORBIDDEN_KEYS.has(key));
  if (parameter === undefined) return;
  throw new RequestRefused('invalidRequest', { errors: [{ code: 'forbiddenKey', parameter }] });
}

function detailsOf(errors: readonly ValidationError[], place: Place): ProblemDetail[] {
  const details: ProblemDetail[] = [];
  const collect = (found: readonly ValidationError[], parents: readonly string[]): void => {
    for (const { property, constraints, children } of found) {
      if (details.length >= ERROR_COUNT_MAX) return;
      const path = property === undefined ? parents : [...parents, property];
      for (const [rule, message] of Object.entries(constraints ?? {})) {
        details.push({ ...shortened(place(path)), ...explain(rule, message) });
      }
      if (children !== undefined) collect(children, path);
    }
  };
  collect(errors, []);
  return details;
}

// A name that the client made up is not repeated at any length.
function shortened(place: ReturnType<Place>): ReturnType<Place> {
  const text = place.pointer ?? place.parameter ?? '';
  return text.length > PLACE_LENGTH_MAX ? {} : place;
}
