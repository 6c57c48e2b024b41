import { type Writer, writer } from '../../source/words/write.ts';

/** What screens and actions write in English with. */
export const english: { readonly language: 'en'; readonly say: Writer } = { language: 'en', say: writer('en') };
export const korean: { readonly language: 'ko'; readonly say: Writer } = { language: 'ko', say: writer('ko') };
