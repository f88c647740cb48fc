import {expect, test} from 'vitest';
import {withoutCredentials} from '../../source/http/without-credentials.ts';

const PAIR = 'jane:correct horse';
const ENCODED = Buffer.from(PAIR).toString('base64');

test.each([
	['a token', 'Bearer abc.def.ghi', 'bad token abc.def.ghi', 'bad token …'],
	['a token of InfluxDB', 'Token abcdefgh', '{"error":"abcdefgh"}', '{"error":"…"}'],
	['a password as it was sent', `Basic ${ENCODED}`, `got ${ENCODED}`, 'got …'],
	['a password decoded', `Basic ${ENCODED}`, `${PAIR}, correct horse`, '…, …'],
	['nothing', 'Bearer abcdefgh', 'nodes is forbidden', 'nodes is forbidden'],
	['a word that a password is', `Basic ${Buffer.from('a:nodes').toString('base64')}`, 'no nodes', 'no nodes'],
	['a login that there is none of', undefined, 'log in', 'log in'],
])('a refusal that repeats %s is shown without it', (_, authorization, body, expected) => {
	const headers = {'x-tenant': 'nodes-a', ...(authorization === undefined ? {} : {authorization})};
	expect(withoutCredentials(Buffer.from(body), headers).toString()).toBe(expected);
});

test('a refusal that repeats a cookie or a key is shown without it, and with the tenant', () => {
	const headers = {cookie: ['session=abcdef'], 'x-api-key': 'ghijkl', 'x-scope-orgid': 'tenant-a'};
	const body = Buffer.from('no tenant-a for ghijkl and session=abcdef');
	expect(withoutCredentials(body, headers).toString()).toBe('no tenant-a for … and …');
});
