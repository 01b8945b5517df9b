import { stopOnSignals } from '../index';
import { startProbe } from './start-probe';

/** The probe as a program of its own: `SLOW_MS` is how long its slow route takes, `STOP_MS_MAX` how long stopping may. */
async function run(): Promise<void> {
  const probe = await startProbe();
  const slowMs = Number(process.env['SLOW_MS'] ?? '0');
  probe.state.onSlowRequest = () => {
    probe.state.gate = new Promise((resolve) => setTimeout(resolve, slowMs));
    console.log('slow request taken');
  };
  stopOnSignals(probe.app, Number(process.env['STOP_MS_MAX'] ?? '30000'));
  console.log(`listening on ${probe.address}`);
}

void run();
