/** The languages that the documentation names, each by code and by name. */
const documented =
  "english/en hindi/hi spanish/es french/fr german/de italian/it portuguese/pt russian/ru japanese/ja korean/ko " +
  "chinese/zh mandarin/zh arabic/ar dutch/nl polish/pl turkish/tr swedish/sv danish/da norwegian/no finnish/fi " +
  "greek/el czech/cs hungarian/hu romanian/ro thai/th vietnamese/vi indonesian/id malay/ms tamil/ta telugu/te " +
  "bengali/bn marathi/mr gujarati/gu kannada/kn malayalam/ml punjabi/pa urdu/ur";

export const languages: readonly string[] = documented.split(/[ /]/);
