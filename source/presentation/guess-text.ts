/** What belongs to a task only by name and time. */
export const guessText = ['{what} (a guess by name and time)', '{what}(이름과 시각으로 추정)'] as const;
