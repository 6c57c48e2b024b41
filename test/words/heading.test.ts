import { expect, test } from 'vitest';
import { asHeading, phrase, quoted, render } from '../../source/words/message.ts';

test('the title of a plan begins with a capital where it stands first; names and commands keep their spelling', () => {
	const title = phrase(['restart {name}', '{name} 재시작'], { name: 'mlflow' });
	expect(render(asHeading(title), 'en')).toBe('Restart mlflow');
	expect(render(asHeading(title), 'ko')).toBe('mlflow 재시작');
	expect(render(title, 'en')).toBe('restart mlflow');
	expect(render(asHeading(quoted('docker restart mlflow')), 'en')).toBe('docker restart mlflow');
});
