const empty =
  /\b(?:insufficient|not enough|out of|no more|exhausted|low|negative)\b.{0,30}\b(?:credits?|balance|funds?)\b|\bcredits?\b.{0,30}\b(?:exhausted|depleted|required|used up|insufficient)\b/i;

/** Whether words tell of an empty purse. Providers say so under several statuses, and none of those passes by waiting. */
export const isOutOfCredit = (words: string): boolean => empty.test(words);
