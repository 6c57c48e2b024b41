/** How images are shown: `auto` asks the terminal. */
export const imageChoices = ['auto', 'kitty', 'iterm2', 'blocks', 'none'] as const;
export type ImageChoice = (typeof imageChoices)[number];
