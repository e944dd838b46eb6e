/** A short check of what one would do, each question with the one answer that is right. The words stand in the locales (`safetyCheck`). */
export const questions = [
  { id: 'caller', answers: ['a', 'b', 'c'], right: 'c' },
  { id: 'letter', answers: ['a', 'b', 'c'], right: 'b' },
  { id: 'password', answers: ['a', 'b', 'c'], right: 'b' },
  { id: 'network', answers: ['a', 'b', 'c'], right: 'a' },
  { id: 'hurry', answers: ['a', 'b', 'c'], right: 'c' },
] as const
