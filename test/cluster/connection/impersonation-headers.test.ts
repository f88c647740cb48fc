import {expect, test} from 'vitest';
import {impersonationHeaders} from '../../../source/cluster/connection/impersonation-headers.ts';

test('user, uid, each group and each extra have their header', () => {
	const headers = impersonationHeaders({
		user: 'jane',
		uid: '42',
		groups: ['dev', 'ops'],
		extra: new Map([
			['scopes', ['view', 'edit']],
			['acme.com/project', ['p1']],
		]),
	});

	expect(headers).toEqual([
		['Impersonate-User', 'jane'],
		['Impersonate-Uid', '42'],
		['Impersonate-Group', 'dev'],
		['Impersonate-Group', 'ops'],
		['Impersonate-Extra-scopes', 'view'],
		['Impersonate-Extra-scopes', 'edit'],
		['Impersonate-Extra-acme.com%2Fproject', 'p1'],
	]);
});

test('without impersonation there is no header', () => {
	expect(impersonationHeaders(undefined)).toEqual([]);
});

test('names go out as UTF-8', () => {
	const [[, value] = ['', '']] = impersonationHeaders({
		user: 'jörg',
		uid: undefined,
		groups: [],
		extra: new Map(),
	});

	expect([...Buffer.from(value, 'latin1')]).toEqual([0x6a, 0xc3, 0xb6, 0x72, 0x67]);
});

test.each(['a\r\nX-Evil: 1', 'a\u0000b'])('the name %j is refused', user => {
	expect(() => impersonationHeaders({user, uid: undefined, groups: [], extra: new Map()})).toThrowError(
		'--as contains a control character',
	);
});
