import { expect, test } from 'vitest';
import { indentedJson } from '../../source/presentation/indented-json.ts';

test('JSON is indented, and nothing in it changes', () => {
	const text = '{"id":12345678901234567890, "list":[1.10,1E5,-0,[],{ }],\n"a: [b], \\"c\\"":null,"id":true}';
	expect(indentedJson(text, 100)).toEqual([
		'{',
		'  "id": 12345678901234567890,',
		'  "list": [',
		...['    1.10,', '    1E5,', '    -0,', '    [],', '    {}'],
		'  ],',
		'  "a: [b], \\"c\\"": null,',
		'  "id": true',
		'}',
	]);
	expect(['[]', ' 7 ', '"x"'].map(one => indentedJson(one, 100))).toEqual([['[]'], ['7'], ['"x"']]);
});

test('of an endless or deeply nested text only as much is made as is shown', () => {
	expect(indentedJson(`[${'0,'.repeat(200_000)}0]`, 50)).toHaveLength(50);
	const deep = indentedJson(`${'['.repeat(900)}${'0,'.repeat(200_000)}0${']'.repeat(900)}`, 5000);
	expect(deep.join('\n').length).toBeLessThan(500_000);
});
