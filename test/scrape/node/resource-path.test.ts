import {expect, test} from 'vitest';
import {resourcePath} from '../../../source/scrape/node/resource-path.ts';

test.each(['/metrics/resource', '/metrics', '/a-b/c_d/v1.2~x'])('%s is a path to ask for', path => {
	expect(resourcePath(path)).toBe(path);
});

test.each([
	undefined,
	'',
	'/',
	'metrics',
	'//elsewhere',
	'/metrics/',
	'/../../../secrets',
	'/a/../b',
	'/./a',
	'/%2e%2e/secrets',
	'/exec?command=sh',
	'/a#b',
	'/a b',
	'/a\r\nx: y',
	'/a\n',
	'https://elsewhere/metrics',
])('%j is none', path => {
	expect(resourcePath(path)).toBeUndefined();
});
