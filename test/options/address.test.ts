import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseAddress} from '../../source/options/address.ts';

const usual = {scheme: 'https', port: () => 10_250} as const;

describe('an address', () => {
	test.each([
		['host', 'https://host:10250/'],
		['http://host:80/a?b c', 'http://host/a?b%20c'],
		['10.0.0.7:1', 'https://10.0.0.7:1/'],
		['0.0.0.0', 'https://0.0.0.0:10250/'],
		['[fd00::7]:65535', 'https://[fd00::7]:65535/'],
		['user:pass@host?q="a b"', 'https://user:pass@host:10250/?q=%22a%20b%22'],
		['node-1.eu', 'https://node-1.eu:10250/'],
		['1.eu', 'https://1.eu:10250/'],
	])('%s is %s', (text, href) => {
		expect(String(parseAddress(text, usual))).toBe(href);
	});

	test.each([
		'host:',
		'http://host:/path',
		'[::1]:',
		'user:pass@host:',
		'http:/host',
		'http://host:port',
		'host:0',
		'host:08080',
		'host:65536',
		'7',
		'0x7f.1',
		'10.0.7',
		'10.0.0.007',
		'256.0.0.1',
		'1.2.3.4.',
		'ho st',
		'ho\tst',
		'host\n',
		' host',
		'host ',
		'http:\\\\host',
		'host\\path',
		'host/a b',
		'http:///host',
		'[fd00::7',
		'fd00::7',
		'[fd00::zz]',
		'@',
		'',
		'ftp://host',
	])('%j is not repaired into another one', text => {
		expect(parseAddress(text, usual)).toEqual({problem: expect.any(String)});
	});

	test('has the host that was written', () => {
		const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
		fc.assert(
			fc.property(
				fc.array(label, {minLength: 1, maxLength: 4}),
				fc.integer({min: 1, max: 65_535}),
				(labels, port) => {
					const host = labels.join('.');
					const url = parseAddress(`${host}:${port}`, usual);
					expect(url instanceof URL && [url.hostname, url.port || '443']).toEqual([host, String(port)]);
				},
			),
		);
	});
});
