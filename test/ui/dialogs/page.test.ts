import { expect, test } from 'vitest';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import { comparePage } from '../../../source/ui/actions/compare-page.ts';
import { drawDialog } from '../../../source/ui/dialogs/dialogs.ts';
import { pageDialog } from '../../../source/ui/dialogs/page.ts';
import { writer } from '../../../source/words/write.ts';
import { training } from '../../given/charts.ts';

test.each(['en', 'ko'] as const)(
	'two compared runs are named in full, and the keys below them are not cut: %s',
	language => {
		const say = writer(language);
		const glyphs = glyphSets.unicode;
		const runs = ['0123456789ab', '123456789abc'].map(runId => training(runId, { runName: 'feature_engineering' }));
		const shown = drawDialog(pageDialog(comparePage(runs, { say, glyphs, room: { width: 116, height: 36 } })), {
			...{
				actions: [],
				place: 'mlflow-runs' as const,
				running: [],
				now: 0,
				isAnswerable: true,
				columns: 120,
				rows: 40,
			},
			...{ glyphs, language, say },
		});
		const text = shown.rows.map(row => row.map(span => span.text).join('')).join('\n');
		expect(text).not.toContain('…');
		expect(text).toContain('12345678 feature_engineering');
		expect(text).toMatch(/Esc (closes|닫기) +│/);
	},
);

test('keys of a page stay with their words where they need two rows', () => {
	const keys = ['l', '1', '4', 'x', 'c', 'm'].map(key => ({
		key,
		label: '두 단어 더',
		next: () => ({ kind: 'nothing' }) as const,
	}));
	const { rows } = drawDialog(pageDialog({ title: 't', lines: [], leads: keys, note: 'y 복사' }), {
		...{ actions: [], place: 'pipeline' as const, running: [], now: 0, isAnswerable: true, columns: 80, rows: 24 },
		...{ glyphs: glyphSets.unicode, language: 'ko' as const, say: writer('ko') },
	});
	const text = rows.map(row =>
		row
			.map(span => span.text)
			.join('')
			.replace(/^│ | *│$/g, ''),
	);
	expect(text).toContain('l 두 단어 더, 1 두 단어 더, 4 두 단어 더, x 두 단어 더, c 두 단어 더,');
	expect(text).toContain('m 두 단어 더, y 복사, Esc 닫기');
});
