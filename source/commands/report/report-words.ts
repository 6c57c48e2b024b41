import type { Language } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';

/** What a report is written with. */
export type ReportWords = { readonly say: Writer; readonly language: Language };
