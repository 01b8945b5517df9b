/** Something that does not have the form it must have; nothing has been verified. The message says what is wrong, without quoting it. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}
