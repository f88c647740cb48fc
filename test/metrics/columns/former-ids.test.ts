import {expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import {currentId} from '../../../source/metrics/columns/former-ids.ts';

test.each([
	['rx', 'net-received'],
	['tx', 'net-sent'],
])('the former id %s names the column %s', (former, id) => {
	expect(currentId(former)).toBe(id);
	expect(columnsOf('pods').map(column => column.id)).toContain(id);
	expect(currentId(id)).toBe(id);
});

test('any other text stays as it is', () => {
	expect(currentId('nonsense')).toBe('nonsense');
});
