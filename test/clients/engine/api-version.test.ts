import { expect, test } from 'vitest';
import { olderApi } from '../../../source/clients/engine/api-version.ts';

test('the older of two API versions is spoken', () => {
	expect(olderApi('1.51', '1.41')).toBe('1.41');
	expect(olderApi('1.9', '1.41')).toBe('1.9');
});
