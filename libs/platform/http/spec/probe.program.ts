import { stopOnSignals } from '../index';
import { startProbe } from './start-probe';

/** The probe as a program of its own; its arguments are how long its slow route takes and how long stopping may, in ms. */
async function run([slowMs = '0', stopMsMax = '30000']: readonly string[]): Promise<void> {
  const probe = await startProbe();
  probe.state.onSlowRequest = () => {
    probe.state.gate = new Promise((resolve) => setTimeout(resolve, Number(slowMs)));
    process.stdout.write('slow request taken\n');
  };
  stopOnSignals(probe.app, Number(stopMsMax));
  process.stdout.write(`listening on ${probe.address}\n`);
}

void run(process.argv.slice(2));
