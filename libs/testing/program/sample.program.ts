import 'reflect-metadata';
import { BEFORE_FIRST } from '@khamrap/kernel';

function described(_target: object, _property: string): void {
  return;
}

class Sample {
  @described
  readonly when: Date;
}

// Says what the loader has to be able to do: a door, decorator metadata, the environment; then lives until it is killed.
const type = Reflect.getMetadata('design:type', Sample.prototype, 'when') as { name: string };
console.log(
  `door ${BEFORE_FIRST}, metadata ${type.name}, secret ${process.env.SAMPLE_SECRET}, uid ${process.getuid?.()}`,
);
if (process.argv.includes('--fail')) throw new Error('failed as asked');
setInterval(() => undefined, 60_000);
console.error('ready');
