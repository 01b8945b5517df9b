// By themselves, so that whoever tells an operator why it did not work need not load what did not.

/** An option that the command line gives wrongly. */
export class OptionRefused extends Error {
  override readonly name = 'OptionRefused';
}

/** The log was opened with a clock of its own, so nobody may supply times to it. */
export class ClockNotSimulated extends Error {
  override readonly name = 'ClockNotSimulated';
}
