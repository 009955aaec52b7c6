const composed = (text: string): string => text.replace(/\r\n?/g, "\n").normalize("NFC");

/**
 * The spelling of a text that counts for a digest: composed characters (NFC), LF between lines, and without one final
 * line break.
 */
export const normalText = (text: string): string => composed(text).replace(/\n$/, "");

/**
 * The spelling of a text that is sent: a file, or a block of YAML, ends in a line break that nobody means. Several are
 * left alone, so that a text and its tidy form always have the same digest.
 */
export const tidyText = (text: string): string => composed(text).replace(/(?<!\n)\n$/, "");
