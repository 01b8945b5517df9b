import { verify } from './verify';

// The verifier by itself, without the rest of khamrap: for those who check and run nothing.
verify(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(3);
  },
);
