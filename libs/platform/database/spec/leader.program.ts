import { leadIfElected } from '../leadership';

// Leads under the name and with the patience of the spec, until it is told that the lead is lost.
const [, , url = ''] = process.argv;
void leadIfElected({ url, name: 'spec', applicationName: 'spec program', silenceMsMax: 1_000 }, (lost) => {
  process.stdout.write('leads\n');
  return new Promise((resolve) =>
    lost.addEventListener('abort', () => {
      process.stdout.write('lost\n');
      resolve();
    }),
  );
});
